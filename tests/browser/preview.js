// A copy of the sample portal in a folder of its own, and `linli serve` over it.
'use strict';

const assert = require('node:assert/strict');
const { execFileSync, spawn } = require('node:child_process');
const fs = require('node:fs');
const http = require('node:http');
const os = require('node:os');
const path = require('node:path');
const readline = require('node:readline');

const root = path.join(__dirname, '../..');
const program = path.resolve(process.env.LINLI || path.join(root, 'target/debug/linli'));

// Nothing takes longer, not even on a busy machine.
const SOON = 30_000;

/** The sample portal, with a theme of its own that may be edited. */
class Site {
  constructor() {
    this.folder = fs.mkdtempSync(path.join(os.tmpdir(), 'linli-browser-'));
    for (const part of ['content', 'site.toml']) {
      fs.cpSync(path.join(root, part), path.join(this.folder, part), { recursive: true });
    }
    this.write('site.toml', `theme = "own"\n${this.read('site.toml')}`);
    this.write('themes/own/theme.toml', 'name = "own"\nextends = "default"\n');
    // The default theme as it is in the source, so that a change of it needs no compiling.
    for (const part of ['templates', 'static', 'i18n']) {
      fs.cpSync(path.join(root, 'themes/default', part), this.path(`themes/own/${part}`), { recursive: true });
    }
  }

  path(file) {
    return path.join(this.folder, file);
  }

  read(file) {
    return fs.readFileSync(this.path(file), 'utf8');
  }

  write(file, text) {
    fs.mkdirSync(path.dirname(this.path(file)), { recursive: true });
    fs.writeFileSync(this.path(file), text);
  }

  /** Writes `after` in place of `before`, which stands in the file once. */
  edit(file, before, after) {
    const parts = this.read(file).split(before);
    assert.equal(parts.length, 2, `${file} has "${before}" once`);
    this.write(file, parts.join(after));
  }

  remove(file) {
    fs.rmSync(this.path(file));
  }

  /** Builds the site as of a day, and serves what was built. */
  async built(day) {
    const out = this.path('public');
    execFileSync(program, ['--site', this.folder, 'build', '--as-of', day, '--out', out], { stdio: 'pipe' });
    return serve(out);
  }

  /**
   * The pages that were built, each with its HTML and kind; `name` is the kind, and of lists what they
   * are lists of. Pages at old addresses, which lead on at once, have no kind and are not among them.
   */
  pages() {
    const files = fs.readdirSync(this.path('public'), { recursive: true }).filter((it) => it.endsWith('.html'));
    return files.sort().map((file) => {
      const html = this.read(path.join('public', file));
      const kind = html.match(/<body class="page-([^"]*)"/)?.[1];
      const list = file.split('/').filter((it) => !/^\d|^(page|all|index.html)$/.test(it)).at(-1);
      return { file, html, kind, name: ['collection', 'subtree'].includes(kind) ? `${kind} ${list}` : kind };
    }).filter((it) => it.kind);
  }

  /** So many pages of each name, the longest first. */
  longest(count = 1) {
    const found = new Map();
    for (const it of this.pages()) found.set(it.name, [...(found.get(it.name) ?? []), it]);
    const first = (all) => all.sort((a, b) => b.html.length - a.html.length).slice(0, count);
    return [...found.values()].flatMap(first);
  }

  /** Removes the folder. */
  end() {
    fs.rmSync(this.folder, { recursive: true });
  }
}

/** The browser that is installed. */
function chromiumPath() {
  const names = ['chromium', 'chromium-browser', 'google-chrome'];
  const find = 'for name; do command -v "$name" && exit; done; echo "no $*" >&2; exit 1';
  return execFileSync('sh', ['-c', find, 'sh', ...names], { encoding: 'utf8' }).trim();
}

const TYPES = {
  '.html': 'text/html',
  '.css': 'text/css',
  '.js': 'text/javascript',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
};

/** Serves a folder as any host does, without headers of its own. */
async function serve(folder) {
  const server = http.createServer((request, answer) => {
    let file = path.join(folder, decodeURIComponent(request.url.split('?')[0]));
    if (file.endsWith('/')) file += 'index.html';
    if (!fs.existsSync(file)) return answer.writeHead(404).end();
    const type = TYPES[path.extname(file)] || 'application/octet-stream';
    answer.writeHead(200, { 'content-type': type }).end(fs.readFileSync(file));
  });
  await new Promise((done) => server.listen(0, '127.0.0.1', done));
  return server;
}

/** `linli serve` over a site. What it says on standard error is kept. */
class Preview {
  constructor(site, language) {
    this.site = site;
    this.language = language;
    this.address = '127.0.0.1:0';
    this.said = '';
  }

  /** Starts the server and waits until it says where it serves; from then on it stays there. */
  async start() {
    const { site, language, address } = this;
    // The day on which the sample portal has something of everything.
    const words = ['--lang', language, '--site', site.folder, 'serve', '--as-of', '2026-11-23'];
    const stdio = ['ignore', 'inherit', 'pipe'];
    this.child = spawn(program, [...words, '--addr', address], { stdio });
    this.ended = new Promise((done) => {
      this.child.once('error', (error) => done(this.said += `${error}\n`));
      this.child.once('close', done);
    });
    this.address = await new Promise((found, failed) => {
      readline.createInterface({ input: this.child.stderr }).on('line', (line) => {
        this.said += `${line}\n`;
        const [, address] = line.match(/http:\/\/([^/]+)\//) || [];
        if (address) found(address);
      });
      this.ended.then(() => failed(new Error('linli serve ended by itself')));
    });
  }

  /** Ends the server as Ctrl-C does. */
  async stop() {
    const late = setTimeout(() => this.kill(), SOON);
    this.child.kill('SIGINT');
    assert.equal(await this.ended, 0, 'linli serve ends when it is interrupted');
    clearTimeout(late);
  }

  kill() {
    if (this.child) this.child.kill('SIGKILL');
  }

  url(page) {
    return `http://${this.address}${page}`;
  }
}

/** Lends a preview that runs to `use`. If that fails, it is printed what the server said. */
async function withPreview({ language = 'zh-CN', prepare = () => {} }, use) {
  const site = new Site();
  const preview = new Preview(site, language);
  const kill = () => preview.kill();
  process.once('exit', kill);
  try {
    prepare(site);
    await preview.start();
    await use(preview, site);
  } catch (error) {
    console.error(`linli serve said:\n${preview.said}`);
    throw error;
  } finally {
    kill();
    await preview.ended;
    process.off('exit', kill);
    site.end();
  }
}

module.exports = { SOON, Site, chromiumPath, program, serve, withPreview };
