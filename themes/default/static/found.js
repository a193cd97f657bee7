// The search field of every page, and the highlight of what was searched for on the page that a result
// led to. The page that searches (search.js) finds words in texts in the same way. Nothing here is
// needed to read a page.
(() => {
  'use strict';
  const MARKS = /[\u00ad\u0300-\u036f\u200b-\u200f\u2060-\u206f\ufe00-\ufe0f\ufeff]/g;
  const address = new URLSearchParams(location.search);
  const field = document.getElementById('q');

  // ---- Words in texts

  const plain = (text) => text.normalize('NFKD').replace(MARKS, '').toLowerCase();

  // Where words stand in pieces of text: for each hit the first and the last character, as piece and
  // offset.
  const hits = (pieces, words) => {
    const letters = [], where = [];
    pieces.forEach((piece, index) => {
      let offset = 0;
      for (const it of piece) {
        for (const letter of plain(it)) {
          letters.push(letter);
          where.push([index, offset, offset + it.length]);
        }
        offset += it.length;
      }
    });
    // Offsets of a text count code units, as do those of its characters here.
    const text = letters.map((it) => it.length === 1 ? it : '\ufffd').join('');
    const all = [];
    for (const word of words) {
      for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + word.length)) {
        all.push([where[at], where[at + word.length - 1]]);
      }
    }
    return all.sort(([a], [b]) => a[0] - b[0] || a[1] - b[1]);
  };

  const INLINE = /^(A|ABBR|B|CODE|EM|I|MARK|STRONG|SUB|SUP|U)$/;

  // The texts within an element, and a space between those of different blocks.
  const pieces = (root) => {
    const walker = root.ownerDocument.createTreeWalker(root, NodeFilter.SHOW_TEXT);
    const all = [];
    let last;
    while (walker.nextNode()) {
      const node = walker.currentNode;
      let block = node.parentElement;
      while (INLINE.test(block.tagName) && block !== root) block = block.parentElement;
      if (last && last !== block) all.push({ data: ' ' });
      last = block;
      all.push({ data: node.data, node });
    }
    return all;
  };

  const data = (it) => it.data;

  // ---- Characters that letters stand for

  const unpacked = (answer) => {
    if (!answer.ok) throw new Error(answer.url);
    return new Response(answer.body.pipeThrough(new DecompressionStream('deflate')));
  };

  const manifest = (base) => fetch(base + 'manifest.json', { cache: 'no-store' })
    .then((answer) => answer.json());

  // The syllables of each character that is found by them.
  let table;
  const syllables = (base, index) => {
    table = table || index.then((it) => fetch(`${base}s-${it.syllables}.bin`))
      .then((answer) => unpacked(answer).text())
      .then((text) => {
        const all = new Map();
        for (const [, syllable, characters] of text.matchAll(/([a-z]+)([^a-z ]+)/g)) {
          for (const it of characters) all.set(it, (all.get(it) || []).concat(syllable));
        }
        return all;
      });
    return table;
  };

  // The parts of a text that are spelt so, by syllables of which the last may be cut, or by first letters.
  const spelt = (text, letters, table) => {
    const found = new Set();
    const read = (at) => table.get(text[at]) || [];
    const go = (start, at, rest) => {
      for (const it of read(at)) {
        if (it.startsWith(rest)) found.add(text.slice(start, at + 1));
        else if (rest.startsWith(it)) go(start, at + 1, rest.slice(it.length));
      }
    };
    const isInitial = (letter, start, at) => read(start + at).some((it) => it[0] === letter);
    for (let start = 0; start < text.length; start++) {
      go(start, start, letters);
      if (letters.length > 1 && Array.from(letters).every((it, at) => isInitial(it, start, at))) {
        found.add(text.slice(start, start + letters.length));
      }
    }
    return Array.from(found);
  };

  // The words, and what those of letters stand for in a text: all of them together, or else each.
  const meanings = async (words, text, syllablesOf) => {
    const written = plain(text);
    const letters = words.filter((it) => /^[a-z]{2,}$/.test(it) && !written.includes(it));
    if (!letters.length || !('DecompressionStream' in window)) return words;
    const table = await syllablesOf();
    const all = spelt(text, letters.join(''), table);
    const each = () => [].concat(...letters.map((it) => spelt(text, it, table))).filter((it) => it.length > 1);
    return words.concat(all.length ? all : each());
  };

  // ---- The page that a result led to

  // Marks what was searched for, and goes there.
  const highlight = async (asked) => {
    const all = pieces(document.getElementById('main'));
    const base = field && field.form.getAttribute('action');
    const words = base ? await meanings(asked, all.map(data).join(''), () => syllables(base, manifest(base))) : asked;
    const ranges = hits(all.map(data), words).map(([first, last]) => {
      const range = document.createRange();
      range.setStart(all[first[0]].node, first[1]);
      range.setEnd(all[last[0]].node, last[2]);
      return range;
    });
    if (!ranges.length) return;
    CSS.highlights.set('found', new Highlight(...ranges));
    for (let it = ranges[0].startContainer.parentElement; it; it = it.parentElement) {
      if (it.tagName === 'DETAILS') it.open = true;
    }
    ranges[0].startContainer.parentElement.scrollIntoView({ block: 'center' });
  };

  window.found = { plain, hits, pieces, data, unpacked, manifest, syllables, meanings };

  // ---- Every page

  if (field) {
    // The Enter that ends a composition is for the input method.
    field.addEventListener('keydown', (event) => {
      if (event.key === 'Enter' && (event.isComposing || event.keyCode === 229)) {
        event.preventDefault();
      }
    });
    addEventListener('keydown', (event) => {
      const isTyping = event.target.closest && event.target.closest('input, textarea, select');
      if (event.key !== '/' || isTyping || event.ctrlKey || event.metaKey || event.altKey) return;
      event.preventDefault();
      field.focus();
    });
  }
  const words = address.get('h');
  if (words && 'Highlight' in window && CSS.highlights) {
    highlight(words.split(' ')).catch(() => {});
  }
})();
