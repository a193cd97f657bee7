// What stands on the sheets of paper that a browser prints: the texts of its PDF, line by line.
//
// It reads what Chromium writes and no other PDF: streams are deflated, glyphs are bytes or pairs of
// bytes, each font has its table of characters.
'use strict';

const zlib = require('node:zlib');

/** The objects of a file by their numbers: what they say, and what is in their stream. */
function objects(bytes) {
  const text = bytes.toString('latin1');
  const found = new Map();
  for (const match of text.matchAll(/(?:^|\n)(\d+) 0 obj\n/g)) {
    const start = match.index + match[0].length;
    const end = text.indexOf('endobj', start);
    const stream = text.indexOf('stream\n', start);
    const hasStream = stream >= 0 && stream < end;
    const head = text.slice(start, hasStream ? stream : end);
    let content = '';
    if (hasStream && head.includes('/FlateDecode') && !/\/(Image|Length1|FontFile)/.test(head)) {
      const length = Number(head.match(/\/Length (\d+)/)[1]);
      const data = bytes.subarray(stream + 7, stream + 7 + length);
      content = zlib.inflateSync(data).toString('latin1');
    }
    found.set(Number(match[1]), { head, content });
  }
  return found;
}

/** UTF-16 in hexadecimal digits. */
const utf16 = (hex) => Buffer.from(hex, 'hex').swap16().toString('utf16le');

/** Which characters the codes of a font stand for, and how many digits a code has. */
function characters(table) {
  const map = new Map();
  const digits = table.match(/begincodespacerange\s*<([0-9A-F]+)>/i)?.[1].length ?? 2;
  for (const [, block] of table.matchAll(/beginbfchar([^]*?)endbfchar/g)) {
    for (const [, code, hex] of block.matchAll(/<([0-9A-F]+)>\s*<([0-9A-F]+)>/gi)) map.set(parseInt(code, 16), utf16(hex));
  }
  for (const [, block] of table.matchAll(/beginbfrange([^]*?)endbfrange/g)) {
    for (const [, from, to, hex] of block.matchAll(/<([0-9A-F]+)>\s*<([0-9A-F]+)>\s*<([0-9A-F]+)>/gi)) {
      const first = parseInt(hex, 16);
      for (let code = parseInt(from, 16); code <= parseInt(to, 16); code++) {
        map.set(code, String.fromCodePoint(first + code - parseInt(from, 16)));
      }
    }
  }
  return { map, digits };
}

/** The product of two matrices, as PDF writes them. */
const times = ([a, b, c, d, e, f], [A, B, C, D, E, F]) => [
  a * A + b * C, a * B + b * D, c * A + d * C, c * B + d * D, e * A + f * C + E, e * B + f * D + F,
];

const TOKEN = /\/Span<<\/ActualText\s*<([0-9A-Fa-f]*)>\s*>>|<([0-9A-Fa-f]*)>|\/(\w+)|(-?\d*\.?\d+)|([A-Za-z*]+)|\[|\]/g;

/** The texts of a page with their places, from the content of its stream. */
function texts(content, fonts) {
  const found = [];
  const stack = [];
  let matrix = [1, 0, 0, 1, 0, 0], line = matrix, font, actual, numbers = [], names = [], hex = [];
  const say = (words) => {
    if (!words) return;
    const [, , , , x, y] = times(line, matrix);
    found.push({ x, y, words });
  };
  for (const [, span, code, name, number, operator] of content.matchAll(TOKEN)) {
    if (span !== undefined) actual = utf16(span.replace(/^FEFF/i, ''));
    else if (code !== undefined) hex.push(code);
    else if (name !== undefined) names.push(name);
    else if (number !== undefined) numbers.push(Number(number));
    else if (operator) {
      if (operator === 'q') stack.push(matrix);
      else if (operator === 'Q') matrix = stack.pop();
      else if (operator === 'cm') matrix = times(numbers.slice(-6), matrix);
      else if (operator === 'BT') line = [1, 0, 0, 1, 0, 0];
      else if (operator === 'Tm') line = numbers.slice(-6);
      else if (operator === 'Td') line = times([1, 0, 0, 1, ...numbers.slice(-2)], line);
      else if (operator === 'Tf') font = fonts.get(names.at(-1));
      else if (operator === 'EMC') actual = undefined;
      else if (operator === 'Tj' || operator === 'TJ') {
        const width = font?.digits ?? 2;
        const codes = hex.join('').match(new RegExp(`.{${width}}`, 'g')) ?? [];
        const words = codes.map((it) => font?.map.get(parseInt(it, 16)) ?? '').join('');
        say(actual ?? words);
        // All of a span has one text.
        if (actual !== undefined) actual = '';
      }
      numbers = [];
      names = [];
      hex = [];
    }
  }
  return found;
}

/** The lines of each sheet from its top to its foot: their words, and how far down they stand, in points. */
function sheets(pdf) {
  const all = objects(pdf);
  const pages = [...all.values()].filter(({ head }) => /\/Type \/Page\b/.test(head));
  return pages.map(({ head }) => {
    const fonts = new Map();
    const named = head.match(/\/Font <<([^>]*)>>/)?.[1] ?? '';
    for (const [, name, id] of named.matchAll(/\/(\w+) (\d+) 0 R/g)) {
      const table = all.get(Number(id)).head.match(/\/ToUnicode (\d+) 0 R/)?.[1];
      if (table) fonts.set(name, characters(all.get(Number(table)).content));
    }
    const height = Number(head.match(/\/MediaBox \[0 0 [\d.]+ ([\d.]+)/)[1]);
    const content = all.get(Number(head.match(/\/Contents (\d+) 0 R/)[1])).content;
    const lines = new Map();
    for (const { x, y, words } of texts(content, fonts)) {
      const down = Math.round(height - y);
      const near = [down, down - 1, down + 1].find((it) => lines.has(it)) ?? down;
      lines.set(near, [...(lines.get(near) ?? []), { x, words }]);
    }
    const inOrder = [...lines].sort(([a], [b]) => a - b);
    return inOrder.map(([down, parts]) => {
      const words = parts.sort((a, b) => a.x - b.x).map((it) => it.words).join('');
      return { down, words: words.normalize('NFKC') };
    }).filter(({ words }) => words.trim());
  });
}

module.exports = { sheets };
