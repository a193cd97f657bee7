// The search of the published sample portal: its page, the field of every page, input methods, a
// slow network, and browsers without scripts.
'use strict';

const assert = require('node:assert/strict');
const { after, before, test } = require('node:test');
const { chromium } = require('playwright-core');
const { SOON, Site, chromiumPath } = require('./preview.js');

// A question, and the page that has to come first.
const QUESTIONS = [
  ['停水通知', 'xinyuan/notices/2026-11-20-water/'],
  ['流感疫苗', 'notices/2026-11-02-flu-vaccine/'],
  // From the middle of titles.
  ['律师，十二月', 'changshan/notices/2026-11-23-legal-hours/'],
  ['加装电梯公示', 'kaixuan/yixin/youyi/notices/2026-11-09-elevator/'],
  ['邻居驿站', 'changshan/notices/2026-11-21-station/'],
  ['换菜单', 'liuying/notices/2026-08-25-meal/'],
  ['冬季防火', 'xinfa/notices/2026-11-12-market-fire/'],
  ['长山好人', 'changshan/notices/2026-10-30-good-people/'],
  // Places, by name and by pinyin.
  ['槐树里小区', 'xinyuan/huaishuli/'],
  ['一心社区', 'kaixuan/yixin/'],
  ['yixinshequ', 'kaixuan/yixin/'],
  ['YXSQ', 'kaixuan/yixin/'],
  // A person, by name, reading and first letters.
  ['葛春燕', 'changshan/nominees/长山公示2026-03/'],
  ['ge chunyan', 'changshan/nominees/长山公示2026-03/'],
  ['gcy', 'changshan/nominees/长山公示2026-03/'],
  // Other forms of characters.
  ['鄰居驛站', 'changshan/notices/2026-11-21-station/'],
  ['３号楼２单元', 'changshan/notices/2026-11-21-station/'],
  // In texts alone.
  ['交接清单九页', 'kaixuan/yixin/youyi/notices/2025-11-03-election/'],
  // Several words.
  ['供暖 不热', 'notices/2026-10-16-heating/'],
  ['上海路 清单', 'xinfa/shanghailu/notices/2026-04-20-newcomers/'],
];

const PHONE = { viewport: { width: 360, height: 640 }, hasTouch: true };

let browser;
let site;
let server;
let home;

before(async () => {
  browser = await chromium.launch({ executablePath: chromiumPath() });
  site = new Site();
  // The theme that comes along, whatever is edited in that of the site.
  site.edit('site.toml', 'theme = "own"\n', '');
  server = await site.built('2026-11-23');
  home = `http://127.0.0.1:${server.address().port}/`;
});

after(async () => {
  await browser?.close();
  server?.close();
  site?.end();
});

/** Lends a page that looks at an address. Whatever the console tells of errors fails. */
async function withPage(address, use, options = PHONE) {
  const context = await browser.newContext(options);
  context.setDefaultTimeout(SOON);
  if (options.now) await context.clock.setFixedTime(new Date(options.now));
  const page = await context.newPage();
  const faults = [];
  page.on('pageerror', (error) => faults.push(String(error)));
  page.on('console', (told) => told.type() === 'error' && faults.push(told.text()));
  try {
    await page.goto(home + address);
    await use(page, context);
    assert.deepEqual(faults, []);
  } finally {
    await context.close();
  }
}

/** The paths of the results, once the search has ended. */
async function results(page) {
  await page.waitForFunction(() => {
    const said = document.querySelector('.search [role=status]');
    return said.textContent && said.textContent !== said.closest('.search').dataset.loading;
  });
  const links = await page.locator('.results h3 a').evaluateAll((all) => all.map((it) => it.pathname));
  return links.map((it) => decodeURIComponent(it).slice(1));
}

const said = (page) => page.locator('.search [role=status]').textContent();

