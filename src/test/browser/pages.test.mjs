// Each page with records that came through the whole pipeline, among them such as try to become markup.

import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { App } from './app.mjs';
import { launch, PAGES, Tab } from './browser.mjs';
import { until } from './until.mjs';

const EVIL = '"\'><img src=x onerror="window.hacked=1"><script>window.hacked=1</script>';
const HOUR = 3_600_000;
const STREAM = 'streams/stage01-logs-stream';
const LEVELS = ['INFO', 'INFO', 'INFO', 'DEBUG', 'WARN', 'ERROR'];

let app;
let browser;

before(async () => {
  app = await new App({}, process.env.DUCKDB).start();
  browser = await launch();
  await app.deliver([...ordinary(), ...evil()]);
  writeFileSync(join(app.inbox, 'bad.jsonl'), [`{"service":"${'web'}","message":${JSON.stringify(EVIL)}}`, JSON.stringify([EVIL]), `{"timestamp":"then","service":${JSON.stringify(EVIL)}}`].join('\n') + '\n');
  await until('the dead letters are there', async () => (await app.total('deadLetters')) === 3);
  const folder = join(app.lake, 'service=<img src=x onerror=window.hacked=1>');
  mkdirSync(folder);
  writeFileSync(join(folder, '<img src=x onerror=window.hacked=1>.txt'), EVIL);
});

after(async () => {
  await browser?.close();
  await app?.close();
});

function ordinary() {
  const services = ['checkout', 'search', 'payment', 'web'];
  return Array.from({ length: 240 }, (_, number) => ({
    timestamp: new Date(Date.now() - (number % 40) * HOUR - number * 1000).toISOString(),
    service: services[number % services.length],
    level: LEVELS[number % LEVELS.length],
    message: `Order ${number} took ${(number * 37) % 400} ms`,
    trace_id: `trace-${number}`,
    duration_ms: (number * 37) % 400,
  }));
}

function evil() {
  const timestamp = new Date().toISOString();
  return [
    { timestamp, service: EVIL, level: EVIL, message: EVIL, trace_id: EVIL, [EVIL]: { [EVIL]: [EVIL] } },
    { timestamp, service: 'javascript:window.hacked=1', level: 'ERROR', message: '</script></pre></details>' + EVIL },
  ];
}

test('the overview shows what flows, and that dead letters came', async () => {
  const tab = await Tab.open(browser, app);
  await tab.go('');
  await tab.sees(/^Live$/);
  await tab.sees('242 in all');
  await tab.sees('242 records in');
  await tab.sees('3 dead letters arrived within 5 minutes.');
  await tab.sees('/year=');
  await tab.charts(2);
  await tab.picture('overview');
  await tab.fitsNarrowScreens('overview');
  await tab.check();
});

test('what comes and goes of each signal stands in a table', async () => {
  const before = await app.total('deliveredTraces');
  await app.deliver([{ timestamp: new Date().toISOString(), end_timestamp: new Date().toISOString(), service: 'web', name: 'GET /', trace_id: 'c'.repeat(32), span_id: 'd'.repeat(16) }], 'traces');
  assert.equal(await app.total('deliveredTraces'), before + 1);

  const tab = await Tab.open(browser, app);
  await tab.go('');
  const table = tab.page.getByRole('table', { name: 'Signals' });
  await tab.sees('Received/s');
  assert.deepEqual(await table.locator('tbody tr').evaluateAll((rows) => rows.map((row) => row.cells[0].innerText)), ['Logs', 'Metrics', 'Traces']);
  const totals = (await app.get('/api/stats/summary')).totals;
  const delivered = await table.locator('tbody tr').evaluateAll((rows) => rows.map((row) => Number(row.cells[3].innerText.replace(',', ''))));
  assert.deepEqual(delivered, [totals.deliveredLogs, totals.deliveredMetrics, totals.deliveredTraces]);
  await table.getByRole('link', { name: 'Traces' }).click();
  await tab.page.waitForURL('**/#/lake/md-raw-apm');
  await tab.check();
});

test('the APIs of both ports can be read and tried', async () => {
  const tab = await Tab.open(browser, app, 'dark');
  await tab.page.goto(`${app.url}/docs`);
  await tab.loaded();
  await tab.page.locator('#buckets > summary').click();
  await tab.page.locator('#buckets [name=limit]').fill('1');
  await tab.page.locator('#buckets').getByRole('button', { name: 'Send' }).click();
  await tab.page.locator('#buckets').getByText('"items"').waitFor();
  await tab.sees(`curl '${app.url}/api/s3/buckets?limit=1'`);
  await tab.picture('docs-dark');
  await tab.page.getByRole('link', { name: 'Intake' }).click();
  await tab.page.locator('#ingest > summary').click();
  await tab.sees(`curl '${app.intake}/api/ingest'`);
  assert.equal(await tab.button('Send').count(), 0);
  await tab.page.locator('#ingest [name=service]').fill("o'clock");
  await tab.sees("/api/ingest?service=o%27clock");
  await tab.page.locator('#ingest details > summary').first().click();
  await tab.fitsNarrowScreens('docs');
  await tab.page.getByRole('link', { name: 'Dashboard' }).click();
  await tab.page.locator('.operation').first().waitFor();
  await tab.page.locator('.operation').evaluateAll((all) => all.forEach((each) => { each.open = true; }));
  await tab.fitsNarrowScreens('docs-open');
  await tab.check();
});

