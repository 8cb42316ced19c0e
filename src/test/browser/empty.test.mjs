// What a newcomer sees: nothing yet, and then the app stops and comes back under an open page.

import assert from 'node:assert/strict';
import { mkdirSync, rmSync } from 'node:fs';
import { after, before, test } from 'node:test';
import { App } from './app.mjs';
import { launch, PAGES, Tab } from './browser.mjs';

const WHAT_TO_DO = {
  '': 'Nothing was delivered yet',
  streams: 'stage01-logs-stream',
  lake: 'md-raw-logs',
  logs: 'Nothing found',
  metrics: 'No data points',
  figures: 'Nothing was counted in that time',
  audit: 'Nothing arrived within a day',
  'dead-letters': 'No dead letters',
  routes: 'ingest-http',
};

let app;
let browser;

before(async () => {
  app = await new App().start();
  browser = await launch();
});

after(async () => {
  await browser?.close();
  await app?.close();
});

for (const page of Object.keys(WHAT_TO_DO)) {
  test(`an empty ${page || 'overview'} says what to do`, async () => {
    const tab = await Tab.open(browser, app);
    await tab.go(page);
    await tab.sees(WHAT_TO_DO[page]);
    await tab.sees(/^Live$/);
    await tab.fitsNarrowScreens(`empty-${page || 'overview'}`);
    await tab.check();
  });
}

test('without DuckDB the page of SQL says how to add it', async () => {
  const tab = await Tab.open(browser, app);
  await tab.go('sql');
  await tab.sees('mvn dependency:copy');
  await tab.fitsNarrowScreens('sql-missing');
  await tab.check();
});

test('the bar fits whatever the width', async () => {
  const tab = await Tab.open(browser, app);
  await tab.go('');
  for (const width of [1440, 1280, 1160, 1100, 1000, 390]) {
    await tab.page.setViewportSize({ width, height: 800 });
    const over = await tab.page.evaluate(() => {
      const { right } = document.querySelector('.bar').getBoundingClientRect();
      return [...document.querySelectorAll('.bar *')].filter((part) => part.getBoundingClientRect().right > right).map((part) => part.className);
    });
    assert.deepEqual(over, [], `on a screen of ${width}`);
  }
  await tab.check();
});

test('an address of no page says so', async () => {
  const tab = await Tab.open(browser, app);
  await tab.go('dashboards/12?x=1');
  await tab.sees(/^No such page$/);
  await tab.sees('Nothing is at #/dashboards/12?x=1');
  assert.equal(await tab.page.locator('.nav [aria-current]').count(), 0);
  await tab.page.locator('main').getByRole('link', { name: 'Overview' }).click();
  await tab.sees('All is well');
  await tab.check();
});

test('on a narrow screen the pages that do not fit are behind one more', async () => {
  const tab = await Tab.open(browser, app);
  await tab.page.setViewportSize({ width: 390, height: 844 });
  await tab.go('');
  const nav = tab.page.locator('.nav');
  const apart = await nav.locator(':scope > a, :scope > button').evaluateAll((all) => all.map((each) => each.getBoundingClientRect()).every(({ width, height }) => width >= 60 && height >= 44));
  assert.ok(apart, 'each can be hit with a thumb');
  assert.equal(await nav.getByRole('link', { name: 'Dead letters' }).isVisible(), false);
  await nav.getByRole('button', { name: 'More' }).click();
  await tab.picture('more-narrow');
  await nav.getByRole('link', { name: 'Dead letters' }).click();
  await tab.sees('No dead letters');
  assert.equal(await nav.getByRole('link', { name: 'Dead letters' }).isVisible(), false);
  await tab.accessible('narrow');
  await tab.check();
});

test('the command that sends a first record has the address of the intake', async () => {
  const tab = await Tab.open(browser, app);
  await tab.go('');
  await tab.sees(`curl ${app.intake}/api/ingest -d`);
  const { y, height } = await tab.button('Fill with a demo').boundingBox();
  assert.ok(y + height < tab.page.viewportSize().height, 'the button is seen without scrolling');
  await tab.sees(/^none$/);
  await tab.check();
});

test('empty lists within the pages say so', async () => {
  const tab = await Tab.open(browser, app);
  await tab.go('lake/md-raw-logs');
  await tab.sees('No partitions');
  await tab.go('lake/md-raw-logs?tab=folders');
  await tab.sees('Nothing here');
  await tab.go('streams/stage01-logs-stream/records?from=TRIM_HORIZON');
  await tab.sees('No such records');
  await tab.go('streams/stage01-logs-stream/keys');
  await tab.sees('No records in that time');
  await tab.go('logs?time=all');
  await tab.sees('Nothing found');
  await tab.check();
});

test('pages that failed while the app was away are there once it is back', async () => {
  const search = await Tab.open(browser, app);
  await search.go('logs?time=all');
  await search.sees('Nothing found');
  const tail = await Tab.open(browser, app);
  await tail.go('streams/stage01-logs-stream/records');
  await tail.button('Live tail').click();
  await tail.sees('0 records of 0 read');

  await app.stop();
  await search.button('Search').click();
  await search.sees('The app does not answer');
  await tail.page.locator('.state.bad').waitFor();
  await app.start();
  await search.sees('Nothing found');
  await tail.sees('Waiting for records');
  await app.send([{ timestamp: new Date().toISOString(), service: 'web', message: 'the tail goes on' }]);
  await tail.sees('the tail goes on');
});

test('a page goes on when the app comes back, with its charts', async () => {
  const tab = await Tab.open(browser, app);
  await tab.go('');
  const before = await tab.charts(1);

  await app.stop();
  await tab.sees('Reconnecting');
  await tab.sees('The app does not answer');
  await tab.page.getByText('All is well').waitFor({ state: 'detached' });
  await tab.picture('away');
  await app.start();
  await tab.sees(/^Live$/);
  await tab.sees('The app was restarted');
  await tab.sees('All is well');
  assert.equal(await tab.page.locator('.stale').count(), 0);
  const now = await tab.charts(before.values + 1);
  assert.equal(now.from, before.from);

  await app.deliver([{ timestamp: '2026-11-20T09:00:00Z', service: 'web', message: 'after the restart' }]);
  await tab.sees('service=web/year=2026');
  // That the app was away, or not quite there, the browser says by itself.
  const others = tab.faults.filter((fault) => !/^console: (Failed to load resource|WebSocket connection to)/.test(fault) && !fault.includes('net::ERR_'));
  assert.deepEqual(others, []);
});

test('what delivery has been trying in vain is told before it is an alert', async () => {
  const tab = await Tab.open(browser, app);
  await tab.go('');
  await tab.sees('All is well');
  rmSync(app.lake, { recursive: true });
  await app.send([{ timestamp: '2026-11-20T09:00:00Z', service: 'web', message: 'has nowhere to go' }]);
  await tab.sees(/^Delivery of a shard has been stuck for \d+\ss\.$/);
  await tab.picture('stuck');
  mkdirSync(app.lake);
  await tab.sees('All is well');
  await tab.check();
});
