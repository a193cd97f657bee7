// Pages on a narrow phone: none of them is wider than its screen.
'use strict';

const assert = require('node:assert/strict');
const { after, before, test } = require('node:test');
const { chromium } = require('playwright-core');
const { Site, chromiumPath } = require('./preview.js');

// The narrowest phones that are still in use, and the most usual width.
const WIDTHS = [320, 360];

// What staff paste: lines of code, a table of many columns, an address without a place to break.
const WIDE = `---
title: 宽的内容
date: 2026-11-20
---

    一行很长的代码 = "${'x'.repeat(200)}"

| 楼栋 | 单元 | 负责人 | 职务 | 值班 | 地点 | 备注 | 其他 |
| --- | --- | --- | --- | --- | --- | --- | --- |
| 一号楼 | 二单元 | 网格员 | 组长 | 上午 | 议事厅 | 无 | 无 |

<https://example.org/${'a'.repeat(150)}>
`;

let browser;
let site;
let server;

before(async () => {
  browser = await chromium.launch({ executablePath: chromiumPath() });
  site = new Site();
  site.write('content/kaixuan/notices/2026-11-20-wide.md', WIDE);
  server = await site.built('2026-11-23');
});

after(async () => {
  await browser?.close();
  server?.close();
  site?.end();
});

async function open(file) {
  const page = await browser.newPage({ viewport: { width: WIDTHS[0], height: 640 } });
  await page.goto(`http://127.0.0.1:${server.address().port}/${file}`);
  return page;
}

test('no page scrolls sideways', async () => {
  const all = site.longest();
  all.push({ kind: 'wide', file: 'kaixuan/notices/2026-11-20-wide/index.html' });
  const kinds = new Set(all.map((it) => it.kind));
  for (const kind of ['data', 'subscribe', 'record', 'notice', 'search', 'place', 'subtree']) {
    assert.ok(kinds.has(kind), kind);
  }
  for (const { kind, file } of all) {
    const page = await open(file);
    for (const width of WIDTHS) {
      await page.setViewportSize({ width, height: 640 });
      await page.evaluate(() => document.querySelectorAll('details').forEach((it) => { it.open = true; }));
      const shown = await page.evaluate(() => document.documentElement.scrollWidth);
      assert.ok(shown <= width, `${kind} ${file}: ${shown} of ${width}`);
    }
    await page.close();
  }
});

test('an example scrolls in its own box, by keyboard too', async () => {
  const page = await open('kaixuan/yixin/data/index.html');
  const box = page.locator('pre');
  assert.ok(await box.evaluate((it) => it.scrollWidth > it.clientWidth));
  await box.focus();
  await page.keyboard.press('ArrowRight');
  await page.waitForFunction(() => document.querySelector('pre').scrollLeft > 0);
  await page.close();
});

test('an address is chosen whole by one tap', async () => {
  const page = await open('kaixuan/yixin/subscribe/index.html');
  const address = page.locator('.subscription .address').first();
  await address.click();
  assert.equal(await page.evaluate(() => String(getSelection())), await address.textContent());
  await page.close();
});
