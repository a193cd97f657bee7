// What is urgent, on pages that were made before it was, and the reader's own community. Nothing here
// is needed to read a page.
(() => {
  'use strict';
  const KEY = 'linli-place', SEEN = 'linli-seen';
  const element = (id) => document.getElementById(id);
  // A browser may forbid storage.
  const load = (store, key) => { try { return JSON.parse(window[store].getItem(key)); } catch { return null; } };
  const save = (store, key, value) => { try { window[store].setItem(key, JSON.stringify(value)); } catch { /* not remembered */ } };
  const isOver = (ends) => Boolean(ends) && Date.parse(ends) <= Date.now();

  // ---- My community

  const links = Array.from(document.querySelectorAll('.mine')), choose = element('choose');
  const read = () => {
    const it = load('localStorage', KEY);
    return it && typeof it.path === 'string' && typeof it.name === 'string' ? it : null;
  };
  let mine = read();
  // There is room for the name alone; what it is, is heard.
  const known = links.map((link) => {
    const label = link.querySelector('span') || link;
    return { link, label, words: label.textContent, address: link.getAttribute('href') };
  });
  const show = () => {
    for (const { link, label, words, address } of known) {
      const name = mine && link.dataset.label + mine.name;
      label.textContent = mine ? mine.name : words;
      if (mine) link.setAttribute('aria-label', name); else link.removeAttribute('aria-label');
      link.href = mine ? `${link.dataset.home}${encodeURI(mine.path)}/` : address;
    }
    if (choose) {
      const isMine = Boolean(mine) && mine.path === choose.dataset.path;
      choose.setAttribute('aria-pressed', isMine);
      choose.classList.add('usable');
    }
  };
  show();
  if (choose) {
    choose.addEventListener('click', () => {
      const { path, name } = choose.dataset;
      mine = mine && mine.path === path ? null : { path, name };
      save('localStorage', KEY, mine);
      show();
    });
  }

  // ---- What is urgent

  const box = element('urgent'), bar = element('urgent-bar');
  if (box) {
    for (const it of box.querySelectorAll('[data-ends]')) {
      if (!isOver(it.dataset.ends)) continue;
      // What said that it stands above says it itself.
      const link = it.querySelector('a');
      for (const said of document.querySelectorAll('.as-above')) {
        if (said.dataset.notice === link.getAttribute('href')) said.replaceChildren(link.cloneNode(true));
      }
      it.remove();
    }
    if (!box.querySelector('li')) box.remove();
  }
  if (!bar) return;
  const make = (name, text, href) => {
    const it = document.createElement(name);
    it.textContent = text;
    if (href) it.href = href;
    return it;
  };
  // `2026-11-30` as readers write it.
  const day = (_, year, month, date) => new Date(year, month - 1, date)
    .toLocaleDateString(document.documentElement.lang, { month: 'long', day: 'numeric' });
  const counts = (it, path) => !it.place || path === it.place || path.startsWith(it.place + '/');
  const { place, url } = bar.dataset;
  const isHere = (it) => counts(it, place) || (mine ? counts(it, mine.path) : !place);
  fetch(url, { cache: 'no-cache' }).then((answer) => answer.json()).then(({ notices }) => {
    const seen = load('sessionStorage', SEEN) || [];
    const all = notices.filter((it) => !isOver(it.ends) && isHere(it) && !seen.includes(it.url) && it.url !== location.pathname);
    for (const it of all.slice(0, 2)) {
      const line = document.createElement('p');
      line.append(make('b', bar.dataset.label), ' ', make('a', it.title, it.url), ' ');
      line.append(make('span', [it.from, it.happens.replace(/(\d+)-(\d+)-(\d+)/g, day)].filter(Boolean).join(' ')));
      if (it.phone) line.append(' ', make('a', it.phone, 'tel:' + it.phone.replace(/[^0-9+]/g, '')));
      const close = make('button', bar.dataset.close);
      close.type = 'button';
      close.addEventListener('click', () => {
        save('sessionStorage', SEEN, seen.concat(it.url));
        seen.push(it.url);
        line.remove();
      });
      line.append(' ', close);
      bar.append(line);
    }
  }).catch(() => {});
})();
