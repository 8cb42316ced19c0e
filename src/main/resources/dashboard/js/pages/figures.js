// Figures: how many records and errors, how long things take, by service, beside an earlier time.

import { get, url } from '../api.js';
import { Chart } from '../chart.js';
import { fill, h } from '../dom.js';
import { bytes, count, percent, plural, rate, value } from '../format.js';
import { condition } from '../logs/query.js';
import { go, href } from '../router.js';
import { card, empty, field, load, pageHead, row, select, table } from '../ui.js';

const HOUR = 3_600_000;
const SIGNALS = [['logs', 'logs'], ['traces', 'spans'], ['metrics', 'metrics']];
const TIMES = [['1', 'last hour'], ['6', 'last 6 hours'], ['24', 'last day'], ['168', 'last 7 days']];
const BEFORE = [['', 'nothing'], ['24', 'yesterday'], ['168', 'last week']];

export function show(place, { query, signal }) {
  const inputs = {
    signal: select('signal', SIGNALS, query.signal ?? 'logs'),
    service: h('input', { type: 'text', name: 'service', placeholder: 'all services', value: query.service ?? '' }),
    time: select('time', TIMES, query.time ?? '1'),
    before: select('before', BEFORE, query.before ?? ''),
  };
  const chosen = () => Object.fromEntries(Object.entries(inputs).map(([name, input]) => [name, input.value.trim()]));
  const result = h('div', { class: 'stack' });
  const onsubmit = (event) => {
    event.preventDefault();
    go('figures', [], chosen());
  };
  fill(
    place,
    pageHead('Figures'),
    h('div', { class: 'stack' }, card('', h('form', { class: 'body form', onsubmit }, field('Signal', inputs.signal), field('Service', inputs.service, 'grow'), field('Time', inputs.time), field('Beside', inputs.before), h('button', { class: 'button primary' }, 'Show'))), result),
  );
  const wanted = { ...chosen(), series: query.series ?? '' };
  load(result, signal, () => ask(wanted, signal), (figures) => shown(figures, wanted, signal));
}

/** The time that is shown, and the one it is compared with. */
async function ask({ signal: kind, service, series, time, before }, signal) {
  const to = Date.now();
  const of = (back) => ({ signal: kind, service, series, from: iso(to - time * HOUR - back), to: iso(to - back) });
  const [now, then] = await Promise.all([get('/api/figures', of(0), signal), before ? get('/api/figures', of(before * HOUR), signal) : null]);
  return { now, then, csv: url('/api/figures', { ...of(0), as: 'csv' }) };
}

function iso(time) {
  return new Date(time).toISOString();
}

function shown({ now, then, csv }, query, signal) {
  if (!now.counting) {
    return card('', empty('Nothing is counted', 'Name a database in SPEED_JDBC_URL; beside the embedded cloud one is there unless that is off.'));
  }
  if (now.parts.length === 0) {
    return card('', empty('Nothing was counted in that time', 'Choose a longer time, or another service. Figures show some seconds after records came.'));
  }
  const of = (name, column, label, color) => [
    { key: column, label, color, values: now.columns[column] },
    then && { key: `${column} before`, label: `${label} ${name}`, color: color + 1, values: then.columns[column] },
  ].filter(Boolean);
  const name = BEFORE.find(([hours]) => hours === query.before)[1];
  const charts = query.signal === 'metrics'
    ? [chart('Data points a second', of(name, 'records', 'points', 1), rate, now, signal), query.series && chart(query.series, [...of(name, 'mean', 'mean', 1), ...of(name, 'smallest', 'smallest', 3), ...of(name, 'largest', 'largest', 5)], value, now, signal)]
    : [
        chart('Records a second', of(name, 'records', 'records', 1), rate, now, signal),
        chart('Errors a second', of(name, 'errors', 'errors', 4), rate, now, signal),
        chart('Milliseconds', [...of(name, 'p50', 'p50', 1), ...of(name, 'p95', 'p95', 3), ...of(name, 'p99', 'p99', 5)], value, now, signal),
      ];
  return [charts.filter(Boolean), parts(now, query, csv)];
}

function chart(title, lines, format, { times, stepSeconds }, signal) {
  const drawn = new SpanChart(title, lines, format, signal);
  // The last step has only begun.
  const whole = times.filter((at) => at + stepSeconds <= Date.now() / 1000);
  drawn.show({ times: whole, series: Object.fromEntries(lines.map((line) => [line.key, whole.map((_, index) => line.values[index] ?? null)])) });
  return drawn.element;
}

function parts(now, query, csv) {
  const inside = query.service !== '';
  const metrics = query.signal === 'metrics';
  const share = ({ name, errors, records }) => {
    const text = percent(errors / records);
    const known = errors > 0 && name !== '' && !inside && query.signal === 'logs';
    return known ? h('a', { href: href('logs', [], { q: `${condition('service', name)} level:>=error`, time: query.time }) }, text) : text;
  };
  const link = ({ name }) => name === '' ? 'All others' : h('a', { href: href('figures', [], inside ? { ...query, series: name } : { ...query, service: name }) }, name);
  const title = inside ? `${plural(now.parts.length, 'series', 'series')} of ${query.service}` : plural(now.parts.length, 'service');
  return card(
    now.others ? `The largest ${title}` : title,
    table(
      [[inside ? 'Series' : 'Service'], ['Records', 'number'], ['Bytes', 'number'], ...(metrics ? [['Mean', 'number'], ['Smallest', 'number'], ['Largest', 'number']] : [['Errors', 'number'], ['Traces', 'number'], ['p50 ms', 'number'], ['p95 ms', 'number'], ['p99 ms', 'number']])],
      [...now.parts, now.others].filter(Boolean).map((part) =>
        row(
          [link(part), inside && metrics ? 'mono key' : ''],
          [count(part.records), 'number'],
          [bytes(part.bytes), 'number'],
          ...(metrics ? ['mean', 'smallest', 'largest'] : []).map((name) => [number(part[name]), 'number']),
          ...(metrics ? [] : [[share(part), 'number'], [count(part.traces), 'number'], ...['p50', 'p95', 'p99'].map((name) => [number(part[name]), 'number'])]),
        ),
      ),
      'Figures',
    ),
    h('a', { class: 'button slim', href: csv, download: '' }, 'CSV'),
  );
}

function number(figure) {
  return typeof figure === 'number' ? value(figure) : '–';
}

/** All of the time that was asked for. */
class SpanChart extends Chart {
  range() {
    const { times } = this.columns;
    return [times[0] ?? 0, Math.max((times[0] ?? 0) + 1, times.at(-1) ?? 1)];
  }

  heights(low, high) {
    return [Math.min(0, low ?? 0) * 1.08, (high > 0 ? high : 1) * 1.08];
  }
}
