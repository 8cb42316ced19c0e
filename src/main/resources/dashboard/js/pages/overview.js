// What flows, where it lands, and whether anything needs a look.

import { get, post } from '../api.js';
import { Chart } from '../chart.js';
import { fill, h, icon } from '../dom.js';
import { ago, bytes, clock, count, duration, percent, plural, rate } from '../format.js';
import * as live from '../live.js';
import { href } from '../router.js';
import { TITLES } from '../signals.js';
import { badge, button, card, empty, pageHead, row, table, toast } from '../ui.js';
import { auditLine } from './audit.js';
import { servicesCard } from './services.js';

const SHOWN_OBJECTS = 8;

/** Tried for as long, something makes the app not ready; it is an alert later. */
const STUCK_SECONDS = 15;

export function show(place, { signal }) {
  const flow = new Flow();
  const alerts = h('div', { class: 'alerts', role: 'status' });
  const numbers = h('div', { class: 'contents' });
  const details = h('div', { class: 'columns' }, numbers);
  const objects = h('div');
  const charts = new Charts(signal);
  const last = card('Delivered last', objects);
  const all = h('div', { class: 'stack' }, alerts, flow.element, auditLine(signal), servicesCard(signal), charts.element, details);
  fill(place, pageHead('Overview'), all);

  let shown;
  const list = ({ app, totals }, latest) => {
    const state = latest.length ? 'delivered' : totals.receivedRecords ? 'received' : 'nothing';
    if (state === 'delivered' || state !== shown) {
      fill(objects, latest.length ? recent(latest) : nothingDelivered(app, state));
    }
    if (state !== shown) {
      // On an empty lake what to do comes first.
      state === 'nothing' ? flow.element.after(last) : details.append(last);
      shown = state;
    }
  };
  const summarize = (summary) => {
    flow.show(summary);
    fill(alerts, alertList(summary));
    fill(numbers, signals(summary), shards(summary), reasons(summary));
    list(summary, live.last.objects ?? []);
  };
  const notice = (state) => {
    all.classList.toggle('stale', state === 'lost');
    if (state === 'lost') {
      fill(alerts, away(live.last.summary));
    }
  };
  live.on('summary', summarize, signal);
  live.on('objects', (latest) => live.last.summary && list(live.last.summary, latest), signal);
  live.on('sample', (columns) => charts.add(columns), signal);
  live.on('state', (state) => {
    notice(state);
    if (state === 'live') {
      charts.load();
    }
  }, signal);
  if (live.last.summary) {
    summarize(live.last.summary);
  }
  notice(live.last.state);
  charts.load();
}

/** The way of a record, as numbers that stay where they are. */
class Flow {
  constructor() {
    const step = (name, title, link) => {
      const part = { title, big: h('strong', {}, '–'), unit: h('span', { class: 'unit' }), small: h('span', { class: 'small muted' }, ' ') };
      part.element = h('a', { class: `step ${name}`, href: link }, h('span', { class: 'small muted' }, title), h('span', { class: 'big' }, part.big, ' ', part.unit), part.small);
      this[name] = part;
      return part.element;
    };
    const arrow = () => h('span', { class: 'step-arrow', 'aria-hidden': 'true' }, icon('arrow', 20));
    this.element = h(
      'section',
      { class: 'flow', 'aria-label': 'The way of records' },
      step('received', 'Received', href('routes')),
      arrow(),
      step('published', 'Published to Kinesis', href('streams')),
      arrow(),
      step('waiting', 'Oldest undelivered', href('streams')),
      arrow(),
      step('delivered', 'Delivered to S3', href('lake')),
      step('dead', 'Dead letters', href('dead-letters')),
    );
  }

  show({ app, rates, totals, shards, buffer, letters, duplicates }) {
    const lag = Math.max(0, ...shards.map((shard) => shard.lagSeconds));
    this.set('received', app.intake, rate(rates.receivedRecords), 'records/s', `${bytes(rates.receivedBytes)}/s · ${count(totals.receivedRecords)} in all`);
    this.set('published', app.intake, rate(rates.publishedRecords), 'records/s', `${bytes(rates.publishedBytes)}/s · ${count(totals.throttledRecords)} throttled`);
    // What waits for a second or two is on its way.
    const idle = buffer.groups === 0 && lag < 3;
    this.set('waiting', app.delivery, idle ? 'none' : duration(lag), '', `${plural(buffer.groups, 'group')} open · buffer ${percent(buffer.limitBytes ? buffer.bytes / buffer.limitBytes : 0)}`);
    this.set('delivered', app.delivery, rate(rates.deliveredRecords), 'records/s', `${count(totals.deliveredRecords)} records in ${count(totals.deliveredObjects)} objects${duplicates ? `, ${count(duplicates)} copies left out` : ''}`);
    const since = letters.waiting ? `the oldest for ${duration(letters.oldestSeconds)} · ` : '';
    this.set('dead', true, count(letters.waiting), letters.waiting === 1 ? 'waits' : letters.waiting ? 'wait' : '', `${since}${count(totals.deadLetters)} came since the start · ${count(totals.rejectedRecords)} refused at intake`);
    this.dead.element.classList.toggle('bad', letters.waiting > 0);
  }

