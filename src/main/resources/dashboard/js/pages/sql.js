// SQL over the lake: a query, what it finds as a table, as bars and as a file.

import { file, get, post, url } from '../api.js';
import { fill, h } from '../dom.js';
import { bytes, count, plural } from '../format.js';
import * as live from '../live.js';
import { tabs } from '../logs/tabs.js';
import { go, href, remember } from '../router.js';
import { card, empty, fail, field, load, loading, pageHead, row, select, table, toast } from '../ui.js';

const HOUR = 3_600_000;
const TIMES = [['0.25', 'last 15 minutes'], ['1', 'last hour'], ['6', 'last 6 hours'], ['24', 'last day'], ['168', 'last 7 days']];
const LAYERS = { raw: 'as delivered', batch: 'batch layer' };
const FILES = [['CSV', 'csv'], ['Parquet', 'parquet']];
const MOST_ROWS = 500;
const MOST_BARS = 60;
const EXAMPLES = [
  ['Records by service', 'SELECT service, count(*) AS records\nFROM logs\nGROUP BY service\nORDER BY records DESC'],
  ['Errors by minute', "SELECT date_trunc('minute', timestamp) AS minute, count(*) AS errors\nFROM logs\nWHERE level ILIKE 'err%'\nGROUP BY minute\nORDER BY minute"],
  ['By any field', "SELECT record->>'$.status' AS status, count(*) AS records\nFROM logs\nGROUP BY status\nORDER BY records DESC"],
  ['Slowest spans', 'SELECT service, name, count(*) AS spans, quantile_cont(duration_nanos, 0.95) / 1e6 AS p95_ms\nFROM traces\nGROUP BY service, name\nORDER BY p95_ms DESC\nLIMIT 20'],
  ['Failed traces with their logs', "SELECT t.trace_id, t.service, t.name, count(l.trace_id) AS lines, any_value(l.message) AS line\nFROM traces t LEFT JOIN logs l ON l.trace_id = t.trace_id\nWHERE t.status_code = 'ERROR'\nGROUP BY ALL\nORDER BY lines DESC\nLIMIT 50"],
  ['A metric', 'SELECT name, service, count(*) AS points, avg(value) AS mean\nFROM metrics\nGROUP BY name, service\nORDER BY points DESC'],
];

export function show(place, { query, signal }) {
  const body = h('div', { class: 'stack' });
  fill(place, pageHead('SQL'), h('div', { class: 'stack' }, tabs('sql'), body));
  load(body, signal, () => get('/api/sql', {}, signal), (known) => (known.available ? new Console(known, query, signal).element : card('', missing(known))));
}

function missing({ missing: how }) {
  const [text, command] = how.split(': ');
  return empty('SQL is not set up', `${text}. Then load this page again.`, h('pre', {}, command));
}

class Console {
  constructor({ layers, tables }, query, signal) {
    this.signal = signal;
    this.running = new AbortController();
    signal.addEventListener('abort', () => this.running.abort());
    this.fields = {
      sql: h('textarea', { name: 'sql', rows: '6', spellcheck: 'false', 'aria-label': 'Query', value: query.sql ?? EXAMPLES[0][1], onkeydown: (event) => this.onKey(event) }),
      time: select('time', TIMES, query.time ?? '1'),
      service: h('input', { name: 'service', placeholder: 'all services', autocomplete: 'off', value: query.service ?? '' }),
      layer: select('layer', layers.map((layer) => [layer, LAYERS[layer]]), query.layer ?? layers[0]),
    };
    this.submit = h('button', { class: 'button primary' }, 'Run');
    this.result = h('div', { class: 'stack', 'aria-live': 'polite' });
    this.element = [
      card(
        '',
        h(
          'form',
          { class: 'body stack', onsubmit: (event) => { event.preventDefault(); this.onSubmit(); } },
          this.fields.sql,
          h('div', { class: 'form' }, field('Time', this.fields.time), field('Service', this.fields.service, 'grow'), layers.length > 1 ? field('Objects', this.fields.layer) : null, this.submit, FILES.map(([title, as]) => h('button', { type: 'button', class: 'button', onclick: () => this.save(as) }, title))),
          h('p', { class: 'small muted' }, 'Examples: ', EXAMPLES.map(([title, sql], index) => [index ? ' · ' : '', h('a', { href: href('sql', [], { ...this.address(), sql }) }, title)])),
          h('details', { class: 'small' }, h('summary', {}, 'Tables'), h('dl', { class: 'pairs' }, tables.map(({ name, columns }) => [h('dt', { class: 'mono' }, name), h('dd', { class: 'mono' }, columns.join(', '))]))),
        ),
      ),
      this.result,
    ];
    if (query.sql) {
      this.run();
    }
  }

