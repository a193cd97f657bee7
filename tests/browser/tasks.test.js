// What residents come for, on a phone: five tasks, each in at most three steps from the front page,
// and by keyboard to the end. And how soon one can read on a slow line.
'use strict';

const assert = require('node:assert/strict');
const fs = require('node:fs');
const http = require('node:http');
const path = require('node:path');
const { after, before, test } = require('node:test');
const zlib = require('node:zlib');
const { chromium } = require('playwright-core');
const { Site, chromiumPath } = require('./preview.js');
const { sheets } = require('./sheets.js');

const PHONE = { width: 360, height: 740 };

let browser;
let site;
let server;

before(async () => {
  browser = await chromium.launch({ executablePath: chromiumPath() });
  site = new Site();
  server = await site.built('2026-11-24');
});

after(async () => {
  await browser?.close();
  server?.close();
  site?.end();
});

/** Goes from the front page over links with these words, each one tap; at most three of them. */
async function go(steps, see, options = {}) {
  assert.ok(steps.length <= 3, `${steps}`);
  const page = await browser.newPage({ viewport: PHONE, ...options });
  await page.goto(`http://127.0.0.1:${server.address().port}/`);
  for (const words of steps) {
    await page.getByRole('link', { name: words }).first().click();
    await page.waitForLoadState();
  }
  await see(page);
  await page.close();
}

// A task is the same with a script and without.
for (const javaScriptEnabled of [true, false]) {
  const how = javaScriptEnabled ? '' : ', without a script';

  test(`when the lawyer comes to my community${how}`, async () => {
    await go(['我的社区', /^凯旋街道$/, /^一心社区$/], async (page) => {
      const coming = await page.locator('#coming').innerText();
      assert.match(coming, /11月24日 星期二[^]*法律咨询[^]*律师/);
    }, { javaScriptEnabled });
  });

  test(`whom to call about building 5${how}`, async () => {
    await go(['找人', '长山花园社区', /^5号楼$/], async (page) => {
      const entry = page.locator('.contact-entry:target');
      assert.equal(await entry.count(), 1);
      assert.match(await entry.innerText(), /长山第二网格[^]*5号楼/);
      assert.equal(await entry.locator('a[href^="tel:"]').count(), 1);
    }, { javaScriptEnabled });
  });

  test(`whether the water is off tomorrow${how}`, async () => {
    // The front page has what is known of all places, and says of which day it speaks.
    await go([], async (page) => {
      assert.match(await page.locator('#coming').innerText(), /11月25日 星期三/);
      // Of three things on that day, it is the one that is said, and seen at once.
      const line = page.locator('#coming li', { hasText: '11月25日' }).first();
      assert.match(await line.innerText(), /停水通知：\s*11月25日[^]*另有 2 项/);
      const { y, height } = await line.boundingBox();
      assert.ok(y + height <= PHONE.height, `${y} ${height}`);
    }, { javaScriptEnabled });
    // So has my community, also of a day on which nothing is.
    await go([/^柳影街道$/, /^富丰家园小区$/], async (page) => {
      assert.match(await page.locator('#coming').innerText(), /11月25日 星期三\s*没有登记这一天的停水/);
    }, { javaScriptEnabled });
  });

  test(`who was honoured this year${how}`, async () => {
    await go([/^长山花园社区$/, /^好人榜$/], async (page) => {
      const roll = page.locator('.part', { has: page.locator('h2', { hasText: '2026年' }) }).locator('.roll');
      assert.match(await roll.innerText(), /长山好人\s+苗凤兰/);
    }, { javaScriptEnabled });
  });

  test(`the schedule on paper${how}`, async () => {
    await go(['办事时间', '长山花园社区'], async (page) => {
      const all = sheets(await page.pdf({ preferCSSPageSize: true }));
      const words = all.map((sheet) => sheet.map((line) => line.words).join('').replace(/\s/g, ''));
      // A leaf of the calendar stands beside three lines: the month, the day, the day of the week.
      assert.match(words[0], /法律援助.*2026年11月14:00—16:00法律咨询25.*星期三/);
      for (const it of words) {
        assert.match(it, /长山花园社区.*kuancheng\.example\.org\/changshan\/legal-aid\//);
        if (javaScriptEnabled) assert.match(it, /打印日期\d{4}年/);
      }
    }, { javaScriptEnabled });
  });
}

test('from the front page to a telephone of a street in two taps, and to a building in three', async () => {
  for (const javaScriptEnabled of [true, false]) {
    await go(['我该找谁'], async (page) => {
      const street = page.locator('.ways > li', { hasText: '凯旋街道' });
      assert.equal(await street.locator('a[href^="tel:"]').getAttribute('href'), 'tel:0431-8255-0300'.replace(/(?<=tel:.*)-/g, ''));
    }, { javaScriptEnabled });
    await go(['我该找谁', /^一心社区/], async (page) => {
      assert.match(page.url(), /\/kaixuan\/yixin\/grids\//);
      assert.ok(await page.getByRole('navigation', { name: '按楼栋找' }).getByRole('link').count() > 3);
    }, { javaScriptEnabled });
  }
});

test('a compound whose community has the directory: its buildings are one tap from whom to call', async () => {
  const page = await browser.newPage({ viewport: PHONE, javaScriptEnabled: false });
  await page.goto(`http://127.0.0.1:${server.address().port}/kaixuan/yixin/youyi/`);
  const links = page.getByRole('navigation', { name: '按楼栋找' }).getByRole('link');
  assert.deepEqual(await links.allInnerTexts(), [1, 2, 3, 4, 5, 6].map((it) => `${it}号楼`));
  await links.nth(4).click();
  const entry = page.locator('.contact-entry:target');
  assert.match(await entry.innerText(), /友谊花园网格[^]*费雪莹/);
  assert.equal(await entry.locator('a[href^="tel:"]').count(), 1);
  await page.close();
});

/** Serves a folder packed, as hosts do. */
async function packed(folder) {
  const served = http.createServer((request, answer) => {
    let file = path.join(folder, decodeURIComponent(request.url.split('?')[0]));
    if (file.endsWith('/')) file += 'index.html';
    if (!fs.existsSync(file)) return answer.writeHead(404).end();
    const types = { '.html': 'text/html', '.css': 'text/css', '.js': 'text/javascript', '.svg': 'image/svg+xml' };
    const type = types[path.extname(file)] || 'application/octet-stream';
    answer.writeHead(200, { 'content-type': type, 'content-encoding': 'gzip' }).end(zlib.gzipSync(fs.readFileSync(file)));
  });
  await new Promise((done) => served.listen(0, '127.0.0.1', done));
  return served;
}

test('the front page can be read within two seconds at 400 ms and 50 KB a second', async (test) => {
  const slow = await packed(site.path('public'));
  test.after(() => slow.close());
  const seen = [];
  // A busy machine is slow by itself: the best of three counts.
  for (let count = 0; count < 3; count++) {
    const page = await browser.newPage({ viewport: PHONE });
    const session = await page.context().newCDPSession(page);
    await session.send('Network.enable');
    const line = { latency: 400, downloadThroughput: 50 * 1024, uploadThroughput: 50 * 1024 };
    await session.send('Network.emulateNetworkConditions', { offline: false, ...line });
    await page.goto(`http://127.0.0.1:${slow.address().port}/`);
    const painted = await page.waitForFunction(() => performance.getEntriesByName('first-contentful-paint')[0]?.startTime);
    seen.push(await painted.jsonValue());
    await page.close();
  }
  assert.ok(Math.min(...seen) <= 2000, `${seen}`);
});