test('SQL is run over the lake, shown and saved, and stopped', async () => {
  const tab = await Tab.open(browser, app);
  await tab.go('logs');
  await tab.page.getByRole('link', { name: 'SQL' }).click();
  for (const example of ['Errors by minute', 'By any field', 'Slowest spans', 'Failed traces with their logs', 'A metric', 'Records by service']) {
    await tab.page.getByRole('link', { name: example, exact: true }).click();
    await tab.sees(/\d rows?.*, from \d+ objects?/);
  }
  await tab.page.locator('[name=time]').selectOption('168');
  await tab.button('Run').click();
  await tab.page.waitForURL('**time=168**');
  await tab.page.getByRole('table', { name: 'Rows' }).getByText('checkout').waitFor();
  await tab.sees(EVIL);
  await tab.sees('records by service');
  await tab.picture('sql');
  await tab.fitsNarrowScreens('sql');

  const [saved] = await Promise.all([tab.page.waitForEvent('download'), tab.button('CSV').click()]);
  assert.match(readFileSync(await saved.path(), 'utf8'), /^service,records\n/);

  await tab.page.locator('[name=sql]').fill('SELECT sum(range) FROM range(100000000000000)');
  await tab.page.locator('[name=sql]').press('Control+Enter');
  await tab.button('Stop').click();
  await tab.sees('Stopped');
  assert.deepEqual(tab.faults, []);

  await tab.page.locator('[name=sql]').fill(`SELECT '${EVIL.replaceAll("'", "''")}' AS "${EVIL.replaceAll('"', '""')}", '{"a":"<img src=x onerror=window.hacked=1>"}'::JSON AS j`);
  await tab.button('Run').click();
  await tab.page.getByRole('table', { name: 'Rows' }).getByText(EVIL).first().waitFor();
  await tab.isClean();

  await tab.page.locator('[name=sql]').fill("SELECT * FROM read_text('/etc/passwd')");
  await tab.button('Run').click();
  await tab.sees('disabled by configuration');
});

test('the charts are there again after the page is loaded again', async () => {
  const tab = await Tab.open(browser, app);
  await tab.go('');
  const before = await tab.charts(1);
  await tab.page.reload();
  assert.equal((await tab.charts(before.values)).from, before.from);
});

test('a stream shows its shards and how even they are', async () => {
  const tab = await Tab.open(browser, app);
  await tab.go('streams');
  await tab.picture('streams');
  await tab.page.getByRole('link', { name: 'stage01-logs-stream' }).click();
  await tab.sees('shardId-000000000000');
  await tab.sees('open');
  await tab.sees('Rates are of the last minute');
  const cells = await tab.page.locator('tbody tr').first().locator('td').allInnerTexts();
  assert.match(cells[2], /^[0-9<]/, 'records a second');
  assert.match(cells[5], /\ss$/, 'the lag');
  assert.match(cells[6], /^\d\d:\d\d:\d\d$/, 'the place');
  await tab.picture('shards');
  await tab.fitsNarrowScreens('shards');
  await tab.page.getByRole('link', { name: 'Hot keys' }).click();
  await tab.sees('242 records with');
  await tab.picture('keys');
  await tab.fitsNarrowScreens('keys');
  await tab.check();
});

test('records of a stream are read and filtered', async () => {
  const tab = await Tab.open(browser, app);
  await tab.go(`${STREAM}/records`);
  await tab.page.locator('[name=text]').fill('onerror');
  await tab.button('Read').click();
  await tab.sees('2 records of');
  await openAll(tab);
  await tab.picture('records');
  await tab.fitsNarrowScreens('records');

  await tab.page.locator('[name=text]').fill('');
  await tab.page.locator('[name=field]').fill('trace_id');
  await tab.page.locator('[name=value]').fill('TRACE-17');
  await tab.button('Read').click();
  await tab.sees('1 record of');
  await tab.sees('Order 17 took');
  await tab.check();
});

test('a record is found by its id in one step, wherever it is on the stream', async () => {
  const tab = await Tab.open(browser, app);
  await tab.go(STREAM);
  const find = async (text) => {
    await tab.page.getByLabel('Find a record').fill(text);
    await tab.page.getByLabel('Find a record').press('Enter');
  };
  await find('trace-217');
  await tab.sees('1 record of');
  await tab.sees('Order 217 took');
  await openAll(tab);
  const [, number] = /· (\d{20,}) ·/.exec(await tab.page.locator('.entry-body').first().innerText());
  await find(number);
  await tab.page.waitForURL(`**text=${number}**`);
  await tab.sees('1 record of');
  await find('no such id');
  await tab.sees('No such records');
  await tab.check();
});

test('records show live as they come', async () => {
  const tab = await Tab.open(browser, app);
  await tab.go(`${STREAM}/records`);
  await tab.button('Live tail').click();
  await tab.sees('0 records of 0 read');
  await app.send([{ timestamp: new Date().toISOString(), service: 'live', level: 'INFO', message: EVIL + ' live' }]);
  await tab.sees('1 record of 1 read');
  await openAll(tab);
  await tab.button('Stop').click();
  await tab.button('Live tail').waitFor();
  await tab.check();
});

