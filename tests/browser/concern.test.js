// What is urgent, and the reader's own community: with a script, and without one.
'use strict';

const assert = require('node:assert/strict');
const fs = require('node:fs');
const { after, before, test } = require('node:test');
const zlib = require('node:zlib');
const { chromium } = require('playwright-core');
const { Site, chromiumPath } = require('./preview.js');

let site;
let server;
let browser;

before(async () => {
  site = new Site();
  server = await site.built('2026-11-28');
  browser = await chromium.launch({ executablePath: chromiumPath() });
});

after(async () => {
  await browser?.close();
  server?.close();
  site?.end();
});

/** Visits pages on a phone whose clock says that time. */
async function visit(clock, see, settings = {}) {
  const context = await browser.newContext({ viewport: { width: 360, height: 740 }, ...settings });
  try {
    const page = await context.newPage();
    const wrong = [];
    page.on('console', (it) => wrong.push(it.text()));
    page.on('pageerror', (it) => wrong.push(String(it)));
    await page.addInitScript((now) => { Date.now = () => now; }, Date.parse(clock));
    const address = `http://127.0.0.1:${server.address().port}/`;
    await see(page, (file) => page.goto(address + file, { waitUntil: 'networkidle' }));
    assert.deepEqual(wrong, []);
  } finally {
    await context.close();
  }
}

const DAY = '2026-11-28T10:00:00+08:00';

test('any page of a place and of those within says what is urgent, and nothing moves', async () => {
  await visit(DAY, async (page, open) => {
    await page.addInitScript(() => {
      window.moved = 0;
      new PerformanceObserver((list) => list.getEntries().forEach((it) => { window.moved += it.value; }))
        .observe({ type: 'layout-shift', buffered: true });
    });
    for (const file of ['kaixuan/yixin/honors/', 'kaixuan/yixin/youyi/committees/']) {
      await open(file);
      const bar = page.locator('#urgent-bar');
      assert.equal(await bar.getAttribute('role'), 'status');
      assert.match(await bar.innerText(), /临时停电[^]*一心社区 11月29日 08:00—12:00[^]*0431-8255-0310/);
      assert.equal(await page.evaluate(() => window.moved), 0, file);
    }
    // It does not concern others, and is not shown again to who has read it.
    await open('changshan/honors/');
    assert.equal(await page.locator('#urgent-bar').innerText(), '');
    await open('kaixuan/yixin/honors/');
    await page.click('#urgent-bar button');
    await open('kaixuan/yixin/grids/').catch(() => {});
    await open('kaixuan/yixin/committees/');
    assert.equal(await page.locator('#urgent-bar').innerText(), '');
  });
});

test('what is over by the clock of the reader is not shown', async () => {
  await visit('2026-11-30T00:00:00+08:00', async (page, open) => {
    await open('kaixuan/yixin/honors/');
    assert.equal(await page.locator('#urgent-bar').innerText(), '');
    await open('kaixuan/yixin/');
    assert.equal(await page.locator('#urgent').count(), 0);
    // A line that said 见上面 says itself what was above.
    await open('');
    const lines = await page.locator('.week-lines').innerText();
    assert.equal(await page.locator('#urgent').count(), 0);
    assert.ok(lines.includes('临时停电') && !lines.includes('见上面'), lines);
  });
  await visit('2026-11-29T23:59:59+08:00', async (page, open) => {
    await open('kaixuan/yixin/');
    assert.equal(await page.locator('#urgent li').count(), 1);
  });
});

test('a community is remembered where the reader asks for it', async () => {
  await visit(DAY, async (page, open) => {
    await open('kaixuan/yixin/');
    const inMenu = page.locator('.menu .mine'), task = page.locator('.task.mine');
    assert.equal(await inMenu.innerText(), '我的社区');
    await page.click('#choose');
    for (const file of ['notices/all/', '']) {
      await open(file);
      assert.equal(await inMenu.innerText(), '一心社区');
      assert.equal(await inMenu.getAttribute('aria-label'), '我的社区：一心社区');
    }
    assert.equal((await task.innerText()).trim(), '一心社区');
    assert.equal(await task.getAttribute('aria-label'), '我的社区：一心社区');
    await task.click();
    await page.waitForSelector('h1:text("一心社区")');
    await page.click('#choose[aria-pressed=true]');
    await open('');
    assert.equal((await task.innerText()).trim(), '我的社区');
    assert.equal(await inMenu.getAttribute('aria-label'), null);
  });
});

test('any page of a place offers it as the reader\'s own', async () => {
  await visit(DAY, async (page, open) => {
    for (const file of ['kaixuan/yixin/honors/', 'kaixuan/yixin/notices/2026-11-27-power/', 'kaixuan/yixin/subscribe/']) {
      await open(file);
      assert.equal(await page.locator('#choose').innerText(), '把一心社区设为我的社区');
    }
    await page.click('#choose');
    assert.equal(await page.locator('.menu .mine').innerText(), '一心社区');
    await page.reload();
    assert.equal(await page.getAttribute('#choose', 'aria-pressed'), 'true');
    // What is of all places has none to offer, but the way to where one is chosen.
    await open('search/');
    assert.equal(await page.locator('#choose').count(), 0);
  });
});