for (const [question, answer] of QUESTIONS) {
  test(`${question} is found`, () => withPage(`search/?q=${encodeURIComponent(question)}`,
    async (page) => assert.equal((await results(page))[0], answer)));
}

test('what is not there is not found', () => withPage('search/?q=恐龙化石', async (page) => {
  assert.deepEqual(await results(page), []);
  assert.match(await said(page), /^没有找到/);
}));

test('a question of signs alone asks for more', () => withPage('search/?q=，', async (page) => {
  assert.deepEqual(await results(page), []);
  assert.match(await said(page), /两个字/);
}));

test('a resident goes from a page to a result, and back', () => withPage('kaixuan/yixin/',
  async (page) => {
    await page.keyboard.press('/');
    await page.keyboard.insertText('好人榜');
    await page.keyboard.press('Enter');
    await page.waitForURL(/search\/\?q=/);
    // The lists of all places have this title; that of the place that was looked at comes first.
    assert.equal((await results(page))[0], 'kaixuan/yixin/honors/');
    assert.match(await said(page), /^找到 \d+ 条/);
    await page.locator('.results a').first().click();
    await page.waitForURL(/honors\/\?h=/);
    const found = await page.evaluate(() => Array.from(CSS.highlights.get('found'), String));
    assert.ok(found.length > 0 && found.every((it) => it === '好人榜'), String(found));
    // The document is as it was published.
    const read = () => page.locator('main').innerHTML();
    const marked = await read();
    await page.goto(home + 'kaixuan/yixin/honors/');
    assert.equal(await read(), marked);
    await page.goBack();
    await page.goBack();
    assert.equal((await results(page))[0], 'kaixuan/yixin/honors/');
  }));

test('the words are shown in their surroundings', () => withPage('search/?q=路恩惠', async (page) => {
  const mark = page.locator('.results mark').first();
  await mark.waitFor();
  assert.equal(await mark.textContent(), '路恩惠');
}));

test('there are more results than are shown at first', () => withPage('search/?q=一心', async (page) => {
  assert.equal((await results(page)).length, 10);
  await page.locator('.further').click();
  await page.waitForFunction(() => document.querySelectorAll('.results li').length > 10);
  const focused = await page.evaluate(() => document.activeElement.closest('li').previousSibling);
  assert.ok(focused);
}));

/** The item of the result that leads to a page. */
const result = (page, path) => page.locator('.results li', { has: page.locator(`h3 a[href^="/${path}?"]`) });

test('an excerpt is of the record with the words, and has whom to call', () => withPage('search/?q=第三网格',
  async (page) => {
    await results(page);
    const excerpt = result(page, 'changshan/grids/').locator('.excerpt');
    await excerpt.locator('mark').first().waitFor();
    const text = await excerpt.textContent();
    assert.match(text, /^长山第三网格 .*熊兰英.*0431-8255-5131$/);
    assert.doesNotMatch(text, /5121|第二|第四/);
    assert.equal(await excerpt.locator('a').getAttribute('href'), 'tel:043182555131');
  }));

test('an excerpt of a long text is around the words', () => withPage('search/?q=交接清单九页',
  async (page) => {
    await results(page);
    const excerpt = page.locator('.results .excerpt').first();
    await excerpt.locator('mark').first().waitFor();
    assert.equal(await excerpt.locator('mark').allTextContents().then(String), '交接清单九页');
    assert.ok((await excerpt.textContent()).length < 90);
  }));