test('pages that are not seen hold no connection, or the seventh would wait', async () => {
  const first = await Tab.open(browser, app);
  const hide = (page) => page.evaluate(() => {
    Object.defineProperty(document, 'hidden', { get: () => true, configurable: true });
    document.dispatchEvent(new Event('visibilitychange'));
  });
  const tabs = [first];
  for (let number = 1; number < 8; number++) {
    await hide(tabs.at(-1).page);
    tabs.push(new Tab(await first.page.context().newPage(), app));
    await tabs.at(-1).go('routes');
    await tabs.at(-1).sees(/^Live$/);
    await tabs.at(-1).sees('ingest-http');
  }
  await first.go('routes');
  await first.sees(/^Live$/);
});

test('a record that is put is on the stream and then in the lake', async () => {
  const tab = await Tab.open(browser, app);
  const delivered = await app.total('deliveredRecords');
  await tab.go(`${STREAM}/put`);
  await tab.page.locator('textarea').fill(JSON.stringify({ timestamp: new Date().toISOString(), service: 'put', message: `put by hand ${EVIL}` }));
  await tab.page.locator('[name=partitionKey]').fill(EVIL);
  await tab.picture('put');
  await tab.fitsNarrowScreens('put');
  await tab.button('Put').click();
  await tab.sees('Kinesis has it');
  await tab.page.getByRole('link', { name: /^shardId-0+, \d+$/ }).click();
  await tab.sees('put by hand');
  await until('it is delivered', async () => (await app.total('deliveredRecords')) === delivered + 1);
  await tab.check();
});

