// Pictures of the sample portal, to be looked at: every kind of page on a phone and a desk, light,
// dark and in large print; on paper; and with the fonts that phones have: all, no Song face, one Hei.
//
//     node tests/browser/screenshots.js FOLDER [WORD…]
//
// With words, only pictures whose names have all of them are made: `home phone dark`.
'use strict';

const { execFileSync } = require('node:child_process');
const fs = require('node:fs');
const os = require('node:os');
const path = require('node:path');
const { chromium } = require('playwright-core');
const { Site, chromiumPath, program, serve } = require('./preview.js');

const SIZES = { phone: { width: 360, height: 740 }, desk: { width: 1280, height: 800 } };

const MODES = { light: {}, dark: { colorScheme: 'dark' }, elder: { elder: true } };

// Which font files the browser may not use.
const FONTS = {
  all: [],
  'no-song': ['*SerifCJK*'],
  'one-hei': ['*Serif*', '*dejavu*', '*Bold*'],
};

/** A configuration of fonts, as a file in that folder. */
function fontConfig(folder, name) {
  const without = FONTS[name].map((it) => `<rejectfont><glob>${it}</glob></rejectfont>`).join('');
  const file = path.join(folder, `${name}.conf`);
  fs.writeFileSync(file, `<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig>
<include ignore_missing="yes">/etc/fonts/fonts.conf</include><selectfont>${without}</selectfont></fontconfig>`);
  return file;
}

/** The longest page of each kind and list, by the name of its pictures. */
const pages = (site) => site.longest().map(({ name, kind, file }) => [kind === 'collection' ? name.replace('collection ', 'list-') : name.replace(' ', '-'), file]);

/** What is taken: a name, and how. */
function* shots(site) {
  const all = pages(site);
  for (const [kind, file] of all) {
    for (const size of Object.keys(SIZES)) {
      for (const mode of Object.keys(MODES)) yield { name: `${kind}-${size}-${mode}`, file, size, mode, fonts: 'all' };
    }
    yield { name: `${kind}-print`, file, size: 'desk', mode: 'light', fonts: 'all', isPrint: true };
  }
  for (const fonts of ['no-song', 'one-hei']) {
    for (const [kind, file] of all) {
      if (!['home', 'place', 'notice', 'list-honors', 'list-legal-aid'].includes(kind)) continue;
      for (const size of Object.keys(SIZES)) yield { name: `${kind}-${size}-${fonts}`, file, size, mode: 'light', fonts };
    }
  }
}

async function take(browser, address, folder, { name, file, size, mode, isPrint }) {
  const { elder, ...options } = MODES[mode];
  const page = await browser.newPage({ viewport: SIZES[size], ...options });
  await page.goto(address + file);
  if (elder) await page.click('.large-print');
  // Pictures further down are fetched when one comes to them.
  await page.evaluate(() => document.querySelectorAll('img[loading=lazy]').forEach((it) => { it.loading = 'eager'; }));
  await page.waitForFunction(() => [...document.images].every((it) => it.complete));
  if (isPrint) {
    await page.pdf({ path: path.join(folder, `${name}.pdf`), preferCSSPageSize: true });
  } else {
    await page.screenshot({ path: path.join(folder, `${name}.png`), fullPage: true });
  }
  await page.close();
}

async function main([folder, ...words]) {
  if (!folder) throw new Error('node screenshots.js FOLDER [WORD…]');
  fs.mkdirSync(folder, { recursive: true });
  const rest = fs.mkdtempSync(path.join(os.tmpdir(), 'linli-fonts-'));
  const site = new Site();
  let server;
  try {
    const args = ['--site', site.folder, 'build', '--as-of', '2026-11-24', '--out', site.path('public')];
    execFileSync(program, args, { stdio: 'pipe' });
    server = await serve(site.path('public'));
    const address = `http://127.0.0.1:${server.address().port}/`;
    const wanted = [...shots(site)].filter(({ name }) => words.every((it) => name.includes(it)));
    for (const fonts of Object.keys(FONTS)) {
      const own = wanted.filter((it) => it.fonts === fonts);
      if (!own.length) continue;
      const env = fonts === 'all' ? process.env : { ...process.env, FONTCONFIG_FILE: fontConfig(rest, fonts) };
      const browser = await chromium.launch({ executablePath: chromiumPath(), env });
      for (const it of own) await take(browser, address, folder, it);
      await browser.close();
    }
    process.stdout.write(`${wanted.length} pictures in ${folder}\n`);
  } finally {
    server?.close();
    site.end();
    fs.rmSync(rest, { recursive: true });
  }
}

main(process.argv.slice(2)).catch((error) => {
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
});
