// Every kind of page as different readers see it: light, dark, in large print, narrow, enlarged, by
// keyboard, on paper.
'use strict';

const assert = require('node:assert/strict');
const fs = require('node:fs');
const path = require('node:path');
const { after, before, test } = require('node:test');
const zlib = require('node:zlib');
const { chromium } = require('playwright-core');
const { SEEN } = require('./look.js');
const { Site, chromiumPath } = require('./preview.js');

const AXE = fs.readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');

const PHONE = { width: 360, height: 740 };
const DESK = { width: 1280, height: 800 };

// The six kinds that are looked at in all modes.
const SIX = ['home', 'place', 'notice', 'collection', 'subtree', 'record'];

// What a browser is told of its reader; 200 % of a desk is half as wide.
const MODES = {
  light: { viewport: PHONE },
  dark: { viewport: PHONE, colorScheme: 'dark' },
  elder: { viewport: PHONE, elder: true },
  'elder, dark': { viewport: PHONE, colorScheme: 'dark', elder: true },
  'elder on a desk': { viewport: DESK, elder: true },
  'dark on a desk': { viewport: DESK, colorScheme: 'dark' },
  '320 px': { viewport: { width: 320, height: 640 } },
  'zoom of 200 %': { viewport: { width: 640, height: 400 }, deviceScaleFactor: 2 },
  'letters of 150 %': { viewport: PHONE, letters: 24 },
};

const browsers = {};
let site;
let server;
let home;

before(async () => {
  for (const size of [16, 24]) {
    const args = [`--blink-settings=defaultFontSize=${size}`];
    browsers[size] = await chromium.launch({ executablePath: chromiumPath(), args });
  }
  site = new Site();
  server = await site.built('2026-11-24');
  home = `http://127.0.0.1:${server.address().port}/`;
});

after(async () => {
  for (const it of Object.values(browsers)) await it.close();
  server?.close();
  site?.end();
});

/** The longest page of each of the six kinds. */
const six = () => SIX.map((kind) => longest(site.pages().filter((it) => it.kind === kind)));

const longest = (all) => all.reduce((a, b) => (b.html.length > a.html.length ? b : a)).file;

/** The longest page of each kind, and of each list. */
const pages = () => site.longest().map((it) => it.file);

/** Opens pages as a reader of that mode. What goes wrong in any of them is a failure. */
async function reading({ letters = 16, elder, ...mode }, visit) {
  const context = await browsers[letters].newContext(mode);
  const faults = [];
  try {
    const page = await context.newPage();
    page.on('console', (it) => it.type() === 'error' && faults.push(it.text()));
    page.on('pageerror', (it) => faults.push(String(it)));
    page.on('request', (it) => it.url().startsWith(home) || faults.push(it.url()));
    await visit(page, async (file) => {
      await page.goto(home + file);
      const isOn = await page.isChecked('#elder');
      if (Boolean(elder) !== isOn) await page.click('.large-print');
      await page.evaluate(SEEN);
    });
  } finally {
    await context.close();
  }
  assert.deepEqual(faults, []);
}

/** What axe finds, in a line each. */
async function axe(page) {
  await page.evaluate(AXE);
  const { violations } = await page.evaluate(() => axe.run({ resultTypes: ['violations'] }));
  return violations.flatMap((it) => it.nodes.map((node) => `${it.id}: ${node.target} ${node.failureSummary}`));
}

/** What is seen to be wrong with the layout of a page. */
const layout = (page) => page.evaluate(() => [...seen.overflow(), ...seen.cut(), ...seen.overlaps(), ...seen.closing()]);

/** What axe finds in some files, and what is wrong with the layout of these and of others. */
async function faultsOf(files, mode, others = []) {
  const found = [];
  await reading(mode, async (page, open) => {
    for (const file of new Set([...files, ...others])) {
      await open(file);
      const all = [...files.includes(file) ? await axe(page) : [], ...await layout(page)];
      for (const it of all) found.push(`${file}: ${it}`);
    }
  });
  return found;
}