test('the lake shows hours, folders and the lines of an object', async () => {
  const tab = await Tab.open(browser, app);
  await tab.go('lake');
  await tab.picture('buckets');
  await tab.page.getByRole('link', { name: 'md-raw-logs' }).click();
  await tab.sees('Hours missing between');
  await tab.page.locator('.day-row .service-name', { hasText: EVIL }).waitFor();
  await tab.picture('partitions');
  await tab.fitsNarrowScreens('partitions');
  const hour = tab.page.locator('.day-row', { hasText: 'checkout' }).locator('a.hour').first();
  const [, from] = /checkout, (\S+ \S+) UTC/.exec(await hour.getAttribute('title'));
  await hour.click();
  await tab.page.waitForURL('**#/logs?q=service%3Acheckout&time=custom**');
  await tab.page.waitForFunction(() => /\d records? found/.test(document.querySelector('.status').textContent));
  for (const time of await tab.page.locator('details.entry .mono').allInnerTexts()) {
    assert.equal(time.slice(0, 13), from.slice(0, 13));
  }
  await tab.page.goBack();
  await tab.page.locator('.day-row').getByRole('link', { name: 'checkout', exact: true }).click();
  for (const part of ['year=', 'month=', 'day=', 'hour=']) {
    await tab.page.locator('tbody').getByRole('link', { name: part }).first().click();
    await tab.page.waitForFunction((name) => document.querySelector('.crumbs').textContent.includes(name), part);
  }
  assert.match(await tab.page.getByRole('link', { name: 'Search this hour' }).getAttribute('href'), /^#\/logs\?q=service%3Acheckout&time=custom&from=.*%3A00%3A00Z&to=/);
  // Two, where delivery read the stream while the records were put there.
  await tab.page.getByRole('link', { name: /^part-.*\.jsonl$/ }).first().click();
  await tab.sees('Size as stored');
  await openAll(tab);
  await tab.sees('"checkout"');
  await tab.picture('object');
  await tab.fitsNarrowScreens('object');
  await tab.check();
});

test('keys of objects are text', async () => {
  const tab = await Tab.open(browser, app);
  await tab.go('lake/md-raw-logs?tab=folders');
  await tab.page.getByRole('link', { name: 'service=<img' }).click();
  await tab.page.getByRole('link', { name: '<img src=x' }).last().click();
  await tab.sees(EVIL);
  await openAll(tab);
  await tab.check();
});

test('logs are searched by text, level and service', async () => {
  const tab = await Tab.open(browser, app);
  await tab.go('logs');
  await tab.page.locator('[name=q]').fill('level:error');
  await tab.page.locator('[name=time]').selectOption('168');
  await tab.button('Search').click();
  await tab.sees('41 records found');
  await tab.page.locator('details.entry').nth(2).locator('summary').click();
  await tab.picture('logs');
  await tab.fitsNarrowScreens('logs');

  await tab.page.locator('[name=q]').fill(`service:${JSON.stringify(EVIL)} ${JSON.stringify(EVIL)}`);
  await tab.button('Search').click();
  await tab.sees('1 record found');
  await openAll(tab);
  await tab.picture('logs-evil');
  await tab.check();
});

test('a search is narrowed by what was found, and Back leads to the one before', async () => {
  const tab = await Tab.open(browser, app);
  await tab.go('logs?time=168');
  await tab.sees('200 records of');
  await tab.page.locator('.facets').getByRole('button', { name: /^WARN [0-9]/ }).click();
  await tab.sees('40 records found');
  assert.equal(await tab.page.locator('[name=q]').inputValue(), 'level:WARN');
  await tab.page.locator('.facets').getByRole('button', { name: 'Not service payment' }).click();
  await tab.sees('20 records found');

  await tab.page.locator('details.entry summary').first().click();
  await tab.page.getByRole('button', { name: /^Show duration_ms as a column/ }).click();
  assert.match(tab.page.url(), /columns=duration_ms/);
  const trace = tab.page.getByRole('button', { name: /^Only trace_id trace-/ });
  await tab.page.locator('details.entry[open]').first().waitFor();
  await tab.page.evaluate(() => document.querySelectorAll('details.entry').forEach((entry) => { entry.open = true; }));
  await trace.first().click();
  await tab.sees('1 record found');
  await tab.picture('logs-columns');
  await tab.fitsNarrowScreens('logs-columns');

  await tab.page.goBack();
  await tab.sees('20 records found');
  await tab.page.goBack();
  await tab.sees('40 records found');
  await tab.check();
});

test('a bar of the histogram is a search of its time, in the zone one chooses', async () => {
  const tab = await Tab.open(browser, app);
  await tab.go('logs?time=24&q=service:search');
  await tab.sees('36 records found');
  assert.match(await tab.page.locator('.histogram').getAttribute('aria-label'), /^36 records from /);
  const bars = tab.page.locator('.histogram-bar');
  const last = (await bars.count()) - 1;
  await bars.nth(last - 20).hover();
  await tab.page.mouse.down();
  await bars.nth(last).hover();
  await tab.page.mouse.up();
  await tab.page.waitForURL(/time=custom&from=.*&to=/);
  await tab.page.waitForFunction(() => /found; /.test(document.querySelector('.status').textContent));
  const inUtc = await tab.page.locator('details.entry .mono').first().innerText();

  await tab.button('UTC').click();
  await tab.sees('From, America/New_York');
  await tab.page.waitForFunction((before) => document.querySelector('details.entry .mono') && document.querySelector('details.entry .mono').textContent !== before, inUtc);
  const hours = Date.parse(`${inUtc}Z`) - Date.parse(`${await tab.page.locator('details.entry .mono').first().innerText()}Z`);
  assert.equal(hours, 5 * HOUR);
  await tab.check();
});

test('a cell of the matrix is a search of its service and time', async () => {
  const tab = await Tab.open(browser, app);
  await tab.go('logs?time=24&q=level:>=info');
  await tab.sees(/^Services over time$/);
  await tab.page.waitForFunction(() => /found; /.test(document.querySelector('.status').textContent));
  await tab.sees(EVIL);
  await tab.picture('logs-matrix');
  await tab.fitsNarrowScreens('logs-matrix');
  const cell = tab.page.locator('.matrix-row', { hasText: 'payment' }).locator('a.cell').last();
  const [, records] = /: (\d+)/.exec((await cell.getAttribute('title')).slice('payment, '.length + 14));
  await cell.click();
  await tab.page.waitForURL(/time=custom&from=.*&to=/);
  await tab.sees(records === '1' ? '1 record found' : `${records} records found`);
  assert.equal(await tab.page.locator('[name=q]').inputValue(), 'level:>=info service:payment');
  assert.equal(await tab.page.locator('.matrix').isHidden(), true);
  await tab.check();
});

test('a search shows what was counted as it came, before it has read', async () => {
  const tab = await Tab.open(browser, app);
  const from = new Date(Math.floor(Date.now() / HOUR) * HOUR - 30 * HOUR).toISOString();
  await until('it is counted', async () => (await app.get(`/api/figures?as=counts&service=search&from=${from}`)).services.search === 48);
  let go;
  const held = new Promise((resolve) => { go = resolve; });
  await tab.page.routeWebSocket('**/api/logs/search**', async (socket) => {
    await held;
    socket.connectToServer();
  });
  await tab.page.goto(`${app.url}/#/logs?q=service:search&time=custom&from=${from}&to=${new Date().toISOString()}`);
  await tab.page.locator('.histogram[aria-label^="48 records from "]').waitFor();
  assert.equal(await tab.page.locator('details.entry').count(), 0);
  go();
  await tab.sees('48 records found');
  await tab.page.locator('.histogram[aria-label^="48 records from "]').waitFor();
  await tab.check();
});

test('an estimate under way does not take the place of what was counted as it came', async () => {
  const tab = await Tab.open(browser, app);
  const from = new Date(Math.floor(Date.now() / HOUR) * HOUR - 30 * HOUR).toISOString();
  await until('it is counted', async () => (await app.get(`/api/figures?as=counts&service=payment&from=${from}`)).services.payment === 48);
  const at = Math.floor(Date.parse(from) / 1000);
  const estimate = { type: 'counts', stepSeconds: 3600, times: { [at]: { INFO: 900 } }, services: { payment: 900 }, cellSeconds: 10_800, rows: { payment: { [at]: [900, 0] } }, share: 0.1 };
  const progress = { type: 'progress', objects: 1, bytes: 1, records: 1, hour: from };
  const sockets = [];
  await tab.page.routeWebSocket('**/api/logs/search**', (socket) => { sockets.push(socket); });
  await tab.page.goto(`${app.url}/#/logs?q=service:payment&time=custom&from=${from}&to=${new Date().toISOString()}`);
  const counted = tab.page.locator('.histogram[aria-label^="48 records from "]');
  await counted.waitFor();
  sockets[0].send(Buffer.from(`${JSON.stringify(estimate)}\n${JSON.stringify(progress)}\n`));
  await tab.sees('1 record read');
  await counted.waitFor();
  sockets[0].send(Buffer.from(`${JSON.stringify({ ...estimate, share: 1 })}\n`));
  await tab.page.locator('.histogram[aria-label^="900 records from "]').waitFor();
  await tab.check();
});

test('a time between begins as what was searched last', async () => {
  const tab = await Tab.open(browser, app);
  await tab.go('logs?time=24&q=service:search&zone=local');
  await tab.page.waitForFunction(() => /found; /.test(document.querySelector('.status').textContent));
  const bars = await tab.page.locator('.histogram').getAttribute('aria-label');
  await tab.page.locator('[name=time]').selectOption('custom');
  const [from, to] = await Promise.all(['from', 'to'].map((name) => tab.page.locator(`[name=${name}]`).inputValue()));
  assert.equal(Date.parse(to) - Date.parse(from), 24 * HOUR);
  await tab.button('Search').click();
  await tab.page.waitForURL(/time=custom&from=.*&to=.*&zone=local/);
  await tab.page.waitForFunction(() => /found; /.test(document.querySelector('.status').textContent));
  assert.equal((await tab.page.locator('.histogram').getAttribute('aria-label')).split(' from ')[0], bars.split(' from ')[0]);
  await tab.check();
});

test('a search is followed as records come', async () => {
  const tab = await Tab.open(browser, app);
  await tab.go('logs?q=service%3Afollowed&time=0.25');
  await tab.button('Follow').click();
  await tab.sees(/^Following: /);
  const send = (message) => app.send([{ timestamp: new Date().toISOString(), service: 'followed', level: EVIL, message, [EVIL]: EVIL }]);
  await send(`first ${EVIL}`);
  await tab.sees('first');
  await tab.page.locator('details.entry', { hasText: 'first' }).locator('summary').click();
  await send('second');
  await tab.sees('second');
  assert.match(await tab.page.locator('details.entry').first().innerText(), /second/);

  await tab.button('Stop following').click();
  await tab.button('Follow').waitFor();
  await tab.check();
});

test('what an address or a field says is text', async () => {
  const tab = await Tab.open(browser, app);
  const evil = encodeURIComponent(EVIL);
  const names = ['q', 'text', 'service', 'level', 'signal', 'time', 'from', 'to', 'columns', 'zone', 'sql', 'layer', 'prefix', 'order', 'contains', 'tab', 'shard', 'at', 'sequence', 'field', 'value', 'minutes', 'reason', 'name', 'series', 'before', 'key'];
  const all = names.map((name) => `${name}=${evil}`).join('&');
  const places = [...PAGES, 'sql', 'audit', 'docs', `lake/${evil}`, `lake/${evil}/${evil}`, 'lake/md-raw-logs', `streams/${evil}`, `${STREAM}/records`, `${STREAM}/keys`, `trace/${evil}`, `metrics/${evil}`, `routes/${evil}`, evil];
  for (const place of places) {
    await tab.go(`${place}?${all}`);
    await tab.isClean(place);
    for (const input of await tab.page.locator('main input[type=search]:visible, main input[type=text]:visible, main input:not([type]):visible').all()) {
      await input.fill(EVIL);
    }
    await tab.page.keyboard.press('Enter');
    await tab.loaded();
    await tab.isClean(place);
  }
});

test('an address can say that a search is followed', async () => {
  const tab = await Tab.open(browser, app);
  const listening = tab.page.waitForEvent('websocket', (socket) => socket.url().includes('/api/logs/tail'));
  await tab.go('logs?time=1&q=service:told&follow=true');
  await tab.sees('Stop following');
  await tab.page.waitForFunction(() => /found; |^Following: /.test(document.querySelector('.status').textContent));
  await listening;
  await app.send([{ timestamp: new Date().toISOString(), service: 'told', level: 'INFO', message: EVIL }]);
  await tab.sees('Following: 1 record came, 1 shown');
  await openAll(tab);
  await tab.button('Stop following').click();
  assert.doesNotMatch(tab.page.url(), /follow=/);
  await tab.button('Follow').click();
  assert.match(tab.page.url(), /follow=true/);
  await tab.check();
});

test('a query is completed by fields and values that were found', async () => {
  const tab = await Tab.open(browser, app);
  await tab.go('logs?time=24');
  await tab.page.waitForFunction(() => /found; /.test(document.querySelector('.status').textContent));
  const offered = async (query) => {
    await tab.page.locator('[name=q]').fill(query);
    return tab.page.locator('#conditions option').evaluateAll((options) => options.map((option) => option.value));
  };
  assert.deepEqual(await offered('level:>=info dur'), ['level:>=info duration_ms:']);
  assert.deepEqual(await offered('-service:pay'), ['-service:payment']);
  assert.ok((await offered('NOT trace_id:trace-1')).includes('NOT trace_id:trace-10'));
  assert.deepEqual(await offered('"service:pay'), []);
  await tab.check();
});

test('a query that cannot be understood says where', async () => {
  const tab = await Tab.open(browser, app);
  await tab.go('logs?q=(a');
  await tab.sees('query, character 3: a bracket is not closed');
});

test('routes show their numbers and their YAML', async () => {
  const tab = await Tab.open(browser, app);
  await tab.go('routes');
  await tab.sees('Publishes the records of a request and answers');
  await tab.picture('routes');
  await tab.fitsNarrowScreens('routes');
  await tab.page.getByRole('link', { name: 'deliver', exact: true }).click();
  await tab.sees('kinesis-shards:{{kinesis.stream-name}},{{metrics.stream-name}},{{apm.stream-name}}');
  await tab.picture('route');
  await tab.fitsNarrowScreens('route');
  await tab.check();
});

test('a route file that cannot run is told, with its line and with what runs', async () => {
  const tab = await Tab.open(browser, app);
  const file = join(app.routes, 'deliver.yaml');
  const before = readFileSync(file, 'utf8');
  writeFileSync(file, before.replace('      steps:', '      stepz:'));
  await tab.go('');
  await tab.sees('A route file cannot run as it was saved.');
  await tab.go('routes');
  await tab.sees(/^deliver\.yaml, line \d+: Unsupported field: stepz\.$/);
  await tab.sees('The version before goes on running.');
  await tab.page.locator('tr', { hasText: 'deliver' }).getByText('older version').waitFor();
  await tab.page.getByRole('link', { name: 'deliver', exact: true }).click();
  await tab.sees('deliver.yaml, as saved');
  await tab.sees('deliver.yaml, as it runs');
  assert.equal(await tab.page.locator('.line.marked').count(), 1);
  await tab.picture('route-broken');
  await tab.fitsNarrowScreens('route-broken');

  writeFileSync(file, before);
  await until('it runs again', async () => (await app.get('/api/routes')).faults.length === 0);
  await tab.check();
});

test('dead letters are looked at, replayed with a time, and discarded', async () => {
  const tab = await Tab.open(browser, app);
  const delivered = await app.total('deliveredRecords');
  await tab.go('dead-letters');
  await tab.sees('3 letters');
  await openAll(tab);
  await tab.sees(EVIL);
  await tab.picture('dead-letters');
  await tab.fitsNarrowScreens('dead-letters');

  await tab.button('Replay all with not-an-object').click();
  await tab.sees('Replay 1 dead letter?');
  await tab.page.locator('dialog').getByRole('button', { name: 'Replay' }).click();
  await tab.sees('0 records put on the stream again, 1 still not acceptable');
  await tab.sees('3 letters');

  await tab.page.locator('.with-choice', { hasText: 'no-timestamp' }).getByRole('checkbox').check();
  await tab.page.locator('[name=set-timestamp]').fill('2026-11-20T09:00:00');
  await tab.button('Replay').click();
  await tab.sees('Replay 1 dead letter?');
  await tab.picture('confirm');
  await tab.page.locator('dialog').getByRole('button', { name: 'Replay' }).click();
  await tab.sees('1 record put on the stream again');
  await until('it is delivered', async () => (await app.total('deliveredRecords')) === delivered + 1);
  await tab.sees('2 letters');

  assert.equal(await tab.button('Discard').isDisabled(), true);
  await tab.button('Choose all 2').click();
  await tab.sees('2 dead letters chosen');
  await tab.button('Discard').click();
  await tab.sees('Discard 2 dead letters?');
  await tab.page.locator('dialog').getByRole('button', { name: 'Discard' }).click();
  await tab.sees('2 letters discarded');
  await tab.sees('No dead letters');
  await tab.check();
});

test('a question can be answered with no', async () => {
  const tab = await Tab.open(browser, app);
  await app.send([{ timestamp: new Date().toISOString(), service: 'web', message: 'so that there is one' }]);
  writeFileSync(join(app.inbox, 'again.jsonl'), 'no record\n');
  await until('it is there', async () => (await app.get('/api/dead-letters')).items.length === 1);
  await tab.go('dead-letters');
  await tab.page.locator('.with-choice').getByRole('checkbox').check();
  await tab.button('Discard').click();
  await tab.page.keyboard.press('Escape');
  await tab.page.locator('dialog').waitFor({ state: 'detached' });
  await tab.sees('1 dead letter chosen');
  await tab.check();
});

test('a list is gone through by keys', async () => {
  const tab = await Tab.open(browser, app);
  await tab.go('logs?time=24&q=service:search&columns=duration_ms');
  await tab.page.waitForFunction(() => /found; /.test(document.querySelector('.status').textContent));
  const focused = () => tab.page.evaluate(() => [...document.querySelectorAll('details.entry')].indexOf(document.activeElement.closest('details.entry')));
  for (const [key, index] of [['j', 0], ['j', 1], ['j', 2], ['k', 1]]) {
    await tab.page.keyboard.press(key);
    assert.equal(await focused(), index);
  }
  await tab.page.keyboard.press('Enter');
  await tab.page.locator('details.entry[open]').waitFor();
  assert.equal(await tab.page.locator('details.entry').nth(1).getAttribute('open'), '');
  await tab.page.keyboard.press('Escape');
  assert.equal(await tab.page.locator('details.entry[open]').count(), 0);
  await tab.page.keyboard.press('/');
  assert.equal(await tab.page.evaluate(() => document.activeElement.name), 'q');

  const lefts = (within) => tab.page.locator(within).first().evaluate((line) => [...line.children].map((child) => Math.round(child.getBoundingClientRect().left)));
  assert.deepEqual(await lefts('.entry-head'), await lefts('details.entry > summary'), 'each stands below its name');
  await tab.sees('Time, UTC');
  await tab.page.getByRole('button', { name: 'duration_ms ×' }).click();
  assert.doesNotMatch(tab.page.url(), /columns/);
  await tab.check();
});

test('pages are reached by keys', async () => {
  const tab = await Tab.open(browser, app);
  await tab.go('');
  for (const [index, page] of PAGES.entries()) {
    await tab.page.keyboard.press(String(index + 1));
    await tab.page.waitForURL(`**/#/${page || 'overview'}*`);
    await tab.loaded();
  }
  await tab.check();
});

test('dark colours are those of the system until one chooses', async () => {
  const tab = await Tab.open(browser, app, 'dark');
  for (const page of PAGES) {
    await tab.go(page);
    await tab.accessible(`${page || 'overview'} in dark`);
    await tab.picture(`${page || 'overview'}-dark`);
  }
  const theme = () => tab.page.evaluate(() => document.documentElement.dataset.theme);
  assert.equal(await theme(), 'dark');
  await tab.page.locator('#theme').click();
  assert.equal(await theme(), 'light');
  await tab.page.reload();
  assert.equal(await theme(), 'light');
  await tab.check();
});

test('the audit says what became of what arrived, and the overview that all is accounted for', async () => {
  await app.deliver([{ timestamp: new Date().toISOString(), service: 'audited', message: EVIL }]);

  const tab = await Tab.open(browser, app);
  await tab.go('');
  await tab.sees(/on the streams within a day, all accounted for/);
  await tab.page.getByText('all accounted for').click();
  await tab.sees('Logs, raw layer');
  await until('it is in the lake', async () => {
    await tab.go('audit');
    await tab.page.getByText('not yet closed').first().click();
    return tab.page.getByRole('cell', { name: 'audited' }).isVisible();
  });
  await tab.picture('audit');
  await tab.fitsNarrowScreens('audit');
  await tab.check();
});

test('figures are charts and a table, by service and by series, also as a file', async () => {
  await app.deliver(Array.from({ length: 20 }, (_, number) => ({
    timestamp: new Date(Date.now() - number * 60_000).toISOString(), service: 'figured', level: number % 2 ? 'INFO' : 'ERROR', message: EVIL, duration_ms: 10 + number, trace_id: `t${number}`,
  })));

  const tab = await Tab.open(browser, app);
  await until('records are counted', async () => {
    await tab.go('figures?before=24');
    return tab.page.getByRole('link', { name: 'figured' }).isVisible();
  });
  await tab.picture('figures');
  await tab.fitsNarrowScreens('figures');
  await tab.page.getByRole('link', { name: 'figured' }).click();
  await tab.sees('2 series of figured');
  await tab.sees('ERROR');
  await tab.page.goBack();
  await tab.page.locator('tr', { hasText: 'figured' }).getByRole('link', { name: '50\u00a0%' }).click();
  await tab.page.waitForURL('**#/logs?q=service%3Afigured+level%3A%3E%3Derror&time=1');
  await tab.sees('10 records found');
  await tab.page.goBack();
  await tab.page.getByRole('link', { name: 'figured' }).click();
  await tab.sees('2 series of figured');
  assert.match(await tab.page.locator('.chart').first().getAttribute('aria-label'), /Records a second: \d+ values/);
  const download = tab.page.waitForEvent('download');
  await tab.page.getByRole('link', { name: 'CSV' }).click();
  assert.equal((await download).suggestedFilename(), 'logs.csv');
  await tab.check();
});

/** Unfolds every entry of a list. */
async function openAll(tab) {
  await tab.page.locator('details.entry').first().waitFor();
  await tab.page.evaluate(() => document.querySelectorAll('details.entry').forEach((entry) => { entry.open = true; }));
  await tab.loaded();
}

test('a trace shows as a waterfall with its log lines, from one of them', async () => {
  const trace = '5b8efff798038103d269b633813fc60c';
  const start = Math.floor(Date.now() / 1000) - 60;
  const at = (nanos) => `${new Date(start * 1000).toISOString().slice(0, 19)}.${String(nanos).padStart(9, '0')}Z`;
  const span = (id, parent, service, name, from, to, more = {}) => ({
    timestamp: at(from), service, name, trace_id: trace, span_id: id.repeat(8), ...(parent ? { parent_span_id: parent.repeat(8) } : {}), kind: 'SERVER', end_timestamp: at(to), duration_nanos: to - from, ...more,
  });
  await app.deliver([
    span('a1', '', 'web', 'GET /cart', 0, 250_000_000),
    span('b2', 'a1', 'checkout', EVIL, 10_000_000, 200_000_000),
    span('c3', 'b2', 'payment', 'charge', 20_000_000, 180_000_000, { status_code: 'ERROR', status_message: 'No cards' }),
  ], 'traces');
  await app.deliver([{ timestamp: at(30_000_000), service: 'payment', level: 'ERROR', message: 'Card refused', trace_id: trace, span_id: 'c3'.repeat(8) }]);

  const tab = await Tab.open(browser, app);
  await tab.go(`logs?text=Card+refused&time=1`);
  await tab.sees('1 record found');
  await tab.page.locator('details.entry summary').click();
  await tab.page.getByRole('link', { name: 'Its trace' }).click();
  await tab.sees('GET /cart');
  await tab.sees('All of the hour before and after.');
  const rows = await tab.page.locator('.span-row').allInnerTexts();
  assert.deepEqual(rows.map((row) => row.split('\n').at(-1).replace('\u00a0', ' ')), ['250 ms', '190 ms', '160 ms']);
  const left = await tab.page.locator('.span-bar').evaluateAll((bars) => bars.map((bar) => bar.style.left));
  assert.deepEqual(left, ['0%', '4%', '8%']);
  await tab.page.locator('.span-row summary').last().click();
  await tab.sees('No cards');
  await tab.sees('Card refused');
  await tab.picture('trace');
  await tab.fitsNarrowScreens('trace');
  await tab.check();
});

test('metrics are listed, and one is a chart of its series', async () => {
  const points = ['a', EVIL].flatMap((host, of) => Array.from({ length: 20 }, (_, number) => ({
    timestamp: new Date(Date.now() - number * 60_000).toISOString(), service: 'web', name: 'queue.length', type: 'gauge', unit: '{item}', description: EVIL, value: of * 10 + number, attributes: { host },
  })));
  await app.deliver(points, 'metrics');

  const tab = await Tab.open(browser, app);
  await tab.go('metrics');
  await tab.sees('queue.length');
  await tab.picture('metrics');
  await tab.fitsNarrowScreens('metrics');
  await tab.page.getByRole('link', { name: 'queue.length' }).click();
  await tab.sees('2 series of 40 data points');
  await tab.sees('host=a');
  assert.match(await tab.page.locator('.chart').first().getAttribute('aria-label'), /queue\.length .*: \d+ values/);
  await tab.picture('metric');
  await tab.fitsNarrowScreens('metric');
  await tab.check();
});

test('a metric is charted by the labels that are chosen', async () => {
  const hosts = Array.from({ length: 12 }, (_, number) => `web-${number}`);
  const points = hosts.flatMap((host, of) => ['/a', '/b c'].flatMap((route) => [2, 1].map((minutes) => ({
    timestamp: new Date(Date.now() - minutes * 60_000).toISOString(), service: 'web', name: 'requests', type: 'gauge', value: of, attributes: { 'host.name': host, 'http.route': route },
  }))));
  await app.deliver(points, 'metrics');

  const tab = await Tab.open(browser, app);
  await tab.go('metrics?name=requests');
  await tab.sees('24 series of 48 data points; the 8 with most points are drawn');
  await tab.page.getByRole('link', { name: 'host.name=web-11' }).first().click();
  await tab.sees('2 series of 4 data points.');
  assert.equal(await tab.page.getByLabel('Labels').inputValue(), 'attributes.host.name:web-11');
  await tab.page.getByRole('link', { name: 'http.route=/b c' }).click();
  await tab.sees('1 series of 2 data points.');
  await tab.page.getByRole('link', { name: 'host.name=web-11' }).click();
  await tab.sees('12 series of 24 data points; the 8 with most points are drawn');
  await tab.page.getByLabel('Labels').fill('attributes.host.name:(web-3 OR web-4)');
  await tab.button('Show').click();
  await tab.sees('4 series of 8 data points.');
  await tab.check();
});

test('a tail does not fall behind, and what is opened stays where it is', async () => {
  const tab = await Tab.open(browser, app);
  await tab.go(`${STREAM}/records`);
  await tab.button('Live tail').click();
  await tab.sees('0 records of 0 read');
  const send = (from) => app.send(Array.from({ length: 1500 }, (_, number) => ({ timestamp: new Date().toISOString(), service: 'fast', level: number % 2 ? 50 : 'warning', message: `fast ${from + number}` })));
  await send(0);
  await tab.sees('fast 1499');
  const { shown, passed } = await until('all are read', async () => {
    const [, seen, read, left = '0'] = /: (\S+) records of (\S+) read(?:, (\S+) passed over)?/.exec(await tab.page.locator('.status').innerText());
    return read === '1,500' && { shown: Number(seen.replace(',', '')), passed: Number(left.replace(',', '')) };
  });
  assert.equal(shown + passed, 1500);
  assert.deepEqual(await tab.page.locator('.records .level').evaluateAll((all) => [...new Set(all.map((each) => each.className))].sort()), ['level bad', 'level warn']);

  await tab.page.evaluate(() => scrollTo(0, 400));
  const read = tab.page.locator('details.entry', { hasText: 'fast 1480' });
  await read.locator('summary').click();
  const before = (await read.boundingBox()).y;
  await send(1500);
  await tab.sees('fast 2999');
  assert.ok(Math.abs((await read.boundingBox()).y - before) < 2);

  await tab.button('Pause').click();
  await tab.sees(/^paused$/);
  await send(3000);
  await tab.button('Go on').click();
  await tab.sees('fast 4499');
  await tab.check();
});

test('the overview tells which service fails more than an hour ago, and leads to its records', async () => {
  const MINUTE = 60_000;
  const records = (minutes, failed) => Array.from({ length: 100 }, (_, number) => ({ timestamp: new Date(Date.now() - (minutes + number / 2) * MINUTE).toISOString(), service: 'failing', level: number < failed ? 'ERROR' : 'INFO', message: `call ${number}` }));
  await app.send([...records(69, 2), ...records(1, 30), { ...records(119, 0)[0], service: 'first' }]);
  await until('they are counted', async () => (await app.get('/api/figures?as=counts&service=failing&from=' + new Date(Date.now() - 2 * HOUR).toISOString())).services.failing === 200);

  const tab = await Tab.open(browser, app);
  await tab.go('');
  const row = tab.page.locator('.compared .matrix-row').filter({ has: tab.page.getByRole('link', { name: 'failing', exact: true }) });
  await row.getByText('15× the errors').waitFor();
  assert.match(await row.innerText(), /100, 30\s%\serrors/);
  assert.equal(await tab.page.locator('.compared .matrix-row').first().locator('.service-name').innerText(), 'failing');
  await tab.picture('overview-services');
  await tab.fitsNarrowScreens('overview-services');
  await row.locator('a.cell').last().click();
  await tab.page.waitForURL('**#/logs?q=service%3Afailing&time=custom**');
  await tab.page.waitForFunction(() => /\d records? found/.test(document.querySelector('.status').textContent));
  await tab.check();
});
