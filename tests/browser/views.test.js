// Views of lists: no page is too long or too heavy, and what is sought is at most two taps away.
'use strict';

const assert = require('node:assert/strict');
const { after, before, test } = require('node:test');
const { chromium } = require('playwright-core');
const { Site, chromiumPath } = require('./preview.js');

// On a phone of usual width, in pixels and in bytes of HTML.
const WIDTH = 360;
const TALLEST = 6_000;
const HEAVIEST = 60_000;

let browser;
let site;
let server;

before(async () => {
  browser = await chromium.launch({ executablePath: chromiumPath() });
  site = new Site();
  many(site);
  server = await site.built('2026-11-23');
});

after(async () => {
  await browser?.close();
  server?.close();
  site?.end();
});

/** Lists that are longer than those of the sample. */
function many(site) {
  const day = (index) => new Date(Date.UTC(2026, 0, 1) + index * 86_400_000).toISOString().slice(0, 10);
  const list = (count, record) => Array.from({ length: count }, (_, index) => record(index)).join('');
  site.write('content/liuying/patrols.yaml', list(320, (index) => `- {date: ${day(index)}, team: 示例巡防${index % 3 + 1}队, members: ${index % 9 + 4}, hours: 2, found: ${index % 3}}\n`));
  site.write('content/liuying/honors.yaml', list(60, (index) => `- {award: 好邻居, name: 示例某${'甲乙丙丁戊己庚辛壬癸'[index % 10]}${'子丑寅卯辰巳'[Math.floor(index / 10)]}, date: ${day(index * 5)}, citation: 示例：常年帮助邻里, basis: consent, basis_reference: 示例${index}, basis_date: 2026-01-01}\n`));
  site.write('content/liuying/grids.yaml', list(41, (index) => `- {grid: 第${index + 1}网格, buildings: [${'柳影路'}${index * 3 + 1}-${index * 3 + 3}号楼], chief: 示例长, officer: 示例员, phone: 0431-8255-${7000 + index}}\n`));
  site.write('content/liuying/responses.yaml', list(130, (index) => `- {number: L-${String(index + 1).padStart(3, '0')}, reported: ${day(index * 2)}, category: 设施维修, spot: 柳影路示例${index + 1}号, department: 示例部门, due: ${day(index * 2 + 20)}${index % 4 ? `, resolved: ${day(index * 2 + 9)}, outcome: 已修好` : ''}}\n`));
  site.write('content/liuying/legal-aid.yaml', list(90, (index) => `- {date: ${day(270 + index)}, starts: 09:00, service: 法律咨询, official: [律师], provider: 示例律师事务所, venue: 示例活动室}\n`));
}

async function open(address, options = {}) {
  const page = await browser.newPage({ viewport: { width: WIDTH, height: 740 }, ...options });
  await page.goto(`http://127.0.0.1:${server.address().port}/${address}`);
  return page;
}

test('no page is longer or heavier than a phone can take', async () => {
  const page = await open('');
  const seen = new Set();
  const wrong = [];
  for (const { file, html } of site.pages()) {
    const bytes = Buffer.byteLength(html);
    if (bytes > HEAVIEST) wrong.push(`${file}: ${bytes} bytes`);
  }
  // Of pages of one kind those with the most text are the longest, or nearly so.
  for (const { file, kind } of site.longest(6)) {
    seen.add(kind);
    await page.goto(`http://127.0.0.1:${server.address().port}/${file}`, { waitUntil: 'domcontentloaded' });
    const height = await page.evaluate(() => document.documentElement.scrollHeight);
    if (height > TALLEST) wrong.push(`${file}: ${height} px`);
  }
  await page.close();
  assert.deepEqual(wrong, []);
  for (const kind of ['home', 'place', 'collection', 'subtree', 'record', 'notices', 'data', 'section', 'search-letter', 'calendar', 'subscribe']) {
    assert.ok(seen.has(kind), kind);
  }
});

test('a building is two taps from whom to call, without a script', async () => {
  const page = await open('liuying/grids/', { javaScriptEnabled: false });
  await page.getByRole('navigation', { name: '按楼栋找' }).locator('summary').first().click().catch(() => {});
  await page.getByRole('link', { name: '77号楼', exact: true }).click();
  const entry = page.locator('.contact-entry:target');
  assert.match(await entry.textContent(), /第26网格/);
  assert.equal(await entry.locator('a[href^="tel:"]').count(), 1);
  await page.close();
});