test('of a list there is one result, which says what is next', () => withPage('search/?q=律师',
  async (page) => {
    await results(page);
    while (await page.locator('.further').isVisible()) {
      const before = await page.locator('.results li').count();
      await page.locator('.further').click();
      await page.waitForFunction((it) => document.querySelectorAll('.results li').length > it, before);
    }
    const found = await results(page);
    const lists = found.filter((it) => it.includes('/legal-aid/')).map((it) => it.replace(/legal-aid\/.*/, ''));
    assert.ok(lists.length > 2 && new Set(lists).size === lists.length, String(found));
    assert.ok(found.includes('changshan/legal-aid/'), String(found));
    const about = result(page, 'changshan/legal-aid/').locator('.meta');
    assert.equal(await about.locator('.tag').textContent(), '列表');
    assert.equal(await about.locator('time').textContent(), '下一次：12月2日 周三 14:00');
    assert.equal(await about.locator('time').getAttribute('datetime'), '2026-12-02T14:00');
    assert.match(await said(page), new RegExp(`^找到 ${found.length} 条，已列出 ${found.length} 条$`));
  }, { ...PHONE, now: '2026-11-26T10:00:00+08:00' }));

test('a list without sessions has the day of its newest record', () => withPage('search/?q=好人榜',
  async (page) => {
    await results(page);
    const time = result(page, 'changshan/honors/').locator('time');
    assert.match(await time.textContent(), /^最近一条：2026年\d+月/);
  }));

for (const question of ['3网格', '第3网格', '三网格', '三号网格', '网格3', '长山3网格', '第三网格']) {
  test(`${question} is the third grid`, () => withPage(`search/?q=${question}`, async (page) => {
    const found = await results(page);
    assert.ok(found.includes('changshan/grids/'), `${found}`);
    assert.ok(found.every((it) => /grids/.test(it)), `${found}`);
    await result(page, 'changshan/grids/').locator('mark', { hasText: '三网格' }).first().waitFor();
  }));
}

for (const [question, answer] of [
  ['律师什么时候来', 'changshan/legal-aid/'],
  ['请问律师在哪里', 'changshan/legal-aid/'],
  ['停水通知吗', 'xinyuan/notices/2026-11-20-water/'],
]) {
  test(`${question} asks for what it is about`, () => withPage(`search/?q=${question}`, async (page) => {
    assert.ok((await results(page)).includes(answer), String(await results(page)));
    assert.match(await said(page), /^找到/);
  }));
}

test('when nothing has all words, some are better than none', () => withPage('search/?q=律师 恐龙化石',
  async (page) => {
    assert.ok((await results(page)).length > 0);
    assert.match(await said(page), /^没有同时含“律师”和“恐龙化石”的，下面只含“律师”。 找到 \d+ 条/);
  }));

test('notices are found by how their titles are read', () => withPage('search/?q=tingshui', async (page) => {
  const found = await results(page);
  assert.ok(found.includes('xinyuan/notices/2026-11-20-water/'), String(found));
}));

test('letters mark the characters that they stand for', () => withPage('search/?q=chunyan',
  async (page) => {
    assert.ok((await results(page)).length > 0);
    await page.locator('.results a').first().click();
    await page.waitForURL(/\?h=/);
    await page.waitForFunction(() => CSS.highlights.has('found'));
    const found = await page.evaluate(() => Array.from(CSS.highlights.get('found'), String));
    assert.ok(found.length > 0 && found.every((it) => it === '春燕'), String(found));
  }));

test('where nothing is found there is a number to call', () => withPage('search/?q=恐龙化石', async (page) => {
  await results(page);
  const link = page.locator('.search .none a');
  assert.ok(await link.isVisible());
  assert.equal(await link.getAttribute('href'), 'tel:043182550001');
  await page.locator('#q').fill('停水');
  await page.keyboard.press('Enter');
  await page.locator('.results a').first().waitFor();
  assert.ok(!await link.isVisible());
}));

test('the title says what was asked for', () => withPage('search/?q=律师', async (page) => {
  await results(page);
  assert.match(await page.title(), /^律师 - 搜索/);
  await page.locator('#q').fill('');
  await page.waitForFunction(() => document.title.startsWith('搜索'));
}));

