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

  /** Texts of which an edge is cut off: by a box that hides what does not fit, or by three dots. */
  const cut = () => {
    const hides = (style) => ['hidden', 'clip'].includes(style);
    const found = [];
    for (const node of texts()) {
      for (let box = node.parentElement; box && box !== document.body; box = box.parentElement) {
        const style = getComputedStyle(box);
        if (style.display === 'inline' || !hides(style.overflowX) && !hides(style.overflowY)) continue;
        const edge = box.getBoundingClientRect();
        const isCut = rectsOf(node).some((it) => {
          const quarter = it.height / 4;
          return hides(style.overflowX) && (it.right > edge.right + 1 || it.left < edge.left - 1)
            || hides(style.overflowY) && (it.bottom - quarter > edge.bottom || it.top + quarter < edge.top);
        });
        if (isCut) {
          found.push('cut off: ' + name(node.parentElement) + ' in ' + name(box));
          break;
        }
      }
    }
    return found;
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

  /** Cards and rows with one way on, of which a place is no link. */
  const dead = () => {
    const cards = document.querySelectorAll('.notices li:has(> a), .lines li:has(b > a), .session:has(h2 > a, h3 > a), '
      + ':is(.honor, .entry, .case):has(h2 > a, h3 > a), .set:has(h3 > a), .table:not(.table-scroll) tbody tr:has(th > a), .plates li > a');
    return [...cards].filter((it) => it.checkVisibility()).filter((card) => {
      card.scrollIntoView({ block: 'center' });
      const { left, top, width, height } = card.getBoundingClientRect();
      return [.02, .3, .6, .98].some((x) => [.1, .5, .9].some((y) => {
        const [at, down] = [left + x * width, top + y * height];
        const isInView = at > 0 && at < innerWidth && down > 0 && down < innerHeight;
        return isInView && !document.elementFromPoint(at, down)?.closest('a, button, summary, dialog, label, .paste');
      }));
    }).map((it) => 'not a link as a whole: ' + name(it));
  };

  /** What is underlined as a link is, or is pointed at as if it were pressed, and cannot be. */
  const pretended = () => texts().map((it) => it.parentElement).filter((it) => {
    if (it.closest('a, button, summary, label, u, ins, abbr')) return false;
    const style = getComputedStyle(it);
    return style.textDecorationLine.includes('underline') || style.cursor === 'pointer';
  }).map((it) => 'looks like a link: ' + name(it));

  /** Headings with nothing below them, tables without rows, lists without entries. */
  const empty = () => {
    const all = [...document.querySelectorAll('main :is(section, article, nav, ul, ol, dl, tbody, .part, .sheet)')];
    // What is found is put there by a script.
    return all.filter((it) => it.checkVisibility() && !it.matches('.results')).filter((it) => {
      const rest = it.cloneNode(true);
      rest.querySelectorAll('h1, h2, h3, h4, .sr').forEach((heading) => heading.remove());
      return !rest.textContent.trim() && !rest.querySelector('img, svg, input, button');
    }).map((it) => 'empty: ' + name(it));
  };

  return { overflow, cut, overlaps, closing, small, low, dead, pretended, empty };
})()`;

module.exports = { SEEN };
