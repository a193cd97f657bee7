// The page that searches. How texts are cut and what the files hold: src/artifact/search/ of the
// program, tokens.rs and layout.rs. What every page needs for it is in found.js.
(() => {
  'use strict';
  const { plain, hits, pieces, data, unpacked, manifest, syllables, meanings } = window.found;
  const LETTER = /[\p{Alphabetic}\p{N}\u3400-\u9fff]/u;
  const LONGEST = 12, SHOWN = 10, PAUSE = 250, LENGTH = 64;
  const TITLE = 2, FIRST = 4, LAST = 8, NAMED = 3;
  const address = new URLSearchParams(location.search);
  const field = document.getElementById('q');
  const page = document.querySelector('.search');

  // ---- Texts and tokens

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

  // What stands on both sides of a mark that joins, as a term: 律师、警官.
  const joints = (characters) => characters
    .map((it, at) => [characters[at - 1], it, characters[at + 1]])
    .filter(([before, mark, after]) => '、:'.includes(mark) && before && after && sort(before) === 2
      && sort(after))
    .map((it) => ({ words: [], ways: [[hash(it)]] }));

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

  // ---- Other ways to say it

  const UNITS = '一二三四五六七八九';
  const NUMBER = /(第?)([0-9]+|[一二三四五六七八九]?十[一二三四五六七八九]?|[一二三四五六七八九])(号?)/;
  // What is counted. Before anything else a Chinese number is part of a name: 一心, 三官.
  const COUNTED = /^(网格|小?组|栋|幢|楼|单元|门|期|届|月|日|年|区)/;
  const UNMARKED = /^(网格|小?组)/;
  const FILLERS = new RegExp('(请问|我们?想|我们?要|(在|从|到)?什么(时候|时间|地方)|什么|几点钟?|几号|(在|是)?哪(里|儿|天|一天|个|家)'
    + '|在哪|怎么(样|办)?|如何|多少钱?|是不是|有没有|能不能|可不可以|为什么|今天|明天|后天|昨天|现在|最近|谁|[吗呢呀啊吧]$)', 'g');

  // A number below 100 in figures and in characters, however it is written.
  const forms = (written) => {
    const digit = (it) => it ? UNITS.indexOf(it) + 1 : 0;
    const [first, second] = written.split('十');
    const value = Number(written)
      || (second === undefined ? digit(first) : 10 * (digit(first) || 1) + digit(second));
    if (!value || value > 99) return [];
    const tens = Math.floor(value / 10);
    const name = (it) => it ? UNITS[it - 1] : '';
    return [String(value), (tens > 1 ? name(tens) : '') + (tens ? '十' : '') + name(value % 10)];
  };

  // Other ways to say a run with a number, each as the parts that it needs: 第三网格 is what 3网格, 三号网格
  // and 网格3 mean.
  const numbered = (run) => {
    const text = run.join('');
    const hit = NUMBER.exec(text);
    if (!hit) return [];
    const [all, ordinal, number, mark] = hit;
    const before = text.slice(0, hit.index), after = text.slice(hit.index + all.length);
    const isCounted = ordinal || mark || /[0-9]/.test(number) || COUNTED.test(after) || (before && !after);
    if (!isCounted || /[a-z]$/.test(before) || /^[0-9a-z]/.test(after)) return [];
    const ways = [];
    for (const form of forms(number)) {
      if (mark || after) ways.push([before, form + mark + after]);
      else ways.push([before + ordinal + form], [before.slice(0, -2), form + before.slice(-2)]);
      if (mark && UNMARKED.test(after)) ways.push([before, form + after]);
    }
    const parts = ways.map((way) => way.map((it) => Array.from(it)).filter((it) => it.length > 1));
    return parts.filter((way) => way.length && way[0].join('') !== text);
  };

  // A run that is looked for: its words, as they may stand on a page, and the ways to ask for it.
  const term = (run) => {
    const others = numbered(run);
    const text = (it) => it.join('');
    return {
      words: [text(run)].concat(...others.map((way) => way.map(text))),
      ways: ways(run).concat(others.map((way) => [].concat(...way.map((part) => ways(part)[0])))),
    };
  };

  const isWord = (run) => run.length > 1 || (run.length === 1 && sort(run[0]) === 1);

  // The words of a question, without those that only ask.
  const meant = (run) => run.join('').replace(FILLERS, ' ').split(' ').map((it) => Array.from(it))
    .filter(isWord);

  // The parts of a run between pairs that no page has.
  const partsOf = (run, has) => {
    const parts = [[]];
    run.forEach((it, at) => {
      const before = run[at - 1];
      const isCut = before && (sort(before) === 2 || sort(it) === 2) && !has(hash([before, it]));
      if (isCut) parts.push([]);
      parts[parts.length - 1].push(it);
    });
    return parts.filter(isWord);
  };

  // ---- Files

  const base = page.dataset.index;
  const files = new Map();

  const load = (name) => {
    if (!files.has(name)) {
      files.set(name, fetch(base + name + '.bin').then((answer) => unpacked(answer).arrayBuffer()));
      files.get(name).catch(() => files.delete(name));
    }
    return files.get(name);
  };

  let known;
  const ready = () => {
    known = known || manifest(base)
      .then((read) => {
        const forms = new Map();
        for (const group of read.forms.split(' ')) {
          const [first, ...others] = group;
          others.forEach((it) => forms.set(it, first));
        }
        // Of a page of a list that has several: the number of the first one, the last in order.
        read.segments.forEach((it) => {
          it.firsts = new Map();
          let at = it.cut;
          it.lists.forEach((parts) => {
            for (const first = at + parts; at <= first; at++) it.firsts.set(at, first);
          });
        });
        return Object.assign(read, { forms });
      });
    known.catch(() => { known = undefined; });
    return known;
  };

  const name = (sign, number, hashes) =>
    `${sign}${String(number).padStart(4, "0")}-${hashes.slice(number * 5, number * 5 + 5)}`;

  // The documents of these tokens in a shard: by token, where it stands in each.
  const read = (buffer, wanted, found) => {
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
    let token = 0;
    for (let it = 0; it < count; it++) tokens.push(token += number());
    for (let it = 0; it < count; it++) counts.push(number());
    // The rarest come first, and where words stand is behind all numbers.
    const order = counts.map((_, it) => it).sort((a, b) => counts[a] - counts[b] || a - b);
    const postings = [];
    for (const it of order) {
      const into = wanted.has(tokens[it]) ? new Map() : null;
      for (let left = counts[it], document = 0; left; left--) {
        document += number();
        if (into) into.set(document, 0);
        postings.push(into, document);
      }
      if (into) found.set(tokens[it], into);
    }
    const gaps = Array.from({ length: number() }, number);
    let posting = 0;
    for (const gap of gaps) {
      posting += 2 * gap;
      const place = bytes[at++];
      if (postings[posting]) postings[posting].set(postings[posting + 1], place);
      posting += 2;
    }
  };

  // The documents of a segment that have these tokens.
  const look = async (segment, sign, wanted) => {
    const found = new Map();
    if (!segment.documents) return found;
    const shards = new Set(Array.from(wanted, (it) => Math.floor(it * segment.count / 2 ** 24)));
    await Promise.all(Array.from(shards, async (shard) => {
      const buffer = await load(name(sign, shard, segment.shards));
      read(buffer, wanted, found);
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

  // The pages that have any of some terms, with which ones (a bit each).
  const matching = (terms, index, founds, own) => [].concat(...index.segments.map((segment, at) => {
    const all = new Map();
    terms.forEach(({ ways }, bit) => any(ways, founds[at]).forEach((rank, document) => {
      const [mask, least] = all.get(document) || [0, 3];
      const best = rank > 2 && terms.length > 1 ? 2 : rank;
      all.set(document, [mask | 1 << bit, Math.min(least, best)]);
    }));
    const near = founds[at].get(own) || NONE;
    return Array.from(all, ([document, [mask, rank]]) =>
      ({ segment, at, document, mask, rank, near: near.has(document) }));
  }));

  // One page of each list: the first, or else the one beside it.
  const one = (results) => {
    const lists = new Map(), others = [];
    for (const it of results) {
      const first = it.segment.firsts.get(it.document);
      const key = `${it.at} ${first}`;
      const before = lists.get(key);
      if (first === undefined) others.push(it);
      else if (!before) lists.set(key, it);
      else {
        const isBetter = it.document === first
          || (before.document !== first && it.document < before.document);
        lists.set(key, Object.assign({}, isBetter ? it : before, { rank: Math.max(it.rank, before.rank) }));
      }
    }
    return others.concat(Array.from(lists.values()));
  };

  // What has most of the words of a question, if nothing has all: words are cut where no page has both
  // sides.
  const most = (words, founds, matched) => {
    const has = (token) => founds.some((it) => it.has(token));
    const parts = [].concat(...words.map((it) => partsOf(it, has))).slice(0, 30);
    const terms = parts.map(term);
    const of = (mask) => parts.filter((_, bit) => mask & 1 << bit);
    const found = matched(terms);
    const count = Math.max(...found.map((it) => of(it.mask).length));
    const results = found.filter((it) => of(it.mask).length === count);
    const own = of(results.reduce((all, it) => all | it.mask, 0));
    const text = (it) => it.join('');
    return { terms, results, instead: { words: words.map(text), found: own.map(text), count } };
  };

  // All results of a query, the best first: how well it matches, the reader's own place, the newest. If
  // nothing has all of it, what has the words without the question, and then what has most of them; all
  // from what was loaded for the first try.
  const search = async (query, place) => {
    const index = await ready();
    // A single character is in no pair, but for those of titles and names: beside others it is left
    // out.
    const characters = fold(query, index.forms);
    const all = runs(characters);
    const some = all.filter(isWord);
    const asked = (some.length ? some : all).slice(0, 30);
    const own = place ? hash('@' + place) : -1;
    const terms = asked.map(term).concat(joints(characters)).slice(0, 30);
    const wanted = new Set([].concat(...terms.map((it) => [].concat(...it.ways))));
    if (place) wanted.add(own);
    const founds = await Promise.all(index.segments.map((segment, at) => terms.length
      ? look(segment, 'or'[at], wanted) : NONE));
    const matched = (terms) => matching(terms, index, founds, own);
    const whole = (terms) =>
      ({ terms, results: matched(terms).filter((it) => it.mask === 2 ** terms.length - 1) });
    let found = whole(terms);
    const words = [].concat(...asked.map(meant)).slice(0, 30);
    if (!found.results.length) found = whole(words.map(term));
    if (!found.results.length) found = most(words, founds, matched);
    const order = (a, b) => b.rank - a.rank || b.near - a.near || b.at - a.at
      || b.document - a.document;
    return {
      asked,
      instead: found.instead,
      all: one(found.results).sort(order),
      words: Array.from(new Set([].concat(...found.terms.map((it) => it.words)))),
    };
  };

  // What is shown of some results.
  const shown = (results) => Promise.all(results.map(async ({ segment, at, document }) => {
    const block = Math.floor(document / segment.block);
    const buffer = await load(name('pq'[at], block, segment.blocks));
    return JSON.parse(new TextDecoder().decode(buffer))[document % segment.block];
  }));

  // ---- Words in texts

  // What a text belongs to: the record, row or item of a list, or the paragraph.
  const record = (element) => {
    const card = element.closest('article');
    if (card && !card.querySelector('h1')) return card;
    return element.closest('tr, li') || element.closest('p, dd, dt, td, h1, h2, h3, h4, blockquote, figure, pre')
      || element;
  };

  // The record of a page that has most of the words, the first of them.
  const bestRecord = (main, words) => {
    const counts = new Map();
    const all = pieces(main);
    const text = hits(all.map(data), words);
    for (const [[first, from], [last, , to]] of text) {
      const of = record(all[first].node.parentElement);
      const found = counts.get(of) || counts.set(of, new Set()).get(of);
      found.add(first === last ? plain(all[first].data.slice(from, to)) : `${first} ${from}`);
    }
    let best;
    counts.forEach((found, of) => { if (!best || found.size > counts.get(best).size) best = of; });
    return best;
  };

  // ---- The search page

  const element = (tag, text, name) => {
    const made = document.createElement(tag);
    if (text) made.textContent = text;
    if (name) made.className = name;
    return made;
  };

  const setUp = () => {
    const { home, loading, found, many, none, short, failed, empty, partial, next, latest } = page.dataset;
    const list = page.querySelector('.results');
    const status = page.querySelector('[role=status]');
    const further = page.querySelector('.further');
    const call = page.querySelector('.none');
    const { lang } = document.documentElement;
    const heading = document.title;
    const place = address.get('at') || '';
    let turn = 0, results, count = 0;

    const say = (text) => { status.textContent = text; };

    // Adds a text with its words marked.
    const addMarked = (to, text, words) => {
      let end = 0;
      for (const [[, from], [, , until]] of hits([text], words)) {
        if (from < end) continue;
        to.append(text.slice(end, from), element('mark', text.slice(from, until)));
        end = until;
      }
      to.append(text.slice(end));
    };

    // The record of a page that has the words, in place of what stands below its title: its beginning and
    // what is around the first word, as much as fits, and whom to call.
    const excerpt = async (link, below) => {
      const asked = results.words;
      if (hits([below.textContent], asked).length || (navigator.connection || {}).saveData) return;
      const answer = await fetch(link.href);
      const read = new DOMParser().parseFromString(await answer.text(), 'text/html');
      const main = read.querySelector('main');
      const words = await meanings(asked, main.textContent, () => syllables(base, ready()));
      const best = bestRecord(main, words);
      if (!best) return;
      const calls = Array.from(best.querySelectorAll('a[href^="tel:"]')).slice(0, 2);
      const whole = pieces(best).filter(({ node }) => !node || !calls.some((it) => it.contains(node)))
        .map(data).join('').replace(/\s+/g, ' ').trim();
      const [hit] = hits([whole], words);
      const [start, end] = hit ? [hit[0][1], hit[1][2]] : [0, 0];
      const room = LENGTH - (calls.length ? 16 : 0);
      const until = Math.max(room, end + 12);
      let text = whole.slice(0, until);
      if (end > room) text = `${whole.slice(0, 14)}…${whole.slice(Math.max(14, start - 12), until)}`;
      if (until < whole.length) text += '…';
      below.textContent = '';
      addMarked(below, text, words);
      for (const it of calls) {
        const tel = element('a');
        tel.href = it.getAttribute('href');
        addMarked(tel, it.textContent.replace(/\s+/g, ' ').trim(), words);
        below.append(' ', tel);
      }
    };

    const inSight = 'IntersectionObserver' in window && new IntersectionObserver((entries) => {
      entries.filter((it) => it.isIntersecting).forEach(({ target }) => {
        inSight.unobserve(target);
        excerpt(target.querySelector('a'), target.lastChild).catch(() => {});
      });
    });

    const written = (day, options) =>
      new Date(day).toLocaleDateString(lang, Object.assign({ timeZone: 'UTC' }, options));

    // This minute on the clocks of the portal, as if they were at Greenwich.
    const now = () => {
      const format = (timeZone) => new Intl.DateTimeFormat('en', { year: 'numeric', month: 'numeric',
        day: 'numeric', hour: 'numeric', minute: 'numeric', hourCycle: 'h23', timeZone });
      let clock;
      // Browsers have not always known offsets.
      try { clock = format(page.dataset.zone); } catch { clock = format(); }
      const parts = {};
      clock.formatToParts(new Date()).forEach(({ type, value }) => { parts[type] = value; });
      return Date.UTC(parts.year, parts.month - 1, parts.day, parts.hour, parts.minute) / 60_000;
    };

    // The next of some beginnings, each in minutes since the one before. What begins at midnight is of
    // the whole day.
    const coming = (beginnings) => {
      const moment = now();
      let at = 0;
      for (const minutes of beginnings.split('m')) {
        at += Number(minutes);
        if ((at % 1440 ? at : at + 1439) >= moment) return at * 60_000;
      }
      return undefined;
    };

    // The day of a result, or when the next session of a schedule begins.
    const when = (kind, day, beginnings) => {
      const time = element('time');
      const begins = beginnings && coming(beginnings);
      if (begins) {
        const iso = new Date(begins).toISOString();
        const parts = [{ month: 'long', day: 'numeric' }, { weekday: 'short' }].map((it) => written(begins, it));
        if (begins % 86_400_000) parts.push(iso.slice(11, 16));
        time.dateTime = iso.slice(0, begins % 86_400_000 ? 16 : 10);
        time.textContent = next + parts.join(' ');
      } else {
        const options = [{ year: 'numeric' }, { month: 'long' }, { day: 'numeric' }];
        time.dateTime = day;
        time.textContent = (kind === 'l' ? latest : '')
          + written(day, Object.assign({}, ...options.slice(0, day.split('-').length)));
      }
      return time;
    };

    const item = ([path, title, kind, place, day, summary, beginnings]) => {
      const made = element('li');
      const link = element('a', title);
      const words = results.words.map(encodeURIComponent).join('+');
      link.href = `${home}${path.split('/').map(encodeURIComponent).join('/')}?h=${words}`;
      const heading = element('h3');
      heading.append(link);
      const about = element('p', '', 'meta');
      const sort = kind.length === 1 ? page.dataset[`kind${kind.toUpperCase()}`] || kind : kind;
      if (sort) about.append(element('b', sort, 'tag'));
      about.append(element('span', place));
      if (day) about.append(when(kind, day, beginnings));
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

    // How many results there are, how many of them are listed, and what they lack.
    const told = () => {
      const all = results.all.length;
      const text = (count > SHOWN || all > count ? many : found).replace('%', all).replace('#', count);
      if (!results.instead) return text;
      const { words, found: own, count: most } = results.instead;
      const list = (type, of) => new Intl.ListFormat(lang, { type }).format(of.map((it) => `“${it}”`));
      return `${partial.replace('%', list('conjunction', words))
        .replace('#', list(most < own.length ? 'disjunction' : 'conjunction', own))} ${text}`;
    };

    const clear = (text) => {
      list.textContent = '';
      further.parentElement.hidden = true;
      say(text);
    };

    const run = async (again) => {
      const mine = ++turn;
      const query = field.value.trim();
      document.title = query ? `${query} - ${heading}` : heading;
      if (call) call.hidden = true;
      if (!query) return clear('');
      if (!('DecompressionStream' in window)) return clear(failed);
      try {
        if (!list.firstChild) say(loading);
        const fresh = await search(query, place);
        if (mine !== turn) return;
        [results, count] = [fresh, 0];
        const all = results.all.length;
        if (!all && call) call.hidden = !results.asked.length;
        if (!all) return clear(results.asked.length ? none : short);
        await show(mine);
        if (mine !== turn) return;
        say(told());
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

    field.addEventListener('focus', () => { ready().catch(() => {}); });
    field.addEventListener('input', (event) => { if (!event.isComposing) soon(); });
    field.addEventListener('compositionend', soon);
    field.form.addEventListener('submit', (event) => {
      event.preventDefault();
      clearTimeout(waiting);
      const before = new URLSearchParams(location.search).get('q') || '';
      remember(before === field.value.trim() ? 'replaceState' : 'pushState');
      run();
      if (!field.value.trim()) say(empty);
    });
    further.addEventListener('click', async () => {
      const first = count;
      await show(turn).then(() => say(told()), () => say(failed));
      const next = list.children[first];
      if (next) next.querySelector('a').focus();
    });
    addEventListener('popstate', recall);
    recall();
    // Enter in the empty field of another page leads here.
    if (address.get('q') === '') say(empty);
  };

  setUp();
})();
