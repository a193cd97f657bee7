// Pages on paper, as the browser prints them: what each sheet says, and what stands on the last one.
'use strict';

const assert = require('node:assert/strict');
const { after, before, test } = require('node:test');
const { chromium } = require('playwright-core');
const { Site, chromiumPath } = require('./preview.js');
const { sheets } = require('./sheets.js');

// Fewer lines are alone on a last sheet: who says it, and less than an entry of a list.
const FEWEST = 3;

// A table of so many rows is shorter than a sheet, one of so many is longer.
const SHORT = 12;
const LONG = 70;

const rows = (count, word) => Array.from({ length: count }, (_, index) => `| ${word}${index + 1}行 | 有水 | 有电 |\n`).join('');
const table = (count, word) => `| ${word}表头 | 水 | 电 |\n| --- | --- | --- |\n${rows(count, word)}\n`;
const text = (count) => Array.from({ length: count }, () => '各单元请提前存水，老人和孩子多的家庭，网格员上门帮忙。\n').join('\n');

let browser;
let site;
let server;

before(async () => {
  browser = await chromium.launch({ executablePath: chromiumPath() });
  site = new Site();
  const notice = (title, body) => `---\ntitle: ${title}\ndate: 2026-11-20\n---\n\n${body}`;
  site.write('content/kaixuan/notices/2026-11-20-short.md', notice('短表', text(19) + '\n' + table(SHORT, '短') + text(2)));
  site.write('content/kaixuan/notices/2026-11-20-long.md', notice('长表', table(LONG, '长')));
  server = await site.built('2026-11-24');
});

after(async () => {
  await browser?.close();
  server?.close();
  site?.end();
});

const page = () => browser.newPage({ viewport: { width: 1280, height: 800 } });

async function printed(tab, file) {
  await tab.goto(`http://127.0.0.1:${server.address().port}/${file}`);
  return sheets(await tab.pdf({ preferCSSPageSize: true }));
}

/** All words of a sheet, without blanks and line ends. */
const words = (sheet) => sheet.map((line) => line.words).join('').replace(/\s/g, '');

/** Where the foot of a sheet begins. */
const footOf = (sheet) => sheet.findIndex((line) => line.words.includes('打印日期'));

test('each sheet says page, place, address and day, and the last one is worth its paper', async () => {
  const tab = await page();
  const wrong = [];
  let count = 0;
  for (const { file, html } of site.longest()) {
    const all = await printed(tab, file);
    const unescaped = (it) => it.replaceAll('&amp;', '&').replaceAll('&#x2F;', '/');
    const address = unescaped(html.match(/<link rel="canonical" href="([^"]*)"/)?.[1] ?? '');
    const title = await tab.title();
    const [name] = title.split(' · ');
    all.forEach((sheet, index) => {
      const from = footOf(sheet);
      const foot = words(sheet.slice(Math.max(from, 0)));
      const where = `${file}, ${index + 1} of ${all.length}`;
      if (from < 0 || !/打印日期\d{4}年\d+月\d+日/.test(foot)) wrong.push(`${where}: no day`);
      if (address && !foot.includes(address)) wrong.push(`${where}: no address in ${foot}`);
      if (!foot.includes(name.normalize('NFKC').replace(/\s/g, ''))) wrong.push(`${where}: not ${name}: ${foot}`);
    });
    const last = footOf(all.at(-1));
    if (all.length > 1 && last < FEWEST) wrong.push(`${file}: ${last} lines alone on sheet ${all.length}`);
    count += all.length;
  }
  await tab.close();
  assert.deepEqual(wrong, []);
  assert.ok(count > 40, `${count}`);
});

test('a table that fits a sheet stays whole, and the head of a longer one is on each of its sheets', async () => {
  const tab = await page();
  const short = await printed(tab, 'kaixuan/notices/2026-11-20-short/');
  assert.ok(short.length > 1, 'the page has more than a sheet');
  const holding = short.filter((sheet) => /短\d+行/.test(words(sheet)));
  assert.equal(holding.length, 1);
  assert.match(words(holding[0]), new RegExp(`短表头.*短1行.*短${SHORT}行`));
  const long = (await printed(tab, 'kaixuan/notices/2026-11-20-long/')).filter((sheet) => /长\d+行/.test(words(sheet)));
  assert.ok(long.length > 1);
  for (const sheet of long) assert.match(words(sheet), /长表头.*长\d+行/);
  const all = long.flatMap((sheet) => [...words(sheet).matchAll(/长(\d+)行/g)].map((it) => Number(it[1])));
  assert.deepEqual(all, Array.from({ length: LONG }, (_, index) => index + 1));
  await tab.close();
});

test('what is read from paper is what was printed', async () => {
  const tab = await page();
  await tab.setContent('<style>p { break-after: page }</style><p>甲 12:30</p><div>“乙” ABC</div>');
  const all = sheets(await tab.pdf());
  assert.deepEqual(all.map(words), ['甲12:30', '“乙”ABC']);
  assert.ok(all[0][0].down > 5 && all[0][0].down < 120, `${all[0][0].down}`);
  await tab.close();
});
