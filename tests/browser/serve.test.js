// `linli serve` in a real browser, on a telephone and on a desk.
//
// It is no part of `cargo test`: .ci/run installs what it needs, and runs it. After that it may be
// run by hand, with the program that LINLI names or else target/debug/linli:
//
//     NODE_PATH=target/browser/node_modules node --test tests/browser/serve.test.js
'use strict';

const assert = require('node:assert/strict');
const { after, before, test } = require('node:test');
const { chromium } = require('playwright-core');
const { SOON, chromiumPath, withPreview } = require('./preview.js');

const SIZES = {
  phone: { viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true },
  desk: { viewport: { width: 1280, height: 800 } },
};

const PLACE = '/kaixuan/yixin/';
const PLACE_FILE = 'content/kaixuan/yixin/place.yaml';
const HONORS = '/kaixuan/yixin/honors/';
const HONORS_FILE = 'content/kaixuan/yixin/honors.yaml';
const NOTICES = '/changshan/notices/';
const NOTICE = '/changshan/notices/2026-11-21-station/';
const NOTICE_FILE = 'content/changshan/notices/2026-11-21-station.md';
const STYLE_FILE = 'themes/own/static/style.css';

const PAGES = ['/', PLACE, HONORS, NOTICES, NOTICE, '/sections/virtue/', '/kaixuan/honors/all/'];

let browser;

before(async () => {
  browser = await chromium.launch({ executablePath: chromiumPath() });
});

after(() => browser?.close());

/** A case at every size. It gets `open`, the preview that runs, and the site it is of. */
function each(name, options, run) {
  for (const [size, settings] of Object.entries(SIZES)) {
    test(`${name} (${size})`, { timeout: 4 * SOON }, () =>
      withPreview(options, async (preview, site) => {
        const context = await browser.newContext(settings);
        context.setDefaultTimeout(SOON);
        try {
          await run(async (page) => open(context, preview.url(page)), preview, site);
        } finally {
          await context.close();
        }
      }));
  }
}

/** A page as the browser has it. `loads` counts how often it was loaded, `faults` what failed. */
async function open(context, url) {
  const page = await context.newPage();
  Object.assign(page, { loads: 0, faults: [] });
  const fault = (text) => page.faults.push(`${url}: ${text}`);
  page.on('request', (it) => { page.loads += it.isNavigationRequest(); });
  page.on('console', (it) => it.type() === 'error' && fault(it.text()));
  page.on('pageerror', (it) => fault(it));
  page.on('requestfailed', (it) => fault(`${it.url()} ${it.failure().errorText}`));
  page.on('response', (it) => it.status() >= 400 && fault(`${it.url()} ${it.status()}`));
  // A page that listens can be told; before that, an edit is in it already.
  const listens = page.waitForResponse(/\/_linli\/events/);
  await page.goto(url);
  await listens;
  await page.evaluate(() => { window.marker = true; });
  return page;
}

const shows = (page, text) => page.getByText(text).first().waitFor();
const isMarked = (page) => page.evaluate(() => window.marker === true);
const overlay = (page) => page.getByRole('alertdialog');
const isGone = (page) => overlay(page).waitFor({ state: 'detached' });

const breakHonors = (site) => site.edit(HONORS_FILE, 'date: 2024-12-05', 'date: 2024-13-05');
const mendHonors = (site) => site.edit(HONORS_FILE, 'date: 2024-13-05', 'date: 2024-12-05');
const editHours = (site) => site.edit(PLACE_FILE, '周六 9:00', '周六 7:40');
const NEW_HOURS = '周六 7:40';

/** The style sheet gives `h1` another colour. */
async function recolour(site, page, colour) {
  site.write(STYLE_FILE, `${site.read(STYLE_FILE)}h1 { color: ${colour} !important; }\n`);
  await hasColour(page, colour);
}

const hasColour = (page, colour) => page.waitForFunction(
  (it) => getComputedStyle(document.querySelector('h1')).color === it, colour);

each('pages open without a fault', {}, async (open) => {
  for (const address of PAGES) {
    const page = await open(address);
    assert.deepEqual(page.faults, []);
    assert.equal(await overlay(page).count(), 0);
    await page.close();
  }
});

each('the preview sends the policy as a header', {}, async (open) => {
  const page = await open('/');
  const answer = await page.request.get(page.url());
  const headers = answer.headers();
  assert.match(headers['content-security-policy'],
    /^default-src 'none'; connect-src 'self'; form-action 'self'; img-src 'self'; manifest-src 'self'; script-src 'self'; style-src 'self'; base-uri 'none'; frame-ancestors 'self'$/);
  assert.equal(headers['x-content-type-options'], 'nosniff');
  assert.equal(headers['referrer-policy'], 'same-origin');
  assert.doesNotMatch(await answer.text(), /http-equiv/);
});

each('a page follows what it shows, and only that', {}, async (open, preview, site) => {
  const [place, notice] = [await open(PLACE), await open(NOTICE)];
  await place.evaluate(() => scrollTo({ top: 500, behavior: 'instant' }));
  const top = await place.evaluate(() => scrollY);
  assert.ok(top > 100, 'the page is long enough to scroll');

  editHours(site);
  await shows(place, NEW_HOURS);
  await place.waitForFunction((it) => scrollY === it, top);
  assert.ok(await isMarked(notice));

  // The other page follows its own file; had it followed the first, it would be loaded thrice.
  site.edit(NOTICE_FILE, '\n---\n\n', '\n---\n\n**改了一处。**\n\n');
  await shows(notice, '改了一处。');
  assert.deepEqual([place.loads, notice.loads], [2, 2]);
});