  set(name, here, big, unit, small) {
    const part = this[name];
    fill(part.big, here ? big : '–');
    fill(part.unit, here ? unit : '');
    fill(part.small, here ? small : 'in another process');
  }
}

class Charts {
  constructor(signal) {
    this.signal = signal;
    this.all = [
      new Chart('Records per second', [
        { key: 'receivedRecords', label: 'received', color: 1 },
        { key: 'publishedRecords', label: 'published', color: 2 },
        { key: 'deliveredRecords', label: 'delivered, in a minute', color: 3 },
      ], rate, signal),
      new Chart('Bytes per second', [
        { key: 'receivedBytes', label: 'received', color: 1 },
        { key: 'publishedBytes', label: 'published', color: 2 },
        { key: 'deliveredBytes', label: 'delivered, in a minute', color: 3 },
      ], bytes, signal),
      new Chart('Age of the oldest undelivered record', [
        { key: 'lagSeconds', label: 'lag', color: 3 },
        { key: 'blockedSeconds', label: 'stuck', color: 4 },
      ], duration, signal),
      new Chart('Trouble per second', [
        { key: 'deadLetters', label: 'dead letters', color: 4 },
        { key: 'rejectedRecords', label: 'refused', color: 3 },
        { key: 'throttledRecords', label: 'throttled', color: 1 },
      ], rate, signal),
    ];
    this.element = h('div', { class: 'columns' }, this.all.map((chart) => chart.element));
  }

  /** The last hour, or what came since; an app beside another cloud than the embedded one knows it since its start. */
  async load() {
    const last = this.columns?.times.at(-1);
    try {
      this.add(await get('/api/stats/series', { after: last && new Date(last * 1000).toISOString() }, this.signal));
    } catch (error) {
      if (!this.signal.aborted) {
        toast(`The charts could not be loaded: ${error.message}`, 'bad');
      }
    }
  }

  add(columns) {
    const { times, series } = this.columns ?? { times: [], series: {} };
    const known = columns.times.findLastIndex((time) => time <= times.at(-1)) + 1;
    const first = columns.times[known];
    if (this.columns && first === undefined) {
      return;
    }
    const skip = times.findIndex((time) => time > first - 3600);
    const gap = first - times.at(-1) > 2 * columns.stepSeconds;
    const join = (before, between, after) => [...(skip < 0 ? [] : before.slice(skip)), ...(gap ? [between] : []), ...after.slice(known)];
    this.set({
      times: join(times, times.at(-1) + columns.stepSeconds, columns.times),
      series: Object.fromEntries(Object.entries(columns.series).map(([key, values]) => [key, join(series[key] ?? [], null, values)])),
    });
  }

  set(columns) {
    this.columns = columns;
    this.all.forEach((chart) => chart.show(columns));
  }
}

/** In the place of the alerts, of which nothing is known now. */
function away(summary) {
  const known = summary ? `What is shown is as of ${clock(summary.at)} UTC. ` : '';
  return h(
    'div',
    { class: 'alert bad' },
    icon('unplugged'),
    h('div', {}, h('strong', {}, 'The app does not answer.'), h('p', { class: 'small' }, `${known}See whether it runs; this page goes on by itself once it is back.`)),
  );
}

function alertList({ alerts, shards }) {
  const stuck = Math.max(0, ...shards.map((shard) => shard.blockedSeconds));
  if (alerts.length === 0 && stuck > STUCK_SECONDS) {
    return bad(`Delivery of a shard has been stuck for ${duration(stuck)}.`, null, 'It is tried again until it succeeds. The log and /observe/health say what failed.');
  }
  if (alerts.length === 0) {
    return h('div', { class: 'alert good' }, icon('check'), h('span', {}, 'All is well: no alerts'));
  }
  return alerts.map(({ message, since, advice }) => bad(message, h('span', { class: 'muted' }, `since ${clock(since)} UTC`), advice));
}

function bad(message, since, advice) {
  return h('div', { class: 'alert bad' }, icon('warning'), h('div', {}, h('strong', {}, message), ' ', since, h('p', { class: 'small' }, advice)));
}

/** What comes and goes of each signal. */
function signals({ app, rates, totals, shards }) {
  const lag = (name) => Math.max(0, ...shards.filter((shard) => shard.signal === name).map((shard) => shard.lagSeconds));
  return card(
    'Signals',
    table(
      [['Signal'], ['Received/s', 'number'], ['Delivered/s', 'number'], ['Delivered', 'number'], ['Oldest undelivered', 'number']],
      app.signals.map(({ signal, bucket }) =>
        row(
          [h('a', { href: href('lake', [bucket]) }, TITLES[signal])],
          [app.intake ? rate(rates[`received${TITLES[signal]}`]) : '–', 'number'],
          [app.delivery ? rate(rates[`delivered${TITLES[signal]}`]) : '–', 'number'],
          [app.delivery ? count(totals[`delivered${TITLES[signal]}`]) : '–', 'number'],
          [app.delivery ? duration(lag(signal)) : '–', 'number'],
        ),
      ),
      'Signals',
    ),
  );
}