test('what is typed picks buildings and entries, and their number is said', async () => {
  const page = await open('xinfa/grids/');
  const status = page.locator('.finder [role=status]');
  await page.getByLabel('输入号码或名称').fill('黑水路１');
  assert.equal(await page.locator('.finder li:not([hidden])').count(), 1);
  assert.equal(await status.textContent(), '找到 1 个');
  assert.equal(await page.locator('.contact-entry:not([hidden])').count(), 1);
  await page.getByLabel('输入号码或名称').fill('没有的楼');
  assert.match(await status.textContent(), /这里没有/);
  await page.getByLabel('输入号码或名称').fill('');
  assert.equal(await page.locator('.contact-entry[hidden], .finder li[hidden]').count(), 0);
  assert.equal(await status.textContent(), '');
  await page.close();
});

test('a name leads to what somebody was honoured for', async () => {
  const page = await open('changshan/honors/');
  const link = page.locator('.roll a').last();
  const name = await link.textContent();
  await link.click();
  const card = page.locator('.honor:target');
  assert.ok(await card.isVisible());
  assert.ok((await card.locator('h3, h4').textContent()).includes(name.split('（')[0]));
  await page.close();
});

test('a day of the week leads to its sessions', async () => {
  const page = await open('liuying/legal-aid/');
  await page.locator('.weeks a').nth(2).click();
  assert.ok(await page.locator('.session:target').isVisible());
  await page.close();
});

test('what is cancelled is struck in weeks and months, and says so', async () => {
  const page = await open('changshan/legal-aid/');
  const day = page.locator('.weeks .off-day');
  assert.match((await day.innerText()).replace(/\s/g, ''), /^23.*取消$/);
  assert.equal(await day.locator('s').innerText(), '23');
  await day.click();
  assert.match(await page.locator('.session:target').innerText(), /已取消/);
  await page.goto(`${new URL(page.url()).origin}/changshan/calendar/`);
  const cell = page.locator('.month .off-day');
  assert.match((await cell.innerText()).replace(/\s/g, ''), /^23取消$/);
  assert.equal(await cell.locator('s').innerText(), '23');
  assert.match(await page.locator('.days .off').innerText(), /已取消/);
  assert.match(await page.locator('.days .off h4 a').evaluate((it) => getComputedStyle(it).textDecorationLine), /line-through/);
  await page.close();
});

test('a month that goes on over the end of a page does not say how many it has', async () => {
  const page = await open('liuying/patrols/');
  const heads = await page.locator('.fold > summary').allInnerTexts();
  const months = heads.filter((it) => /\d{4}年\d+月/.test(it));
  assert.ok(months.length > 1, `${heads}`);
  assert.match(months[0], /\d+ 条/);
  assert.doesNotMatch(months.at(-1), /条/);
  await page.close();
});

test('every page says from whom it is, of which day, and whom to tell what is wrong', () => {
  const wrong = [];
  let count = 0;
  for (const { file, html } of site.pages()) {
    const said = html.match(/<p class="provenance">([^]*?)<\/p>/)?.[1] ?? '';
    count += 1;
    if (!/来源：/.test(said)) wrong.push(`${file}: no source`);
    if (!/更新 <time datetime="\d{4}-\d{2}(-\d{2})?">/.test(said)) wrong.push(`${file}: no day`);
    if (!/内容有错.*<a href="tel:/.test(said)) wrong.push(`${file}: nobody to tell`);
  }
  assert.deepEqual(wrong, []);
  assert.ok(count > 300, `${count}`);
});

test('the months of zero are told in words, and the table is folded', async () => {
  const page = await open('liuying/fufeng-jiayuan/zero-incident/');
  assert.ok(await page.locator('.heat').isVisible());
  assert.ok((await page.locator('.heat text').first().evaluate((it) => it.getBoundingClientRect().height)) >= 11);
  assert.equal(await page.locator('table').isVisible(), false);
  await page.close();
});

test('a case says how far it is, how many days are left, and whom to call', async () => {
  const page = await open('liuying/responses/l-129/');
  assert.match(await page.locator('h1').textContent(), /还剩 3 天|已超期 \d+ 天|今天到期/);
  assert.equal(await page.locator('.steps .step-done').count(), 1);
  assert.ok(await page.locator('main a[href^="tel:"]').first().isVisible());
  await page.close();
});