each('a style sheet changes without a load', {}, async (open, preview, site) => {
  const pages = [await open('/'), await open(PLACE)];
  for (const colour of ['rgb(1, 2, 3)', 'rgb(4, 5, 6)']) {
    await recolour(site, pages[0], colour);
    await hasColour(pages[1], colour);
  }
  for (const page of pages) {
    assert.ok(await isMarked(page));
    assert.equal(page.loads, 1);
    // The old ones went.
    await page.waitForFunction(
      () => document.querySelectorAll('link[rel~=stylesheet]').length === 1);
    assert.deepEqual(page.faults, []);
  }
});

const MISTAKE = {
  'zh-CN': ['内容有错误', '日历上没有“2024-13-05”这一天', '请对照日历改正', '关闭'],
  en: ['The content has mistakes', 'the calendar has no `2024-13-05`', 'check the calendar', 'Close'],
};

for (const [language, [title, message, help, close]] of Object.entries(MISTAKE)) {
  each(`a mistake is shown on every page: ${language}`, { language }, async (open, _, site) => {
    const pages = [await open(HONORS), await open('/'), await open(NOTICE)];
    const heads = await Promise.all(pages.map((it) => it.innerText('h1')));

    breakHonors(site);
    for (const page of pages) {
      await overlay(page).waitFor();
      const text = await overlay(page).innerText();
      for (const part of [`${HONORS_FILE}:9:11`, 'date: 2024-13-05', title, message, help]) {
        assert.ok(text.includes(part), `"${part}" is in: ${text}`);
      }
      assert.equal(await overlay(page).locator('mark').innerText(), '2024-13-05');
      await fits(page);
    }

    const [honors, home, notice] = pages;
    await honors.keyboard.press('Escape');
    await isGone(honors);
    await home.getByRole('button', { name: close }).click();
    await isGone(home);
    await overlay(notice).waitFor();

    mendHonors(site);
    await isGone(notice);
    // Under it, the pages are the ones that were opened.
    assert.deepEqual(await Promise.all(pages.map((it) => it.innerText('h1'))), heads);
    assert.deepEqual(await Promise.all(pages.map(isMarked)), [true, true, true]);

    // Closed is one mistake, not those to come.
    breakHonors(site);
    for (const page of pages) await overlay(page).waitFor();
  });
}

/** The overlay leaves a part of the page, and nothing of it stands beside the window. */
async function fits(page) {
  const { width, height } = page.viewportSize();
  const box = await overlay(page).boundingBox();
  assert.ok(box.x >= 0 && box.x + box.width <= width, 'it is as wide as the window at most');
  assert.ok(box.y > height / 4 && Math.round(box.y + box.height) <= height, 'the page is seen');
  assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth));
}

each('a page opened while there are mistakes shows them', {}, async (open, preview, site) => {
  const first = await open('/');
  breakHonors(site);
  await overlay(first).waitFor();
  const second = await open(HONORS);
  await overlay(second).waitFor();
  mendHonors(site);
  await isGone(second);
});

each('a site that begins with mistakes', { prepare: breakHonors }, async (open, preview, site) => {
  const page = await open('/');
  await overlay(page).waitFor();
  mendHonors(site);
  await page.locator('h1', { hasText: '宽城区' }).waitFor();
  await isGone(page);
});

each('a page finds the server again', {}, async (open, preview, site) => {
  const page = await open(PLACE);
  await preview.stop();
  editHours(site);
  await preview.start();
  await shows(page, NEW_HOURS);

  // It listens to the server that is there now.
  breakHonors(site);
  await overlay(page).waitFor();
});

each('a notice comes and goes', {}, async (open, preview, site) => {
  const file = 'content/changshan/notices/2026-11-22-browser.md';
  const list = await open(NOTICES);
  site.write(file, '---\ntitle: 新来的通知\ndate: 2026-11-22\n---\n\n正文。\n');
  await list.getByRole('link', { name: '新来的通知' }).click();
  await list.waitForURL('**/changshan/notices/2026-11-22-browser/');
  await shows(list, '正文。');

  const absent = list.waitForResponse((it) => it.request().isNavigationRequest());
  site.remove(file);
  assert.equal((await absent).status(), 404);
  await list.locator('h1', { hasText: '没有' }).waitFor();
  assert.equal((await list.goto(list.url())).status(), 404);
});

each('many pages follow at once', {}, async (open, preview, site) => {
  // The browser has six connections to a server, and each of the pages keeps one.
  const pages = [];
  while (pages.length < 5) pages.push(await open(PLACE));
  editHours(site);
  for (const page of pages) await shows(page, NEW_HOURS);
  assert.deepEqual(pages.map((it) => it.loads), [2, 2, 2, 2, 2]);
});

each('hidden pages keep no connection, and catch up', {}, async (open, preview, site) => {
  const see = (page, hidden) => page.evaluate((it) => {
    Object.defineProperty(document, 'hidden', { value: it, configurable: true });
    document.dispatchEvent(new Event('visibilitychange'));
  }, hidden);
  const pages = [];
  while (pages.length < 8) {
    pages.push(await open(PLACE));
    await see(pages.at(-1), true);
  }
  const seen = await open(PLACE);
  editHours(site);
  await shows(seen, NEW_HOURS);
  for (const page of pages) {
    await see(page, false);
    await shows(page, NEW_HOURS);
    await page.close();
  }
});
