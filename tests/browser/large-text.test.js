// Pages on a narrow phone, with letters as large as their readers have set them.
'use strict';

const assert = require('node:assert/strict');
const { after, before, test } = require('node:test');
const { chromium } = require('playwright-core');
const { SEEN } = require('./look.js');
const { Site, chromiumPath } = require('./preview.js');

let site;
let server;

before(async () => {
  site = new Site();
  server = await site.built('2026-11-24');
});

after(() => {
  server?.close();
  site?.end();
});

/** Two pages of each kind and list. */
const pages = () => site.longest(2).map((it) => it.file);

/** Opens pages in a browser whose letters have that size; 16 is what browsers begin with. */
async function withLetters(size, visit) {
  const args = [`--blink-settings=defaultFontSize=${size}`];
  const browser = await chromium.launch({ executablePath: chromiumPath(), args });
  try {
    const page = await browser.newPage({ viewport: { width: 360, height: 740 } });
    const address = `http://127.0.0.1:${server.address().port}/`;
    await visit(page, (file) => page.goto(address + file));
  } finally {
    await browser.close();
  }
}

for (const size of [24, 32]) {
  test(`no page is wider than the screen at ${size / 0.16} % of the usual size`, async () => {
    const files = pages();
    assert.ok(files.length > 20);
    const wide = [];
    await withLetters(size, async (page, open) => {
      for (const file of files) {
        await open(file);
        const width = await page.evaluate(() => document.documentElement.scrollWidth);
        if (width > 360) wide.push(`${file}: ${width}`);
      }
    });
    assert.deepEqual(wide, []);
  });
}

for (const size of [16, 24, 32]) {
  test(`no words are cut off at ${size / 0.16} %`, async () => {
    const cut = [];
    await withLetters(size, async (page, open) => {
      for (const file of pages()) {
        await open(file);
        await page.evaluate(SEEN);
        for (const it of await page.evaluate(() => seen.cut())) cut.push(`${file}: ${it}`);
      }
    });
    assert.deepEqual(cut, []);
  });
}

test('the front page has the telephone and the tasks on the first screen of a phone', async () => {
  await withLetters(16, async (page, open) => {
    await open('');
    for (const box of [page.locator('.contact .call'), page.locator('.task').last()]) {
      const { y, height } = await box.boundingBox();
      assert.ok(height >= 44 && y + height <= 740, `${y} ${height}`);
    }
  });
});

test('from the front page to a lawyer of a community in three steps', async () => {
  await withLetters(16, async (page, open) => {
    await open('');
    await page.click('.task[href="#places"]');
    await page.click('#places >> text=凯旋街道');
    await page.click('#places >> text=一心社区');
    await page.waitForSelector('h1:text("一心社区")');
    assert.match(await page.locator('#coming').innerText(), /法律咨询/);
  });
});

test('the menu is in sight', async () => {
  await withLetters(16, async (page, open) => {
    await open('kaixuan/yixin/');
    for (const link of await page.locator('.menu a').all()) {
      const { y, height } = await link.boundingBox();
      assert.ok(height >= 44 && y + height <= 740, `${y} ${height}`);
    }
  });
});
