// Ten tabs of one browser, all of them seen, as in as many windows: more than it has connections for a server.

import { after, before, test } from 'node:test';
import { App } from './app.mjs';
import { launch, Tab } from './browser.mjs';

const RECORDS_EACH = 200;

let app;
let browser;
let tabs;

before(async () => {
  app = await new App().start();
  browser = await launch();
  const context = await browser.newContext();
  tabs = await Promise.all(Array.from({ length: 10 }, async () => new Tab(await context.newPage(), app)));
  await app.deliver(records('delivered'));
});

after(async () => {
  await browser?.close();
  await app?.close();
});

/** As many for each tab, each of a service of its own. */
function records(message) {
  return Array.from({ length: tabs.length * RECORDS_EACH }, (_, number) => ({ timestamp: new Date().toISOString(), service: `s${number % tabs.length}`, message: `${message} ${number}` }));
}

const inAll = (work) => Promise.all(tabs.map(work));

test('all are live, and all that search are answered', async () => {
  await inAll((tab, number) => tab.go(`logs?q=service:s${number}`));
  await inAll((tab) => tab.sees(`${RECORDS_EACH} records found`));
  await inAll((tab) => tab.sees(/^Live$/));
  await inAll((tab) => tab.check());
});

test('all that follow see what comes, which is delivered, and other pages open meanwhile', async () => {
  await inAll((tab) => tab.button('Follow').click());
  await inAll((tab) => tab.sees(/^Following: /));
  await app.deliver(records('followed'));
  await inAll((tab) => tab.sees(/^followed \d+$/));
  await tabs[0].go('lake');
  await tabs[0].sees('md-raw-logs');
  await inAll((tab) => tab.check());
});
