// The demo: an empty lake is filled with one button, and the town's page shows what goes on.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { App } from './app.mjs';
import { launch, Tab } from './browser.mjs';
import { until } from './until.mjs';

let app;
let browser;
let town;

before(async () => {
  app = await new App({ DEMO_LOGS_PER_SECOND: '2', DEMO_ANOMALIES_PER_HOUR: '0' }).start();
  browser = await launch();
});

after(async () => {
  await browser?.close();
  await app?.close();
});

test('an empty lake is filled with one button', async () => {
  const tab = await Tab.open(browser, app);
  await tab.go('');
  await tab.button('Fill with a demo').click();
  await tab.sees('A simulated shop fills the last hour');
  town = { url: new URL(await tab.page.getByText('watch it').getAttribute('href')).origin };
  await tab.sees('service=gateway/year=');
  await tab.picture('demo-filled');
  await tab.check();
});

test('the town shows its services, and what goes wrong in them', async () => {
  const tab = await Tab.open(browser, town);
  await tab.go('');
  await tab.sees(/^Running$/);
  await tab.page.locator('.service-box[data-health="good"]').first().waitFor();
  assert.equal(await tab.page.locator('.service-box').count(), 20);
  await tab.sees('in real time');

  await tab.go('scenarios');
  await tab.page.getByLabel('Text').fill('provider-down payment strong constant');
  await tab.sees('1 scenario');
  await tab.button('Start').click();
  await tab.sees('provider down at payment begins');
  await tab.go('');
  await tab.page.locator('.service-box[data-trouble="place"]', { hasText: 'payment' }).waitFor();
  await tab.page.locator('.service-box[data-trouble="reached"]', { hasText: 'checkout' }).waitFor();
  await tab.picture('demo-anomaly');
  await tab.fitsNarrowScreens('demo-town');
  await tab.button('End').click();
  await tab.sees('over here, and soon where it spread');
  await tab.check();
});

test('all 59 types of logs are listed', async () => {
  const tab = await Tab.open(browser, town);
  await tab.go('log-types');
  await tab.sees('Application · 10 types');
  assert.equal(await tab.page.locator('tbody tr').count(), 59);
  await tab.fitsNarrowScreens('demo-log-types');
  await tab.check();
});

test('what went wrong is in the lake as truth', async () => {
  await until('the label of its end is delivered', async () => {
    const { items = [] } = await app.get('/api/s3/bucket/md-raw-logs/objects?delimiter=none&prefix=service=_truth/');
    return items.length > 0;
  });
});

test('the town stops and starts', async () => {
  const tab = await Tab.open(browser, town);
  await tab.go('');
  await tab.button('Stop').click();
  await tab.sees(/^Stopped$/);
  await tab.button('Start').click();
  await tab.page.getByLabel('Begin').selectOption('now');
  await tab.page.getByRole('dialog').getByRole('button', { name: 'Start' }).click();
  await tab.sees(/^Running$/);
  await tab.fitsNarrowScreens('demo-controls');
  await tab.check();
});