function shards({ app, shards, buffer }) {
  const rows = shards.map((shard) =>
    row(
      [h('code', {}, shard.shard), 'key'],
      [shard.signal],
      [duration(shard.lagSeconds), 'number'],
      [shard.blockedSeconds > STUCK_SECONDS ? badge(`stuck for ${duration(shard.blockedSeconds)}`, 'bad') : badge('moving', 'good')],
    ),
  );
  const meter = h('i');
  meter.style.width = `${Math.min(100, buffer.limitBytes ? (100 * buffer.bytes) / buffer.limitBytes : 0)}%`;
  return card(
    'Delivery',
    rows.length
      ? [
          h('div', { class: 'body' }, h('div', { class: 'meter-line small muted' }, h('span', {}, `Buffer ${bytes(buffer.bytes)} of ${bytes(buffer.limitBytes)}`), h('span', {}, `${plural(buffer.groups, 'open group')}`)), h('div', { class: 'meter' }, meter)),
          table([['Shard'], ['Signal'], ['Oldest undelivered', 'number'], ['State']], rows, 'Shards'),
        ]
      : empty(app.delivery ? 'No shard is read yet' : 'This process does not deliver', app.delivery ? 'It begins once Kinesis answers.' : 'ROLE=all or ROLE=deliver does.'),
  );
}

/** Counts by what caused them. */
function reasons({ closedBy, rejectedBy, deadLettersBy }) {
  const names = { size: 'size reached', records: 'number of records reached', age: 'time reached', memory: 'memory needed', stop: 'stop of the app' };
  const part = (title, counts, none) => {
    const all = Object.entries(counts).filter(([, number]) => number > 0).sort(([, a], [, b]) => b - a);
    const sum = all.reduce((total, [, number]) => total + number, 0);
    return [
      h('h3', {}, title),
      all.length
        ? h('dl', { class: 'bars' }, all.map(([name, number]) => [h('dt', {}, names[name] ?? name), h('dd', {}, bar(number / sum), h('span', { class: 'number' }, count(number)))]))
        : h('p', { class: 'small muted' }, none),
    ];
  };
  return card(
    'Reasons',
    h('div', { class: 'body reasons' }, part('What closed objects', closedBy, 'None was closed yet.'), part('Refused by the intake', rejectedBy, 'None was refused.'), part('Dead letters', deadLettersBy, 'None was sent.')),
  );
}

function bar(share) {
  const fillElement = h('i');
  fillElement.style.width = `${100 * share}%`;
  return h('span', { class: 'meter' }, fillElement);
}

function nothingDelivered(app, state) {
  if (app.delivery === false) {
    return empty('This process does not deliver', 'ROLE=all or ROLE=deliver does.');
  }
  if (state === 'received') {
    return empty('Nothing was delivered since the start', `What was received is on the stream. Its object is written ${live.flushTime()} after its first record, or sooner when it is full.`, h('a', { class: 'button', href: href('logs', [], { time: '1' }) }, 'Search finds it already'));
  }
  return empty(
    'Nothing was delivered yet',
    `An object is written ${live.flushTime()} after its first record, or sooner when it is full.${app.intakeUrl ? ' Send a record:' : ''}`,
    app.intakeUrl && [h('pre', {}, firstRecord(app.intakeUrl)), app.writable ? demo() : null],
  );
}

/** Where the demo's page is, once it was started here. */
let demoUrl;

function demo() {
  const place = h('p');
  const tell = () => fill(place, 'A simulated shop fills the last hour and goes on: ', h('a', { href: demoUrl }, 'watch it'));
  const start = button('Fill with a demo', async () => {
    start.disabled = true;
    try {
      const { url } = await post('/api/demo/start', {});
      demoUrl = new URL(url);
      demoUrl.hostname = location.hostname;
      tell();
    } catch (error) {
      start.disabled = false;
      toast(error.message, 'bad');
    }
  }, 'primary');
  if (demoUrl) {
    tell();
  } else {
    fill(place, start);
  }
  return place;
}

/** A command for whoever sees this page: the intake is where the dashboard is, on its own port. */
function firstRecord(intakeUrl) {
  const url = new URL('/api/ingest', intakeUrl);
  url.hostname = location.hostname;
  return `curl ${url} -d '
  {"timestamp":"${new Date().toISOString()}","service":"checkout",
   "level":"INFO","message":"Order placed"}'`;
}

function recent(objects) {
  return table(
    [['When'], ['Object'], ['Size', 'number']],
    objects.slice(0, SHOWN_OBJECTS).map((object) =>
      row(
        [h('span', { class: 'nowrap', title: object.at }, ago(object.at)), 'nowrap'],
        [h('a', { class: 'mono', href: href('lake', [object.bucket, object.key]), title: object.key }, object.key), 'key'],
        [bytes(object.bytes), 'number nowrap'],
      ),
    ),
    'Objects delivered last',
  );
}
