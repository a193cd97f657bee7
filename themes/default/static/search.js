// The search page, the search field of every page, and the highlight of what was searched for.
// How texts are cut and what the files hold: src/artifact/search/ of the program, tokens.rs and
// layout.rs. Nothing here is needed to read a page.
(() => {
  'use strict';
  const MARKS = /[\u00ad\u0300-\u036f\u200b-\u200f\u2060-\u206f\ufe00-\ufe0f\ufeff]/g;
  const LETTER = /[\p{Alphabetic}\p{N}\u3400-\u9fff]/u;
  const LONGEST = 12, SHOWN = 10, PAUSE = 250;
  const TITLE = 2, FIRST = 4, LAST = 8, NAMED = 3;
  const address = new URLSearchParams(location.search);
  const field = document.getElementById('q');
  const page = document.querySelector('.search');

  // ---- Texts and tokens

  const plain = (text) => text.normalize('NFKD').replace(MARKS, '').toLowerCase();
  const fold = (text, forms) => Array.from(plain(text), (it) => forms.get(it) || it);
  // 0: no letter; 1: of a word; 2: of a script without spaces.
  const sort = (it) => !LETTER.test(it) ? 0 : it < '\u2e80' ? 1 : 2;

  const hash = (characters) => {
    let hash = 0x811c9dc5;
    for (const it of characters) hash = Math.imul(hash ^ it.codePointAt(0), 0x01000193);
    hash = Math.imul(hash ^ hash >>> 15, 0x2c1b3c6d);
    return (hash ^ hash >>> 12) >>> 8;
  };

  // The runs of letters and digits of a text.
  const runs = (characters) => {
    const all = [[]];
    for (const it of characters) {
      if (sort(it)) all[all.length - 1].push(it); else all.push([]);
    }
    return all.filter((it) => it.length);
  };

  // Every three letters that are needed to have them all, or all there are: two begin a syllable.
  const threes = (run, sign) => {
    const all = [];
    for (let at = 0; at + 3 < run.length; at += 2) all.push(hash([sign, ...run.slice(at, at + 3)]));
    return all.concat(hash([sign, ...run.slice(-3)]));
  };

  // What a run is asked for by: several ways, of each the tokens that a page must have.
  const ways = (run) => {
    if (run.length === 1) return [[hash(run)]];
    const tokens = [];
    let word = [];
    run.forEach((it, at) => {
      const before = run[at - 1];
      const isWord = sort(it) === 1;
      if (before && !(isWord && sort(before) === 1)) {
        if (word.length) tokens.push(hash(word.slice(0, LONGEST)));
        word = [];
        tokens.push(hash([before, it]));
      }
      if (isWord) word.push(it);
    });
    if (word.length) tokens.push(hash(word.slice(0, LONGEST)));
    const all = [tokens];
    if (/^[a-z]+$/.test(run.join(''))) {
      if (run.length > 1) all.push(threes(run, '~'));
      if (run.length < 7) all.push(threes(run, '^'));
    }
    return all;
  };

  // ---- Files

  const base = page ? page.dataset.index : '';
  const files = new Map();

  const load = (name) => {
    if (!files.has(name)) {
      files.set(name, fetch(base + name + '.bin').then((answer) => {
        if (!answer.ok) throw new Error(name);
        return new Response(answer.body.pipeThrough(new DecompressionStream('deflate'))).arrayBuffer();
      }));
      files.get(name).catch(() => files.delete(name));
    }
    return files.get(name);
  };

  let known;
  const manifest = () => {
    known = known || fetch(base + 'manifest.json', { cache: 'no-store' })
      .then((answer) => answer.json())
      .then((read) => {
        const forms = new Map();
        for (const group of read.forms.split(' ')) {
          const [first, ...others] = group;
          others.forEach((it) => forms.set(it, first));
        }
        return Object.assign(read, { forms });
      });
    known.catch(() => { known = undefined; });
    return known;
  };

  const name = (sign, number, hashes) =>
    `${sign}${number}-${hashes.slice(number * 5, number * 5 + 5)}`;

  // The documents of these tokens in a shard: by token, where it stands in each.
  const read = (buffer, bits, shard, wanted, found) => {
    const bytes = new Uint8Array(buffer);
    let at = 0;
    const number = () => {
      let value = 0, factor = 1, byte;
      do {
        byte = bytes[at++];
        value += (byte & 0x7f) * factor;
        factor *= 128;
      } while (byte > 0x7f);
      return value;
    };
    const tokens = [], counts = [];
    const count = number();
    let token = shard * 2 ** (24 - bits);
    for (let it = 0; it < count; it++) tokens.push(token += number());
    for (let it = 0; it < count; it++) counts.push(number());
    for (let it = 0; it < count; it++) {
      const into = wanted.has(tokens[it]) ? new Map() : null;
      for (let left = counts[it], document = 0; left; left--) {
        const delta = number();
        document += Math.floor(delta / 2);
        const place = delta & 1 ? bytes[at++] : 0;
        if (into) into.set(document, place);
      }
      if (into) found.set(tokens[it], into);
    }
  };

  // The documents of a segment that have these tokens.
  const look = async (segment, sign, wanted) => {
    const found = new Map();
    if (!segment.documents) return found;
    const shards = new Set(Array.from(wanted, (it) => it >>> (24 - segment.bits)));
    await Promise.all(Array.from(shards, async (shard) => {
      const buffer = await load(name(sign, shard, segment.shards));
      read(buffer, segment.bits, shard, wanted, found);
    }));
    return found;
  };

  // ---- Searching

  const NONE = new Map();

  // The documents that have all tokens of a way, with the places that all of them share, and whether
  // the title is just that.
  const those = (tokens, found) => {
    const lists = tokens.map((it) => found.get(it) || NONE);
    const least = lists.reduce((a, b) => a.size <= b.size ? a : b);
    const all = new Map();
    for (const document of least.keys()) {
      let shared = NAMED;
      if (!lists.every((list) => {
        const place = list.get(document);
        shared &= place | (place & TITLE ? NAMED : 0);
        return place !== undefined;
      })) continue;
      const ends = lists[0].get(document) & FIRST && lists[lists.length - 1].get(document) & LAST;
      all.set(document, shared & TITLE ? (ends ? 3 : 2) : shared ? 1 : 0);
    }
    return all;
  };

  // The documents that have a run in any way, with the best rank of each.
  const any = (ways, found) => {
    const all = new Map();
    for (const way of ways) {
      those(way, found).forEach((rank, document) => {
        if (!(all.get(document) >= rank)) all.set(document, rank);
      });
    }
    return all;
  };

  // All results of a query, the best first: how well it matches, the reader's own place, the newest.
  const search = async (query, place) => {
    const index = await manifest();
    // A single character is in no pair, but for those of titles and names: beside others it is left
    // out.
    const all = runs(fold(query, index.forms));
    const some = all.filter((it) => it.length > 1 || sort(it[0]) === 1);
    const asked = some.length ? some : all;
    const terms = asked.map(ways);
    const own = place ? hash('@' + place) : -1;
    const wanted = new Set([].concat(...terms.map((it) => [].concat(...it))));
    if (place) wanted.add(own);
    const segments = terms.length ? index.segments : [];
    const results = await Promise.all(segments.map(async (segment, at) => {
      const found = await look(segment, 'or'[at], wanted);
      const [first, ...others] = terms.map((it) => any(it, found));
      const near = found.get(own) || NONE;
      const all = [];
      first.forEach((rank, document) => {
        const ranks = others.map((it) => it.get(document));
        if (ranks.includes(undefined)) return;
        const least = Math.min(rank > 2 && others.length ? 2 : rank, ...ranks);
        all.push({ segment, at, document, rank: least, near: near.has(document) });
      });
      return all;
    }));
    const order = (a, b) => b.rank - a.rank || b.near - a.near || b.at - a.at
      || b.document - a.document;
    return { asked: asked.map((it) => it.join('')), all: [].concat(...results).sort(order) };
  };

  // What is shown of some results.
  const shown = (results) => Promise.all(results.map(async ({ segment, at, document }) => {
    const block = Math.floor(document / segment.block);
    const buffer = await load(name('pq'[at], block, segment.blocks));
    return JSON.parse(new TextDecoder().decode(buffer))[document % segment.block];
  }));

  // ---- Words in texts

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

  // Marks what was searched for on the page that a result led to, and goes there.
  const highlight = (words) => {
    const main = document.getElementById('main');
    const walker = document.createTreeWalker(main, NodeFilter.SHOW_TEXT);
    const nodes = [];
    while (walker.nextNode()) nodes.push(walker.currentNode);
    const ranges = hits(nodes.map((it) => it.data), words).map(([first, last]) => {
      const range = document.createRange();
      range.setStart(nodes[first[0]], first[1]);
      range.setEnd(nodes[last[0]], last[2]);
      return range;
    });
    if (!ranges.length) return;
    CSS.highlights.set('found', new Highlight(...ranges));
    ranges[0].startContainer.parentElement.scrollIntoView({ block: 'center' });
  };

  // ---- The search page

  const element = (tag, text, name) => {
    const made = document.createElement(tag);
    if (text) made.textContent = text;
    if (name) made.className = name;
    return made;
  };

  const setUp = () => {
    const { home, loading, found, many, none, short, failed } = page.dataset;
    const list = page.querySelector('.results');
    const status = page.querySelector('[role=status]');
    const further = page.querySelector('.further');
    const place = address.get('at') || '';
    let turn = 0, results, count = 0;

    const say = (text) => { status.textContent = text; };

    // The words around the first hit on a page, in place of what stands below its title.
    const excerpt = async (link, below) => {
      const words = results.asked;
      if (hits([below.textContent], words).length || (navigator.connection || {}).saveData) return;
      const answer = await fetch(link.href);
      const read = new DOMParser().parseFromString(await answer.text(), 'text/html');
      const text = read.querySelector('main').textContent.replace(/\s+/g, ' ');
      const [hit] = hits([text], words);
      if (!hit) return;
      const [start, end] = [hit[0][1], hit[1][2]];
      below.textContent = (start > 12 ? '…' : '') + text.slice(Math.max(0, start - 12), start);
      below.append(element('mark', text.slice(start, end)), text.slice(end, end + 24) + '…');
    };

    const inSight = 'IntersectionObserver' in window && new IntersectionObserver((entries) => {
      entries.filter((it) => it.isIntersecting).forEach(({ target }) => {
        inSight.unobserve(target);
        excerpt(target.querySelector('a'), target.lastChild).catch(() => {});
      });
    });

    const item = ([path, title, kind, place, day, summary]) => {
      const made = element('li');
      const link = element('a', title);
      const words = results.asked.map(encodeURIComponent).join('+');
      link.href = `${home}${path.split('/').map(encodeURIComponent).join('/')}?h=${words}`;
      const heading = element('h3');
      heading.append(link);
      const about = element('p', '', 'meta');
      const sort = page.dataset[kind] || kind;
      if (sort) about.append(element('b', sort, 'tag'));
      about.append(element('span', place));
      if (day) {
        const time = element('time', new Date(day).toLocaleDateString(document.documentElement.lang,
          { year: 'numeric', month: 'long', day: 'numeric', timeZone: 'UTC' }));
        time.dateTime = day;
        about.append(time);
      }
      made.append(heading, about, element('p', summary, 'excerpt'));
      if (inSight) inSight.observe(made);
      return made;
    };

    // Adds the next results to the list.
    const show = async (mine) => {
      const next = await shown(results.all.slice(count, count + SHOWN));
      if (mine !== turn) return;
      if (!count) list.textContent = '';
      list.append(...next.map(item));
      count += next.length;
      further.parentElement.hidden = count >= results.all.length;
    };

    const clear = (text) => {
      list.textContent = '';
      further.parentElement.hidden = true;
      say(text);
    };

    const run = async (again) => {
      const mine = ++turn;
      const query = field.value.trim();
      if (!query) return clear('');
      if (!('DecompressionStream' in window)) return clear(failed);
      try {
        if (!list.firstChild) say(loading);
        const fresh = await search(query, place);
        if (mine !== turn) return;
        [results, count] = [fresh, 0];
        const all = results.all.length;
        if (!all) return clear(results.asked.length ? none : short);
        await show(mine);
        if (mine !== turn) return;
        say((all > count ? many : found).replace('%', all).replace('#', count));
      } catch (error) {
        if (mine !== turn) return;
        // The site may have been published anew since the manifest was read.
        known = undefined;
        if (!again) return run(true);
        clear(failed);
      }
    };

    const remember = (method) => {
      const now = new URLSearchParams({ q: field.value.trim() });
      if (place) now.set('at', place);
      history[method](null, '', `?${now}`);
    };

    let waiting;
    const soon = () => {
      clearTimeout(waiting);
      waiting = setTimeout(() => { remember('replaceState'); run(); }, PAUSE);
    };
    const recall = () => {
      field.value = new URLSearchParams(location.search).get('q') || '';
      run();
    };

    field.addEventListener('focus', () => { manifest().catch(() => {}); });
    field.addEventListener('input', (event) => { if (!event.isComposing) soon(); });
    field.addEventListener('compositionend', soon);
    field.form.addEventListener('submit', (event) => {
      event.preventDefault();
      clearTimeout(waiting);
      const before = new URLSearchParams(location.search).get('q') || '';
      remember(before === field.value.trim() ? 'replaceState' : 'pushState');
      run();
    });
    further.addEventListener('click', async () => {
      const first = count;
      await show(turn).catch(() => say(failed));
      const next = list.children[first];
      if (next) next.querySelector('a').focus();
    });
    addEventListener('popstate', recall);
    recall();
  };

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
  if (page) setUp();
  const words = address.get('h');
  if (words && 'Highlight' in window && CSS.highlights) highlight(words.split(' '));
})();