test('Enter in an empty field says what to do', () => withPage('changshan/', async (page) => {
  await page.locator('#q').focus();
  await page.keyboard.press('Enter');
  await page.waitForURL(/search\/\?q=/);
  assert.match(await said(page), /^请先在框里写要找的字/);
  await page.locator('#q').fill('停水');
  await page.keyboard.press('Enter');
  await results(page);
  await page.locator('#q').fill('');
  await page.keyboard.press('Enter');
  assert.match(await said(page), /^请先在框里写要找的字/);
}));

test('the button stands beside its field', () => withPage('search/', async (page) => {
  const [field, button] = await Promise.all(['#q', '.find button']
    .map((it) => page.locator(it).boundingBox()));
  assert.ok(Math.abs(field.y - button.y) < 4, `${field.y} ${button.y}`);
  assert.ok(button.x + button.width <= 360);
}));

test('nothing runs while an input method composes', () => withPage('search/', async (page, context) => {
  const asked = [];
  page.on('request', (it) => asked.push(it.url()));
  const devtools = await context.newCDPSession(page);
  await page.locator('#q').focus();
  await page.waitForTimeout(500);
  const before = asked.length;
  for (const text of ['t', 'ti', 'ting', 'tingshui']) {
    await devtools.send('Input.imeSetComposition',
      { text, selectionStart: text.length, selectionEnd: text.length });
    await page.waitForTimeout(100);
  }
  await page.waitForTimeout(600);
  assert.equal(asked.length, before, 'no request');
  assert.equal(await said(page), '');
  assert.equal(page.url(), home + 'search/');
  await devtools.send('Input.insertText', { text: '停水通知' });
  assert.equal((await results(page))[0], 'xinyuan/notices/2026-11-20-water/');
}));

test('the link and the back button work', () => withPage('search/?q=停水通知', async (page) => {
  await results(page);
  await page.locator('#q').fill('流感疫苗');
  await page.keyboard.press('Enter');
  await page.locator('.results a', { hasText: '流感疫苗' }).first().waitFor();
  assert.equal(new URL(page.url()).searchParams.get('q'), '流感疫苗');
  await page.goBack();
  await page.locator('.results a', { hasText: '停水通知' }).first().waitFor();
  assert.equal(await page.locator('#q').inputValue(), '停水通知');
}));

test('a slow network answers in two rounds', (t) => withPage('search/', async (page, context) => {
  const devtools = await context.newCDPSession(page);
  await devtools.send('Network.enable');
  await devtools.send('Network.emulateNetworkConditions',
    { offline: false, latency: 400, downloadThroughput: 50_000, uploadThroughput: 50_000 });
  await page.locator('#q').focus();
  await page.waitForTimeout(1000);
  const rounds = [];
  page.on('request', (it) => {
    const [, sign] = it.url().match(/search\/([opqr])\d/) || [];
    if (sign) rounds.push('or'.includes(sign) ? 'shard' : 'block');
  });
  const start = Date.now();
  await page.keyboard.insertText('停水通知');
  await page.locator('.results a').first().waitFor();
  // Two seconds are the aim; how long it takes depends on the machine, too.
  t.diagnostic(`${Date.now() - start} ms`);
  // Two rounds: all shards, then all blocks.
  assert.ok(rounds.lastIndexOf('shard') < rounds.indexOf('block'), String(rounds));
}));

test('what is touched is large enough', () => withPage('search/?q=停水', async (page) => {
  await results(page);
  for (const name of ['#q', '.find button', '.results h3 a', '.pager a']) {
    const box = await page.locator(name).first().boundingBox();
    assert.ok(box.height >= 44, `${name}: ${box.height}`);
  }
}));

test('without scripts there is an index by pinyin', () => withPage('search/', async (page) => {
  await page.locator('.pager a', { hasText: 'Y' }).click();
  await page.locator('a', { hasText: '一心社区' }).first().click();
  assert.equal(page.url(), home + 'kaixuan/yixin/');
}, { ...PHONE, javaScriptEnabled: false }));
