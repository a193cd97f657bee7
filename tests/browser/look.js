// What can be seen of a page by measuring it. The functions named in `SEEN` run in the browser.
'use strict';

/** Puts these on the page as `window.seen`. */
const SEEN = `window.seen = (() => {
  const isSeen = (node) => {
    const element = node.parentElement;
    if (!node.data.trim() || !element.checkVisibility({ visibilityProperty: true })) return false;
    return !element.closest('.sr, svg, .skip, thead, caption, label[for=q]');
  };
  /** The texts of the page that are in sight. */
  const texts = () => {
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    const all = [];
    while (walker.nextNode()) if (isSeen(walker.currentNode)) all.push(walker.currentNode);
    return all;
  };
  const name = (element) => {
    const words = (element.innerText || element.textContent || '').trim().slice(0, 30);
    return element.tagName.toLowerCase() + '.' + element.className + ' ' + JSON.stringify(words);
  };
  const rectsOf = (node, from = 0, to = node.length) => {
    const range = document.createRange();
    range.setStart(node, from);
    range.setEnd(node, to);
    return [...range.getClientRects()];
  };

  /** What is wider than the page. */
  const overflow = () => {
    const { scrollWidth, clientWidth } = document.documentElement;
    if (scrollWidth <= clientWidth) return [];
    const wide = [...document.body.querySelectorAll('*')].filter((it) => it.getBoundingClientRect().right > clientWidth + 1);
    return [scrollWidth + ' of ' + clientWidth + ': ' + wide.slice(0, 3).map(name)];
  };

  /** Texts that lie on one another. A letter fills less than the height of its line. */
  const overlaps = () => {
    const boxes = texts().flatMap((node) => rectsOf(node).map((it) => {
      const quarter = it.height / 4;
      return { node, left: it.left + 1, right: it.right - 1, top: it.top + quarter, bottom: it.bottom - quarter };
    })).filter((it) => it.right > it.left).sort((a, b) => a.top - b.top);
    const found = [];
    boxes.forEach((a, index) => {
      for (const b of boxes.slice(index + 1)) {
        if (b.top >= a.bottom) break;
        if (a.node !== b.node && a.left < b.right && b.left < a.right) {
          found.push(name(a.node.parentElement) + ' / ' + name(b.node.parentElement));
        }
      }
    });
    return found;
  };

  const INLINE = ['inline', 'contents'];
  const blockOf = (node) => {
    let element = node.parentElement;
    while (INLINE.includes(getComputedStyle(element).display)) element = element.parentElement;
    return element;
  };

  /** Lines that begin with a sign that ends something. */
  const closing = () => {
    const found = [];
    let last;
    for (const node of texts()) {
      const block = blockOf(node);
      [...node.data].forEach((letter, at) => {
        if (!letter.trim()) return;
        const [rect] = rectsOf(node, at, at + 1);
        if (!rect || !rect.width) return;
        const begins = !last || last.block !== block || rect.top > last.rect.bottom - rect.height / 3;
        if ('。，、；：！？）》」』】”’'.includes(letter) && begins) found.push(name(block) + ' ' + node.data.slice(Math.max(0, at - 8), at + 4));
        last = { block, rect };
      });
    }
    return found;
  };

  /** Texts that are smaller than so many pixels. */
  const small = (least) => texts().map((it) => it.parentElement)
    .filter((it) => !it.closest('sup') && parseFloat(getComputedStyle(it).fontSize) < least)
    .map((it) => parseFloat(getComputedStyle(it).fontSize) + ' ' + name(it));

  /** Things to press that are lower than so many pixels. Links within a sentence are as high as it. */
  const low = (least) => [...document.querySelectorAll('.call, .task, .menu a, .crumbs a, .pager a, .pages a, .more a, .foot a, .large-print, button, summary, input[type=search]')]
    .filter((it) => it.checkVisibility() && it.getBoundingClientRect().height < least - .5)
    .map((it) => it.getBoundingClientRect().height + ' ' + name(it));

  return { overflow, overlaps, closing, small, low };
})()`;

module.exports = { SEEN };
