// Metrics: which there are, and one as a chart of its series.

import { ApiError, get, lines } from '../api.js';
import { Chart } from '../chart.js';
import { fill, h } from '../dom.js';
import { count, plural, value as shown } from '../format.js';
import * as live from '../live.js';
import { condition, has, isName, toggled } from '../logs/query.js';
import { go, href } from '../router.js';
import { attributes, bucketOf, parse, value } from '../signals.js';
import { card, empty, fail, field, loading, pageHead, row, select, table } from '../ui.js';

const HOUR = 3_600_000;
const MOST = 5000;
const DRAWN = 8;
const COLORS = 8;
const NAMED_SERVICES = 3;
const TIMES = [['1', 'last hour'], ['6', 'last 6 hours'], ['24', 'last day'], ['168', 'last 7 days']];

export function show(place, { query, signal }) {
  const inputs = {
    name: h('input', { type: 'search', name: 'name', placeholder: 'all metrics', value: query.name ?? '' }),
    service: h('input', { type: 'text', name: 'service', list: 'services', placeholder: 'all services', value: query.service ?? '' }),
    q: h('input', { type: 'search', name: 'q', placeholder: 'attributes.host:a', title: 'Fields of data points, as in Search', spellcheck: 'false', value: query.q ?? '' }),
    time: select('time', TIMES, query.time ?? '1'),
  };
  const services = h('datalist', { id: 'services' });
  const body = h('div', { class: 'stack' }, card('', loading()));
  const onsubmit = (event) => {
    event.preventDefault();
    go('metrics', [], Object.fromEntries(Object.entries(inputs).map(([name, input]) => [name, input.value.trim()])));
  };
  fill(
    place,
    pageHead('Metrics'),
    h('div', { class: 'stack' }, card('', h('form', { class: 'body form', onsubmit }, field('Name', inputs.name, 'grow'), field('Service', inputs.service), field('Labels', inputs.q, 'grow'), field('Time', inputs.time), h('button', { class: 'button primary' }, 'Show'), services)), body),
  );
  load(body, services, query, signal);
}

async function load(body, services, query, signal) {
  const { name = '', service = '', q = '', time = '1' } = query;
  try {
    const bucket = await bucketOf('metrics', signal);
    if (!bucket) {
      fill(body, card('', empty('Metrics are not taken', 'METRICS_STREAM_NAME or METRICS_BUCKET is off.')));
      return;
    }
    suggest(services, bucket, signal);
    const from = new Date(Date.now() - Number(time) * HOUR).toISOString();
    const { points, more } = await find({ bucket, service, from, query: q, text: name && `"name":${JSON.stringify(name)}` }, name, signal);
    if (points.length === 0) {
      fill(body, card('', empty('No data points', `Choose a longer time, or leave a condition out. Points are delivered some ${live.flushTime()} after they came.`)));
    } else {
      fill(body, name ? chartOf(points, more, query, signal) : names(points, more, { service, q, time }));
    }
  } catch (error) {
    if (!signal.aborted) {
      fail(body, error instanceof ApiError ? error : new ApiError(500, String(error)), () => load(body, services, query, signal));
    }
  }
}

async function suggest(services, bucket, signal) {
  const found = await get(`/api/s3/bucket/${encodeURIComponent(bucket)}/services`, {}, signal).catch(() => null);
  services.append(...(found?.items ?? []).map((name) => h('option', { value: name })));
}

/** The newest data points. */
async function find(query, name, signal) {
  const points = [];
  let more = false;
  await lines('/api/logs/search', { ...query, limit: MOST }, signal, (line) => {
    if (line.type === 'failed') {
      throw new ApiError(502, line.detail);
    }
    more ||= line.type === 'done' && line.reached !== 'end';
    const fields = line.type === 'record' ? parse(line.record.line) : {};
    if (fields.name && (!name || fields.name === name)) {
      points.push({ at: Date.parse(line.record.time) / 1000, service: line.record.service, fields });
    }
  });
  return { points, more };
}

function names(points, more, query) {
  const all = new Map();
  points.forEach(({ fields, service }) => {
    const known = all.get(fields.name) ?? { name: fields.name, type: fields.type ?? '', unit: fields.unit ?? '', description: fields.description ?? '', points: 0, services: new Set() };
    known.points++;
    known.services.add(service);
    all.set(fields.name, known);
  });
  return card(
    `${plural(all.size, 'metric')}${more ? `, among the latest ${count(points.length)} data points` : ''}`,
    table(
      [['Name'], ['Type'], ['Unit'], ['Services'], ['Points', 'number']],
      [...all.values()].sort((a, b) => a.name.localeCompare(b.name)).map((metric) =>
        row(
          [[h('a', { class: 'mono', href: href('metrics', [], { ...query, name: metric.name }) }, metric.name), metric.description ? h('div', { class: 'small muted' }, metric.description) : null], 'wide'],
          [metric.type.replace('_', ' '), 'nowrap'],
          [unitOf(metric.unit), 'nowrap'],
          [some([...metric.services].sort())],
          [count(metric.points), 'number'],
        ),
      ),
      'Metrics',
    ),
  );
}