test('what is measured is found', async () => {
  await reading({ viewport: PHONE }, async (page, open) => {
    await open('kaixuan/yixin/');
    assert.deepEqual(await layout(page), []);
    const found = await page.evaluate(() => {
      const end = document.querySelector('main');
      end.insertAdjacentHTML('beforeend', '<p id="a">甲乙</p><p id="b">丙</p><p id="c">丁丁<br>，戊</p><p id="d">己己己己</p>');
      const style = new CSSStyleSheet();
      style.replaceSync('#b { margin-top: -30px } #c { width: 500px } #a { font-size: 9px } #d { color: #999 } '
        + '#e { width: 3em; overflow: hidden; text-overflow: ellipsis; white-space: nowrap } #f { text-decoration: underline } #g { padding: 2em } #g a { position: relative }');
      document.adoptedStyleSheets = [style];
      const whole = [seen.overflow(), seen.overlaps(), seen.closing(), seen.small(10)];
      end.insertAdjacentHTML('beforeend', '<p id="e">庚庚庚庚庚</p><p id="f">辛</p><section><h2>壬</h2></section>'
        + '<ul class="notices"><li id="g"><a href="#">癸</a></li></ul>');
      return [...whole, seen.cut(), seen.pretended(), seen.empty(), seen.dead()].map((it) => it.length);
    });
    assert.deepEqual(found, [1, 1, 1, 1, 1, 1, 1, 1]);
    assert.match((await axe(page)).join(), /color-contrast/);
  });
});

test('every kind of page can be used by everyone', async () => {
  const kinds = new Set(site.longest().map((it) => it.kind));
  for (const kind of [...SIX, 'section', 'notices', 'page', 'calendar', 'data', 'search', 'search-letter', 'subscribe', 'privacy', 'accessibility', 'site-map', 'not-found']) {
    assert.ok(kinds.has(kind), kind);
  }
  assert.deepEqual(await faultsOf(pages(), { viewport: DESK }), []);
});

for (const [name, mode] of Object.entries(MODES)) {
  test(`six kinds of pages, and the layout of all: ${name}`, async () => {
    assert.deepEqual(await faultsOf(six(), mode, pages()), []);
  });
}

test('large print on a phone: letters of 24 px, controls of 60, the telephone on the first screen', async () => {
  await reading(MODES.elder, async (page, open) => {
    for (const file of pages()) {
      await open(file);
      assert.deepEqual(await page.evaluate(() => [...seen.small(24), ...seen.low(60)]), [], file);
      const call = await page.locator('.call:visible').first().boundingBox();
      assert.ok(call.y + call.height <= PHONE.height, `${file}: ${call.y}`);
      assert.equal(await page.evaluate(() => getComputedStyle(document.body).color), 'rgb(0, 0, 0)');
    }
  });
});

test('cards and rows are links as a whole, what looks like a link is one, and nothing is empty', async () => {
  for (const mode of [MODES.light, { viewport: DESK }]) {
    await reading(mode, async (page, open) => {
      for (const file of pages()) {
        await open(file);
        const found = await page.evaluate(() => [...seen.dead(), ...seen.pretended(), ...seen.empty()]);
        assert.deepEqual(found, [], `${file} ${mode.viewport.width}`);
      }
    });
  }
});

test('things to press are as high as a finger is wide', async () => {
  await reading(MODES.light, async (page, open) => {
    for (const file of pages()) {
      await open(file);
      assert.deepEqual(await page.evaluate(() => seen.low(44)), [], file);
    }
  });
});

const sizeOf = (page) => page.evaluate(() => getComputedStyle(document.body).fontSize);

test('large print needs no script', async () => {
  await reading({ viewport: PHONE, javaScriptEnabled: false }, async (page) => {
    await page.goto(home);
    assert.equal(await sizeOf(page), '18px');
    await page.click('.large-print');
    assert.equal(await sizeOf(page), '24px');
    await page.click('.large-print');
    assert.equal(await sizeOf(page), '18px');
  });
});

test('large print is remembered, and there before the page is drawn', async () => {
  await reading({ viewport: PHONE }, async (page) => {
    await page.goto(home);
    await page.focus('#elder');
    await page.keyboard.press('Space');
    assert.equal(await sizeOf(page), '24px');
    await page.addInitScript(() => {
      new MutationObserver((_, observer) => {
        if (!document.body) return;
        window.first = getComputedStyle(document.documentElement).getPropertyValue('--page');
        observer.disconnect();
      }).observe(document, { childList: true, subtree: true });
    });
    await page.goto(`${home}kaixuan/yixin/`);
    assert.equal(await page.evaluate(() => window.first.trim()), '40rem');
    assert.equal(await page.isChecked('#elder'), true);
    await page.click('.large-print');
    await page.reload();
    assert.equal(await sizeOf(page), '18px');
  });
});

