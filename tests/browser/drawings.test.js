// Drawings as they are published look as their sources do.
//
// The drawings in `drawings/` have the form of those that Inkscape, Illustrator and LibreOffice
// write, and of one written by hand. They are shown on a page, where a browser runs nothing in them
// and loads nothing for them, before and after publishing.
'use strict';

const assert = require('node:assert/strict');
const { execFileSync } = require('node:child_process');
const fs = require('node:fs');
const path = require('node:path');
const { after, before, test } = require('node:test');
const { chromium } = require('playwright-core');
const { Site, chromiumPath, program } = require('./preview.js');

const FOLDER = path.join(__dirname, 'drawings');
const DRAWINGS = fs.readdirSync(FOLDER).filter((it) => it.endsWith('.svg'));

// What the sources hold and nobody is to be told.
const SECRETS = /王芳|张三|勿外传|草稿|Users|linked\.jpg|https?:(?!\/\/www\.w3\.org\/)|@import|onclick|script|data-|aria-|<!--|<!DOCTYPE|<\?|<title|<desc|metadata|inkscape|sodipodi|ns\.adobe|pgf|ooo:/;

let browser;
let site;

before(async () => {
  browser = await chromium.launch({ executablePath: chromiumPath() });
  site = new Site();
  for (const name of DRAWINGS) {
    site.write(`content/kaixuan/${name}`, fs.readFileSync(path.join(FOLDER, name), 'utf8'));
  }
  const images = DRAWINGS.map((it) => `![图](../${it})`).join('\n\n');
  const notice = `---\ntitle: 图\ndate: 2026-11-20\n---\n\n${images}\n`;
  site.write('content/kaixuan/notices/2026-11-20-drawings.md', notice);
  execFileSync(program, ['--site', site.folder, 'build', '--as-of', '2026-11-23'], { stdio: 'pipe' });
});

after(async () => {
  await browser?.close();
  site?.end();
});

/** The drawing as a page shows it. */
async function look(svg) {
  const page = await browser.newPage({ viewport: { width: 500, height: 400 } });
  const source = `data:image/svg+xml;base64,${Buffer.from(svg).toString('base64')}`;
  await page.setContent(`<style>body { margin: 0 } img { width: 500px }</style><img src="${source}">`);
  const size = await page.evaluate(async () => {
    const image = document.querySelector('img');
    await image.decode();
    return image.naturalWidth;
  });
  const shot = await page.screenshot();
  await page.close();
  assert.ok(size > 0);
  return shot;
}

for (const name of DRAWINGS) {
  test(`${name} looks the same`, async () => {
    const source = fs.readFileSync(path.join(FOLDER, name), 'utf8');
    const published = site.read(`public/kaixuan/${name}`);
    assert.deepEqual(published.match(SECRETS)?.[0], undefined);
    const blank = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>';
    const [wanted, shown, empty] = [await look(source), await look(published), await look(blank)];
    assert.ok(wanted.equals(shown), `${name} looks otherwise`);
    // It would not be told if nothing at all were drawn.
    assert.ok(!wanted.equals(empty));
  });
}