test('the front page is about the community that was chosen', async () => {
  await visit(DAY, async (page, open) => {
    await open('');
    assert.equal(await page.locator('h1').innerText(), '宽城区');
    await open('kaixuan/yixin/');
    await page.click('#choose');
    await open('');
    const plate = page.locator('h1 a');
    await plate.waitFor();
    assert.equal(await plate.innerText(), '一心社区');
    // What comes there, and what is urgent there.
    const lines = await page.locator('#coming').innerText();
    assert.match(lines, /11月28日 星期六\s+没有停水停电通知\s+11月29日 星期日\s+见上面/);
    assert.doesNotMatch(lines, /冬天的书桌/);
    assert.match(await page.locator('#urgent').innerText(), /临时停电[^]*0431-8255-0310/);
    // Whom to call, its notices, its lists.
    assert.match(await page.locator('.contact .call').innerText(), /0431-8255-0310/);
    assert.match(await page.locator('.first .notices').innerText(), /补选三名楼栋长/);
    assert.match(await page.getAttribute('.task[data-list=grids]', 'href'), /\/kaixuan\/yixin\/grids\/$/);
    assert.match(await page.getAttribute('.task[data-list=legal-aid]', 'href'), /\/kaixuan\/yixin\/legal-aid\/(all\/)?$/);
    assert.match(await page.getAttribute('.task[data-list=notices]', 'href'), /\/kaixuan\/yixin\/notices\/$/);
    // What is of all places says so.
    assert.equal(await page.locator('#wide').innerText(), '下面是宽城区各处的。');
    assert.equal(await page.locator('#coming [id], .first [id]').count(), 0);
    assert.equal(await page.evaluate(() => document.documentElement.scrollWidth), 360);
    await plate.click();
    await page.waitForSelector('h1:text("一心社区")');
  });
  // Elsewhere nothing is urgent: the box of others goes.
  await visit(DAY, async (page, open) => {
    await open('changshan/');
    await page.click('#choose');
    await open('');
    await page.locator('h1 a').waitFor();
    assert.equal(await page.locator('#urgent').count(), 0);
    assert.match(await page.locator('#coming').innerText(), /冬天的书桌/);
  });
  // A community that is no more leaves the page as it is.
  const wrong = await browser.newContext({ viewport: { width: 360, height: 740 } });
  const page = await wrong.newPage();
  await page.addInitScript(() => localStorage.setItem('linli-place', '{"path":"no/such","name":"没有"}'));
  await page.goto(`http://127.0.0.1:${server.address().port}/`, { waitUntil: 'networkidle' });
  assert.equal(await page.locator('h1').innerText(), '宽城区');
  await wrong.close();
});

test('the first screen of a phone has what is urgent, the next days, four tasks and the telephone', async () => {
  for (const choose of ['', 'kaixuan/yixin/']) {
    await visit(DAY, async (page, open) => {
      if (choose) {
        await open(choose);
        await page.click('#choose');
      }
      await open('');
      if (choose) await page.locator('h1 a').waitFor();
      const parts = [page.locator('#urgent a').first(), page.locator('.week-lines li').last(), ...await page.locator('.task').all(), page.locator('.contact .call')];
      assert.equal(parts.length, 7);
      for (const it of parts) {
        const { y, height } = await it.boundingBox();
        assert.ok(y + height <= 740, `${choose} ${await it.innerText()}: ${y} ${height}`);
      }
    });
  }
});

test('without a script the front page leads to communities, and urgent notices are there', async () => {
  await visit(DAY, async (page, open) => {
    await open('kaixuan/yixin/honors/');
    await page.click('.menu .mine');
    assert.match(page.url(), /\/#places$/);
    assert.equal(await page.locator('#urgent li').count(), 1);
    await page.click('#places >> text=凯旋街道');
    assert.equal(await page.locator('#choose').isVisible(), false);
  }, { javaScriptEnabled: false });
});

test('days of a month lead to what happens on them', async () => {
  await visit(DAY, async (page, open) => {
    await open('kaixuan/yixin/youyi/');
    await page.click('text=看整月日历');
    await page.click('.month a[href="#d2026-12-05"]');
    assert.match(await page.locator('#d2026-12-05').innerText(), /业主议事会/);
    assert.equal(await page.evaluate(() => document.documentElement.scrollWidth), 360);
  });
});

test('the scripts of all pages are small', () => {
  // Over the wire; all of them together are weighed in modes.test.js.
  const size = zlib.gzipSync(fs.readFileSync(site.path('public/assets/concern.js'))).length;
  assert.ok(size <= 2_000, `${size}`);
});
