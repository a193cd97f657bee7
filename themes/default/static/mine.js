// The front page of a reader who has chosen a community is about that: its name, what comes, what is
// urgent, and whom to call, taken from its page. What is of all places stands below. Nothing here is
// needed to read the page.
(() => {
  'use strict';
  const link = document.querySelector('.menu .mine'), main = document.querySelector('main');
  let mine;
  // A browser may forbid storage.
  try { mine = JSON.parse(localStorage.getItem('linli-place')); } catch { return; }
  if (!mine || typeof mine.path !== 'string' || !link) return;
  const address = new URL(`${link.dataset.home}${encodeURI(mine.path)}/`, location.href);
  if (address.origin !== location.origin) return;
  const one = (of, selector) => of.querySelector(selector);
  const make = (name, ...inside) => {
    const it = document.createElement(name);
    it.append(...inside);
    return it;
  };
  const cut = (node) => {
    const copy = document.importNode(node, true);
    for (const it of copy.querySelectorAll('[id]')) it.removeAttribute('id');
    return copy;
  };

  const small = (text, name) => Object.assign(make('span', text), { className: name });

  // A day in a line: what a notice announces, else the first two things. What is urgent stands above.
  const line = (day, words, above) => {
    const all = Array.from(day.querySelectorAll('h4'));
    const others = all.filter((it) => !above.has(one(it, 'a').pathname));
    const said = others.filter((it) => it.parentElement.dataset.notice);
    const shown = said.length ? said : others.slice(0, 2);
    const it = make('li', cut(one(day, 'time')), ' ');
    for (const heading of shown) it.append(...(heading === shown[0] ? [] : ['、']), ...cut(heading).childNodes);
    if (!shown.length) it.append(small(all.length ? words.said : words.empty, all.length ? '' : 'quiet'));
    const rest = others.length - shown.length;
    if (rest > 0) it.append(' ', small(words.more.replace('%', rest), 'note'));
    return it;
  };

  const show = (page) => {
    const plate = one(page, '.plate'), own = one(main, '.plate');
    if (!plate || !own) return;
    const heading = one(own, 'h1');
    heading.replaceChildren(Object.assign(make('a', one(plate, 'h1').textContent), { href: address.href }));
    const lines = one(main, '.week-lines');
    // Of what is urgent anywhere, that which concerns it.
    const urgent = one(main, '#urgent'), above = new Set();
    const ways = new Set(Array.from(page.querySelectorAll('#urgent li > p > a'), (it) => it.pathname));
    for (const it of urgent ? urgent.querySelectorAll('li') : []) {
      const way = one(it, 'a').pathname;
      if (ways.has(way)) above.add(way); else it.remove();
    }
    if (urgent && !above.size) urgent.remove();
    // What is urgent takes the room of a day.
    const days = Array.from(page.querySelectorAll('#coming > .days > li')).slice(0, above.size ? 2 : 3);
    if (lines && days.length) {
      const more = one(page, '#coming .more a');
      lines.replaceChildren(...days.map((it) => line(it, lines.dataset, above)));
      if (more) lines.lastChild.append(' ', Object.assign(cut(more), { className: 'week-more' }));
    }
    const call = one(page, '.contact .call'), ours = one(main, '.contact .call');
    if (call && ours) ours.replaceWith(cut(call));
    const hours = one(page, '.contact .hours'), before = one(main, '.contact .hours');
    if (hours && before) before.replaceWith(cut(hours));
    for (const task of main.querySelectorAll('.task[data-list]')) {
      const { list } = task.dataset;
      const way = one(page, `a[data-list="${list}"]`) || (list === one(main, '.task[data-list]').dataset.list && one(page, '.contact .more a'));
      if (way) task.href = way.href;
    }
    const notices = one(page, '.first .notices'), all = one(main, '.first .notices');
    if (notices && all) all.replaceWith(cut(notices));
    const to = one(page, '.first [data-list=notices]'), from = one(main, '.first [data-list=notices]');
    if (to && from) from.href = to.href;
    const wide = one(main, '#wide');
    if (wide) wide.hidden = false;
  };

  fetch(address).then((answer) => (answer.ok ? answer.text() : Promise.reject())).then((text) => {
    const page = new DOMParser().parseFromString(text, 'text/html');
    // Its links are of its own address.
    for (const it of page.querySelectorAll('a[href]')) it.href = new URL(it.getAttribute('href'), address).href;
    show(page);
  }).catch(() => {});
})();
