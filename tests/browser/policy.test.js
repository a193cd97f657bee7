// Pages as they are published, under the policy that each of them has in its head.
'use strict';

const assert = require('node:assert/strict');
const { execFileSync } = require('node:child_process');
const fs = require('node:fs');
const path = require('node:path');
const { after, before, test } = require('node:test');
const { chromium } = require('playwright-core');
const { Site, chromiumPath, program, serve } = require('./preview.js');

let browser;
let site;
const servers = {};

before(async () => {
  browser = await chromium.launch({ executablePath: chromiumPath() });
  site = new Site();
  site.write('content/kaixuan/notices/2026-11-20-draft.md',
    '---\ntitle: 草稿\ndate: 2026-11-20\ndraft: true\n---\n\n正文。\n');
  for (const [folder, more] of [['public', []], ['drafts', ['--drafts']]]) {
    const words = ['--site', site.folder, 'build', '--as-of', '2026-11-23'];
    execFileSync(program, [...words, '--out', site.path(folder), ...more], { stdio: 'pipe' });
    servers[folder] = await serve(site.path(folder));
  }
});

after(async () => {
  await browser?.close();
  Object.values(servers).forEach((it) => it.close());
  site?.end();
});

/** All pages of a folder, at most `most` of each template. */
function pages(folder, most) {
  const found = new Map();
  for (const file of fs.readdirSync(site.path(folder), { recursive: true }).sort()) {
    if (!file.endsWith('.html')) continue;
    const html = site.read(path.join(folder, file));
    const kind = html.match(/<body class="([^"]*)"/)?.[1];
    // Pages at old addresses lead on at once.
    if (!kind) continue;
    found.set(kind, [...(found.get(kind) || []), file].slice(0, most));
  }
  return [...found.values()].flat();
}

/** Opens a page of a folder. What the browser blocks is kept. */
async function open(folder, file) {
  const page = await browser.newPage();
  const faults = [];
  page.on('console', (it) => it.type() === 'error' && faults.push(it.text()));
  page.on('pageerror', (it) => faults.push(String(it)));
  await page.goto(`http://127.0.0.1:${servers[folder].address().port}/${file}`);
  return { page, faults };
}

test('every page has a policy, and nothing of it is blocked', async () => {
  const files = pages('public', 2);
  assert.ok(files.length > 12);
  for (const file of files) {
    const html = site.read(path.join('public', file));
    assert.match(html, /<head>\s*<meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="default-src 'none'; /);
    assert.match(html, /<meta name="referrer" content="same-origin">/);
    const { page, faults } = await open('public', file);
    assert.deepEqual(faults, [], file);
    assert.equal(await page.evaluate(() => document.styleSheets.length), 1, file);
    await page.close();
  }
});

test('the policy blocks what a page has in itself, and other sites', async () => {
  const { page, faults } = await open('public', 'index.html');
  await page.evaluate(() => {
    document.body.insertAdjacentHTML('beforeend',
      '<img src="https://example.invalid/a.png"><p id="a" style="color: rgb(1, 2, 3)">a</p>');
    const script = document.createElement('script');
    script.textContent = 'window.ran = true';
    document.body.append(script);
  });
  await page.waitForTimeout(200);
  assert.equal(await page.evaluate(() => window.ran), undefined);
  assert.notEqual(await page.evaluate(() => getComputedStyle(document.querySelector('#a')).color), 'rgb(1, 2, 3)');
  assert.equal(faults.filter((it) => /Content Security Policy/.test(it)).length, 3, faults.join('\n'));
  await page.close();
});

test('the mark of drafts is seen', async () => {
  const { page, faults } = await open('drafts', 'index.html');
  assert.deepEqual(faults, []);
  const look = await page.evaluate(() => {
    const style = getComputedStyle(document.querySelector('[data-linli=draft]'));
    return [style.position, style.backgroundImage.startsWith('repeating-linear-gradient')];
  });
  assert.deepEqual(look, ['sticky', true]);
  await page.close();
});
