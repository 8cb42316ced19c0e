// A lake of ten thousand objects, in which each page shows a part and says so.

import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { App } from './app.mjs';
import { launch, Tab } from './browser.mjs';

const SERVICES = 10;
const HOURS = 100;
const OBJECTS_AN_HOUR = 10;
const FIRST = Date.parse('2026-11-01T00:00:00Z');

let app;
let browser;

before(async () => {
  app = new App();
  for (let service = 0; service < SERVICES; service++) {
    for (let hour = 0; hour < HOURS; hour++) {
      const time = new Date(FIRST + hour * 3_600_000).toISOString();
      const folder = join(app.lake, `service=s${service}/year=${time.slice(0, 4)}/month=${time.slice(5, 7)}/day=${time.slice(8, 10)}/hour=${time.slice(11, 13)}`);
      mkdirSync(folder, { recursive: true });
      for (let object = 0; object < OBJECTS_AN_HOUR; object++) {
        const id = `${String(service).padStart(4, '0')}${String(hour).padStart(4, '0')}`;
        writeFileSync(join(folder, `part-${id}-0000-0000-0000-${String(object).padStart(12, '0')}.jsonl`), `{"timestamp":"${time}","service":"s${service}","message":"needle ${service}/${hour}/${object}"}\n`);
      }
    }
  }
  await app.start();
  browser = await launch();
});

after(async () => {
  await browser?.close();
  await app?.close();
});

test('the partitions count all of them', async () => {
  const tab = await Tab.open(browser, app);
  await tab.go('lake/md-raw-logs');
  await tab.sees(/^10,000$/);
  assert.equal(await tab.page.locator('a.hour').count(), SERVICES * HOURS);
  await tab.picture('large-partitions');
  await tab.fitsNarrowScreens('large-partitions');
  await tab.check();
});

test('a search finds the one record, and a broad one is shown in parts', async () => {
  const tab = await Tab.open(browser, app);
  tab.page.setDefaultTimeout(120_000);
  await tab.go('logs?time=all&service=s3&text=needle+3%2F42%2F7');
  await tab.sees('1 record found');
  await tab.sees('needle 3/42/7');

  await tab.go('logs?time=all&text=needle');
  await tab.sees(/^200 records of (about )?[0-9,]+ found/);
  const all = tab.button('Count all');
  if (await all.isVisible()) {
    // As on a machine that is busy.
    await all.click();
  }
  await tab.sees('200 records of 10,000 found');
  await tab.button('Search further back').click();
  // The second hundred comes again, as there may be more of that time.
  await tab.sees('300 records of 10,000 found');
  await tab.check();
});

test('all that was found is exported, each once', async () => {
  const tab = await Tab.open(browser, app);
  tab.page.setDefaultTimeout(300_000);
  await tab.go('logs?time=all&q=needle');
  await tab.sees(/^200 records of/);
  const [saved] = await Promise.all([tab.page.waitForEvent('download'), tab.button('Export').click()]);
  const lines = readFileSync(await saved.path(), 'utf8').split('\n').filter(Boolean);
  assert.equal(lines.length, SERVICES * HOURS * OBJECTS_AN_HOUR);
  assert.equal(new Set(lines).size, lines.length);
  await tab.sees('10,000 records exported');
  await tab.check();
});

test('more records of one time than are shown at once are all found', async () => {
  const folder = join(app.lake, 'service=same/year=2026/month=11/day=01/hour=00');
  mkdirSync(folder, { recursive: true });
  const lines = Array.from({ length: 450 }, (_, number) => `{"timestamp":"2026-11-01T00:00:00Z","service":"same","number":${number}}\n`);
  writeFileSync(join(folder, 'part-00000000-0000-0000-0000-000000000000.jsonl'), lines.join(''));
  const tab = await Tab.open(browser, app);
  await tab.go('logs?time=all&service=same');
  await tab.sees('200 records of 450 found');
  await tab.button('Search further back').click();
  await tab.sees('450 records found');
  assert.equal(await tab.page.locator('details.entry').count(), 450);
  await tab.check();
});

test('a long folder is shown in parts', async () => {
  for (let object = 0; object < 450; object++) {
    writeFileSync(join(app.lake, `flat-${String(object).padStart(4, '0')}.txt`), 'x');
  }
  const tab = await Tab.open(browser, app);
  await tab.go('lake/md-raw-logs?tab=folders');
  await tab.sees('flat-0198.txt');
  const rows = tab.page.locator('tbody tr');
  while (await tab.button('Show more').isVisible()) {
    const shown = await rows.count();
    await tab.button('Show more').click();
    await tab.page.waitForFunction((before) => document.querySelectorAll('tbody tr').length > before, shown);
  }
  assert.equal(await rows.count(), 450 + SERVICES + 1);

  await tab.page.locator('[name=part]').fill('flat-04');
  await tab.page.keyboard.press('Enter');
  await tab.page.waitForFunction(() => document.querySelectorAll('tbody tr').length === 50);
  writeFileSync(join(app.lake, 'flat-0417.txt'), 'the newest, and the largest');
  await tab.page.locator('[name=order]').selectOption('largest');
  await tab.page.waitForFunction(() => document.querySelector('tbody tr')?.textContent.startsWith('flat-0417.txt'));
  assert.match(tab.page.url(), /order=largest&contains=flat-04/);
  await tab.check();
});
