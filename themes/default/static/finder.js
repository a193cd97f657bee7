// A field above a directory: what is typed picks buildings, and the entries of this page.
(() => {
  'use strict';
  const field = document.getElementById('finder');
  if (!field) return;
  const box = field.closest('.finder');
  const said = box.querySelector('[role=status]');
  const plain = (text) => text.normalize('NFKC').toLowerCase().replace(/\s+/g, '');
  const links = Array.from(box.querySelectorAll('.chips a'), (link) => {
    const before = link.closest('.chips').dataset.before;
    return { item: link.parentElement, text: plain(before + link.textContent), own: plain(link.textContent) };
  });
  const entries = Array.from(document.querySelectorAll('#entries > *'), (item) => ({ item, text: plain(item.textContent) }));
  // A number that is typed is a whole one: 1 is not 11.
  const holds = (text, typed) => {
    const at = text.indexOf(typed);
    return at >= 0 && !(/^\d/.test(typed) && /\d/.test(text[at - 1] || ''))
      && !(/\d$/.test(typed) && /\d/.test(text[at + typed.length] || ''));
  };
  field.closest('[hidden]').hidden = false;
  field.addEventListener('input', () => {
    const typed = plain(field.value);
    let count = 0;
    const targets = new Set();
    for (const { item, text, own } of links) {
      const fits = !typed || holds(own, typed) || holds(text, typed);
      item.hidden = !fits;
      if (fits) {
        count += 1;
        targets.add(item.firstChild.hash.slice(1));
      }
    }
    for (const { item, text } of entries) {
      item.hidden = Boolean(typed) && !targets.has(item.id) && (count > 0 || !text.includes(typed));
      if (!item.hidden && typed && !targets.has(item.id)) count += 1;
    }
    for (const fold of box.querySelectorAll('details')) {
      fold.hidden = !fold.querySelector('li:not([hidden])');
      fold.open = Boolean(typed) && !fold.hidden;
    }
    said.textContent = typed ? (count ? said.dataset.found.replace('%', count) : said.dataset.none) : '';
  });
})();