/** The first of them, and how many more. */
function some(names) {
  const rest = names.length - NAMED_SERVICES;
  return h('span', { title: names.join(', ') }, names.slice(0, NAMED_SERVICES).join(', '), rest > 0 ? ` and ${count(rest)} more` : '');
}

/** As people write it: `1` is none, and what UCUM has in braces is a word. */
function unitOf(unit = '') {
  return unit === '1' ? '' : unit.replace(/[{}]/g, '');
}

function chartOf(points, more, query, signal) {
  const { type, unit, description, monotonic, temporality } = points[0].fields;
  const rising = type === 'sum' && monotonic && temporality === 'cumulative';
  const series = seriesOf(points, rising);
  const drawn = series.slice(0, DRAWN);
  const chart = new PointChart(
    `${points[0].fields.name}${rising ? ', a second' : type?.includes('histogram') || type === 'summary' ? ', mean' : ''}${unitOf(unit) ? ` (${unitOf(unit)})` : ''}`,
    drawn.map((one, index) => ({ key: one.key, label: one.label || 'value', color: (index % COLORS) + 1 })),
    shown,
    signal,
  );
  const times = [...new Set(drawn.flatMap((one) => one.values.map(([at]) => at)))].sort((a, b) => a - b);
  chart.show({
    times,
    series: Object.fromEntries(drawn.map((one) => {
      const values = new Map(one.values);
      return [one.key, times.map((at) => values.get(at) ?? null)];
    })),
  });
  return [
    h('p', { class: 'muted small' }, `${description ?? ''} ${plural(series.length, 'series', 'series')} of ${count(points.length)} data points${more ? ', the latest of more' : ''}${series.length > DRAWN ? `; the ${DRAWN} with most points are drawn, a label chooses` : ''}.`),
    chart.element,
    card('Series', table([['Service'], ['Attributes'], ['Points', 'number'], [`Latest${unitOf(unit) ? `, ${unitOf(unit)}` : ''}`, 'number']], series.map((one) => row([one.service], [labels(one, query), 'mono key'], [count(one.points), 'number'], [typeof one.latest === 'number' ? shown(one.latest) : String(one.latest ?? '–'), 'number nowrap'])), 'Series')),
  ];
}

/** Each of a series' attributes, to see only the series that have it, or all again. */
function labels({ fields }, query) {
  return Object.entries(fields.attributes ?? {}).flatMap(([name, of], index) => {
    const field = `attributes.${name}`;
    const value = typeof of === 'string' ? of : JSON.stringify(of);
    const one = condition(field, value);
    const chosen = has(query.q ?? '', one);
    const shown = `${name}=${value}`;
    return [
      index ? ', ' : '',
      isName(field) ? h('a', { href: href('metrics', [], { ...query, q: toggled(query.q ?? '', one) }), title: chosen ? 'Whatever it is' : 'Only these', 'aria-current': chosen ? 'true' : null }, shown) : shown,
    ];
  });
}

/** By service and attributes, those with most points first. */
function seriesOf(points, rising) {
  const all = new Map();
  [...points].sort((a, b) => a.at - b.at).forEach((point) => {
    const text = attributes(point.fields);
    const key = `${point.service} ${text}`;
    const one = all.get(key) ?? { key, service: point.service, fields: point.fields, label: text || point.service, points: 0, values: [], before: undefined };
    const now = value(point.fields);
    one.points++;
    one.latest = now;
    if (typeof now === 'number') {
      if (!rising) {
        one.values.push([point.at, now]);
      } else if (one.before && point.at > one.before.at) {
        // A counter that fell was reset, and has counted from zero since.
        one.values.push([point.at, (now >= one.before.now ? now - one.before.now : now) / (point.at - one.before.at)]);
      }
      one.before = { at: point.at, now };
    }
    all.set(key, one);
  });
  return [...all.values()].sort((a, b) => b.points - a.points);
}

/** From the first point to the last, whatever their values; lines go on where a series has none. */
class PointChart extends Chart {
  spanGaps = true;

  range() {
    const { times } = this.columns;
    return [times[0] ?? 0, Math.max((times[0] ?? 0) + 1, times.at(-1) ?? 1)];
  }

  heights(low, high) {
    const top = Math.max(0, high ?? 1);
    const bottom = Math.min(0, low ?? 0);
    return top === bottom ? [0, 1] : [bottom * 1.08, top * 1.08];
  }
}