  address() {
    return { sql: this.fields.sql.value, time: this.fields.time.value, service: this.fields.service.value.trim(), layer: this.fields.layer.value };
  }

  onKey(event) {
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      this.onSubmit();
    }
  }

  onSubmit() {
    if (this.isRunning) {
      this.running.abort();
    } else if (href('sql', [], this.address()) === location.hash) {
      this.run();
    } else {
      go('sql', [], this.address());
    }
  }

  path(as) {
    const { time, service, layer } = this.address();
    return url('/api/sql', { from: new Date(Date.now() - time * HOUR).toISOString(), service, layer, as });
  }

  async run() {
    remember(this.address());
    fill(this.result, loading());
    await this.while(async (signal) => fill(this.result, found(await post(this.path('json'), { sql: this.fields.sql.value }, signal))));
  }

  async save(as) {
    await this.while(async (signal) => {
      const address = URL.createObjectURL(await file(this.path(as), { sql: this.fields.sql.value }, signal));
      h('a', { href: address, download: `query.${as}` }).click();
      setTimeout(() => URL.revokeObjectURL(address), 60_000);
    });
  }

  /** Whoever leaves the page or presses Stop ends the query where it runs. */
  async while(work) {
    this.running.abort();
    const running = new AbortController();
    this.running = running;
    this.isRunning = true;
    fill(this.submit, 'Stop');
    try {
      await work(running.signal);
    } catch (error) {
      if (!running.signal.aborted) {
        fail(this.result, error, () => this.run());
      } else if (!this.signal.aborted) {
        fill(this.result);
        toast('Stopped');
      }
    }
    if (this.running === running) {
      this.isRunning = false;
      fill(this.submit, 'Run');
    }
  }
}

function found({ columns, rows, complete, objects, bytes: read }) {
  const about = h('p', { class: 'small muted', role: 'status' }, `${plural(rows.length, 'row')}${complete ? '' : ', the first only'}${rows.length > MOST_ROWS ? `, ${MOST_ROWS} shown` : ''}, from ${plural(objects, 'object')} of ${bytes(read)}`);
  if (rows.length === 0) {
    return [about, card('', empty('No rows', `Nothing fits the query in that time. Records are delivered some ${live.flushTime()} after they came.`))];
  }
  const numeric = columns.map(({ type }) => /INT|DOUBLE|FLOAT|DECIMAL/.test(type));
  const cells = rows.slice(0, MOST_ROWS).map((each) => row(...columns.map(({ name }, index) => [text(each[name]), numeric[index] ? 'number' : 'mono found'])));
  return [about, bars(columns, numeric, rows), card('', table(columns.map(({ name, type }, index) => [name, numeric[index] ? 'number' : '', type]), cells, 'Rows'))];
}

/** The first numbers by the first texts or times, in the order of the rows. */
function bars(columns, numeric, rows) {
  const label = columns[numeric.indexOf(false)]?.name;
  const value = columns[numeric.indexOf(true)]?.name;
  const shown = rows.slice(0, MOST_BARS);
  const most = Math.max(...shown.map((each) => Number(each[value])));
  if (label === undefined || value === undefined || rows.length < 2 || !(most > 0)) {
    return null;
  }
  return card(`${value} by ${label}`, h('div', { class: 'body row-bars', role: 'img', 'aria-label': `${value} by ${label}, as in the table` }, shown.map((each) => {
    const bar = h('i');
    bar.style.width = `${Math.max(0, (100 * Number(each[value])) / most)}%`;
    return [h('span', { class: 'small mono' }, text(each[label])), h('span', {}, bar), h('span', { class: 'small number' }, count(Number(each[value])))];
  })));
}

function text(value) {
  return value === null || value === undefined ? '' : typeof value === 'object' ? JSON.stringify(value) : String(value);
}
