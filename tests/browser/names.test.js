// What links are called: who hears the links of a page in a row, without what stands around them, can
// tell those apart that lead to different addresses.
'use strict';

const assert = require('node:assert/strict');
const { after, before, test } = require('node:test');
const { chromium } = require('playwright-core');
const { Site, chromiumPath } = require('./preview.js');

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

/** The links of a page as assistive technology has them: what they are called, and where they lead. */
async function links(session) {
  const { nodes } = await session.send('Accessibility.getFullAXTree');
  const all = nodes.filter((it) => it.role?.value === 'link' && !it.ignored);
  const url = (it) => it.properties?.find((property) => property.name === 'url')?.value?.value ?? '';
  return all.map((it) => ({ name: (it.name?.value ?? '').replace(/\s+/g, ' ').trim(), url: url(it) }));
}

test('no two links of a page are called the same and lead to different addresses', async () => {
  const page = await browser.newPage({ viewport: { width: 360, height: 740 } });
  const session = await page.context().newCDPSession(page);
  await session.send('Accessibility.enable');
  const wrong = [];
  let count = 0;
  for (const { file } of site.longest(5)) {
    await page.goto(`http://127.0.0.1:${server.address().port}/${file.replace(/index.html$/, '')}`);
    await page.evaluate(() => document.querySelectorAll('details').forEach((it) => { it.open = true; }));
    const ways = new Map();
    for (const { name, url } of await links(session)) {
      count += 1;
      if (!name) wrong.push(`${file}: a link without a name to ${url}`);
      if (!ways.has(name)) ways.set(name, new Set());
      ways.get(name).add(url);
    }
    for (const [name, urls] of ways) if (urls.size > 1) wrong.push(`${file}: ${name}: ${[...urls].slice(0, 3)}`);
  }
  await page.close();
  assert.deepEqual(wrong, []);
  assert.ok(count > 1000, `${count}`);
});

test('a name that says more begins with what is seen', async () => {
  const page = await browser.newPage({ viewport: { width: 360, height: 740 } });
  const wrong = [];
  for (const { file } of site.longest(5)) {
    await page.goto(`http://127.0.0.1:${server.address().port}/${file.replace(/index.html$/, '')}`);
    wrong.push(...await page.evaluate(() => {
      const plain = (text) => text.replace(/\s+/g, '');
      const named = Array.from(document.querySelectorAll('a[aria-label]')).filter((it) => it.checkVisibility());
      return named.filter((it) => !plain(it.getAttribute('aria-label')).startsWith(plain(it.innerText)) && /\p{L}|\d/u.test(it.innerText))
        .map((it) => `${location.pathname}: ${it.innerText} / ${it.getAttribute('aria-label')}`);
    }));
  }
  await page.close();
  assert.deepEqual(wrong, []);
});
