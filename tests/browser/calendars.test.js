// The calendars of the sample portal, as a program reads them that others are built on.
'use strict';

const assert = require('node:assert/strict');
const { execFileSync } = require('node:child_process');
const fs = require('node:fs');
const path = require('node:path');
const { after, before, test } = require('node:test');
const ICAL = require('ical.js');
const { Site, program } = require('./preview.js');

let site;
let files;

before(() => {
  site = new Site();
  const out = site.path('public');
  execFileSync(program, ['--site', site.folder, 'build', '--as-of', '2026-11-28', '--out', out],
    { stdio: 'pipe' });
  files = fs.readdirSync(out, { recursive: true }).filter((it) => it.endsWith('.ics'));
});

after(() => site?.end());

/** A calendar: what it is called, and its events. */
function read(file) {
  const calendar = new ICAL.Component(ICAL.parse(fs.readFileSync(site.path(`public/${file}`), 'utf8')));
  for (const zone of calendar.getAllSubcomponents('vtimezone')) {
    ICAL.TimezoneService.register(zone);
  }
  const events = calendar.getAllSubcomponents('vevent').map((it) => new ICAL.Event(it));
  return { name: calendar.getFirstPropertyValue('name'), events };
}

test('every calendar is read, and every event is of its hour', () => {
  assert.ok(files.length > 10, `${files}`);
  for (const file of files) {
    const { name, events } = read(file);
    assert.ok(name, file);
    assert.equal(new Set(events.map((it) => it.uid)).size, events.length, file);
    for (const event of events) {
      const starts = event.startDate;
      assert.ok(event.summary && event.description && event.location, `${file} ${event.uid}`);
      assert.ok(event.endDate.compare(starts) >= 0, `${file} ${event.summary}`);
      if (!starts.isDate) {
        const clock = new Date(starts.toUnixTime() * 1000 + 8 * 3600 * 1000).toISOString();
        assert.equal(clock.slice(0, 19), starts.toString().slice(0, 19), file);
      }
    }
  }
});

test('what residents subscribe to has what the page says', () => {
  const { name, events } = read(path.join('kaixuan', 'yixin', 'calendar.ics'));
  assert.equal(name, '一心社区');
  const concert = events.find((it) => it.summary === '新年音乐会');
  assert.equal(concert.startDate.toString(), '2027-01-09T09:30:00');
  assert.equal(concert.location, '一心社区 三楼大会议室');
  assert.match(concert.description, /^类型：文艺演出\n主办：一心合唱队\n电话：/);
  const above = read('legal-aid/calendar.ics').events.map((it) => it.uid);
  assert.ok(above.length && above.every((uid) => events.some((it) => it.uid === uid)));
});