/** Goes by keyboard to the first link with these words, and follows it. */
async function follow(page, words) {
  for (let count = 0; count < 120; count++) {
    await page.keyboard.press('Tab');
    const it = await page.evaluate(() => {
      const { tagName, innerText } = document.activeElement;
      const { width, height } = document.activeElement.getBoundingClientRect();
      return { tagName, innerText, isSeen: width > 0 && height > 0 };
    });
    assert.ok(it.isSeen, `${it.tagName} ${it.innerText}`);
    if (it.tagName === 'A' && it.innerText.trim().startsWith(words)) {
      await page.keyboard.press('Enter');
      return page.waitForLoadState();
    }
  }
  return assert.fail(`no way to ${words} from ${page.url()}`);
}

test('by keyboard from the front page to my community, its lawyer and its calendar', async () => {
  await reading({ viewport: PHONE }, async (page) => {
    await page.goto(home);
    await follow(page, '我的社区');
    await page.waitForFunction(() => location.hash === '#places');
    await follow(page, '凯旋街道');
    await page.waitForURL(`${home}kaixuan/`);
    await follow(page, '一心社区');
    await page.waitForURL(`${home}kaixuan/yixin/`);
    assert.match(await page.locator('#coming').innerText(), /律师/);
    await follow(page, '法律援助');
    await page.waitForURL(/legal-aid/);
    await follow(page, '放进手机日历');
    await page.waitForURL(/subscribe/);
  });
});

test('on paper, the foot of each sheet says place, page, address and day', async () => {
  await reading({ viewport: DESK }, async (page) => {
    await page.goto(`${home}kaixuan/yixin/legal-aid/`);
    await page.emulateMedia({ media: 'print', colorScheme: 'dark' });
    await page.evaluate(() => dispatchEvent(new Event('beforeprint')));
    const foot = page.locator('.imprint');
    // Browsers repeat the foot of a table that stays whole.
    const look = await foot.evaluate((it) => [getComputedStyle(it).display, getComputedStyle(it).breakInside]);
    assert.deepEqual(look, ['table-footer-group', 'avoid']);
    assert.match(await foot.innerText(), /法律援助.*一心社区[^]*kuancheng\.example\.org\/kaixuan\/yixin\/legal-aid\/[^]*打印日期 \d{4}年\d+月\d+日/);
    assert.equal(await page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor), 'rgb(255, 255, 255)');
    for (const name of ['.menu', '.foot', '.large-print', '.find']) assert.equal(await page.isVisible(name), false, name);
  });
});

test('an article is read aloud where the browser has a voice', async () => {
  const file = longest(site.pages().filter((it) => it.kind === 'notice'));
  await reading({ viewport: PHONE }, async (page, open) => {
    await open(file);
    assert.equal(await page.locator('.aloud').count(), 0);
    await page.addInitScript(() => {
      window.said = [];
      speechSynthesis.getVoices = () => [{ lang: 'en-US' }, { lang: 'zh-CN', localService: true }];
      speechSynthesis.speak = (it) => said.push(it.text);
      window.SpeechSynthesisUtterance = function Words(text) { this.text = text; };
    });
    await open(file);
    await page.click('.aloud');
    assert.equal(await page.getAttribute('.aloud', 'aria-pressed'), 'true');
    const said = await page.evaluate(() => window.said);
    assert.equal(said[0], await page.locator('h1').innerText());
    assert.ok(said.length > 2, `${said}`);
    await page.click('.aloud');
    assert.equal(await page.getAttribute('.aloud', 'aria-pressed'), 'false');
  });
});

test('pages are light: 35 KB for the front page with its styles, 25 KB for others, 6 KB of scripts', () => {
  const packed = (file) => zlib.gzipSync(fs.readFileSync(site.path(`public/${file}`)), { level: 6 }).length;
  const kept = packed('assets/style.css');
  const heavy = [];
  for (const file of fs.readdirSync(site.path('public'), { recursive: true })) {
    if (!file.endsWith('.html')) continue;
    const size = packed(file) + (file === 'index.html' ? kept : 0);
    if (size > (file === 'index.html' ? 35 : 25) * 1024) heavy.push(`${file}: ${size}`);
  }
  assert.deepEqual(heavy, []);
  const isOther = (name) => name.endsWith('.js') && !['search.js', 'found.js'].includes(name);
  const scripts = fs.readdirSync(site.path('public/assets')).filter(isOther);
  const size = scripts.reduce((sum, name) => sum + packed(path.join('assets', name)), 0);
  assert.ok(size <= 6 * 1024, `${scripts}: ${size}`);
});
