// One trace: its spans as a waterfall, and the log lines that were written in them.

import { ApiError, lines } from '../api.js';
import { fill, h } from '../dom.js';
import { nanoseconds, plural, time } from '../format.js';
import * as live from '../live.js';
import { href } from '../router.js';
import { bucketOf, excerpt, level, parse } from '../signals.js';
import { badge, button, card, copyButton, empty, facts, fail, loading, pageHead, record, row, table } from '../ui.js';

const HOUR = 3_600_000;
const MOST = 5000;
const COLORS = 4;
const DRAW_MILLIS = 200;

export function show(place, { path: [id = ''], query, signal }) {
  const body = h('div', { class: 'stack' });
  fill(place, pageHead('Trace'), h('p', { class: 'back mono' }, id), body);
  if (!/^[0-9a-f]{32}$/i.test(id)) {
    fill(body, card('', empty('No trace id', 'A trace id has 32 hexadecimal digits. Log lines and spans that have one link to this page.')));
    return;
  }
  load(body, id, query.at, signal);
}

/** Looks around the time at which the trace is known to have been, or everywhere, and shows what is found as it comes. */
async function load(body, id, at, signal) {
  fill(body, card('', loading()));
  const around = at ? { near: at, from: new Date(Date.parse(at) - HOUR).toISOString(), to: new Date(Date.parse(at) + HOUR).toISOString() } : {};
  const found = { traces: [], logs: [] };
  const status = h('p', { class: 'small muted', role: 'status' });
  let drawn = 0;
  const draw = () => {
    drawn = Date.now();
    fill(body, waterfall(found.traces, found.logs), logLines(found.logs), status);
  };
  const find = (name) =>
    records(name, id, around, signal, (record) => {
      found[name].push(record);
      if (Date.now() - drawn > DRAW_MILLIS) {
        fill(status, at ? 'Looking further, in the hour before and after …' : 'Looking further …');
        draw();
      }
    });
  try {
    await Promise.all(Object.keys(found).map(find));
    if (found.traces.length + found.logs.length === 0) {
      fill(body, nothing(body, id, at, signal));
      return;
    }
    fill(status, at ? ['All of the hour before and after. ', wider(body, id, signal)] : '');
    draw();
  } catch (error) {
    if (!signal.aborted) {
      fail(body, error instanceof ApiError ? error : new ApiError(500, String(error)), () => load(body, id, at, signal));
    }
  }
}

/** Calls with each record of the trace, the nearest first. */
async function records(name, id, around, signal, each) {
  const bucket = await bucketOf(name, signal);
  if (!bucket) {
    return;
  }
  await lines('/api/logs/search', { bucket, text: id, limit: MOST, early: true, ...around }, signal, (line) => {
    if (line.type === 'failed') {
      throw new ApiError(502, line.detail);
    }
    const fields = line.type === 'record' ? parse(line.record.line) : {};
    if (fields.trace_id?.toLowerCase() === id.toLowerCase()) {
      each({ ...line.record, fields });
    }
  });
}

function nothing(body, id, at, signal) {
  return card('', empty('Nothing of this trace', `Spans and log lines are delivered some ${live.flushTime()} after they came.`, at ? wider(body, id, signal) : null));
}

function wider(body, id, signal) {
  return button('Search all time', () => load(body, id, undefined, signal));
}

function waterfall(spans, logs) {
  if (spans.length === 0) {
    return card('', empty('No spans', 'Only log lines name this trace: its spans were not sent here, or are not delivered yet.'));
  }
  const origin = spans.map((span) => span.fields.timestamp).sort((a, b) => since(a, b))[0];
  const all = spans.map((span) => {
    const start = since(span.fields.timestamp, origin);
    return { ...span, start, length: span.fields.duration_nanos ?? (span.fields.end_timestamp ? since(span.fields.end_timestamp, span.fields.timestamp) : 0) };
  });
  const end = Math.max(1, ...all.map((span) => span.start + span.length));
  const services = [...new Set(all.map((span) => span.service))].sort();
  const ordered = tree(all);
  const errors = all.filter((span) => span.fields.status_code === 'ERROR').length;
  return [
    card('', h('div', { class: 'body' }, facts([
      ['Began, UTC', time(origin)],
      ['Took', nanoseconds(end)],
      ['Spans', String(all.length)],
      ['Errors', errors ? badge(String(errors), 'bad') : '0'],
      ['Log lines', String(logs.length)],
      ['Services', h('span', { class: 'legend' }, services.map((name) => h('span', { class: `line-key line-${color(services, name)}` }, name)))],
    ]))),
    card(
      'Spans',
      h('div', { class: 'waterfall', role: 'list', 'aria-label': plural(all.length, 'span') }, ordered.map(({ span, depth }) => spanRow(span, depth, end, color(services, span.service), logs))),
    ),
  ];
}

function color(services, name) {
  return (services.indexOf(name) % COLORS) + 1;
}

/** Children below their parents, in the order in which they began. */
function tree(spans) {
  const ids = new Set(spans.map((span) => span.fields.span_id));
  const children = Map.groupBy ? Map.groupBy(spans, (span) => parentOf(span, ids)) : grouped(spans, ids);
  const ordered = [];
  const seen = new Set();
  const add = (parent, depth) =>
    (children.get(parent) ?? []).sort((a, b) => a.start - b.start).forEach((span) => {
      if (!seen.has(span)) {
        seen.add(span);
        ordered.push({ span, depth });
        add(span.fields.span_id, depth + 1);
      }
    });
  add('', 0);
  // Spans that are each other's parents belong nowhere.
  spans.filter((span) => !seen.has(span)).forEach((span) => ordered.push({ span, depth: 0 }));
  return ordered;
}

/** A span whose parent was not found stands at the top, as does one that shares the id of its other half. */
function parentOf(span, ids) {
  const parent = span.fields.parent_span_id ?? '';
  return parent !== span.fields.span_id && ids.has(parent) ? parent : '';
}

function grouped(spans, ids) {
  const groups = new Map();
  spans.forEach((span) => {
    const parent = parentOf(span, ids);
    groups.set(parent, [...(groups.get(parent) ?? []), span]);
  });
  return groups;
}

function spanRow(span, depth, end, hue, logs) {
  const own = logs.filter((line) => line.fields.span_id === span.fields.span_id);
  const bar = h('i', { class: `span-bar line-${hue}${span.fields.status_code === 'ERROR' ? ' bad' : ''}` });
  bar.style.left = `${(100 * span.start) / end}%`;
  bar.style.width = `${Math.max(0.3, (100 * span.length) / end)}%`;
  const name = h('span', { class: 'span-name', title: span.fields.name ?? '' }, span.fields.name ?? '(no name)');
  name.style.paddingLeft = `${Math.min(depth, 12)}em`;
  const details = h(
    'details',
    { class: 'span-row', role: 'listitem' },
    h(
      'summary',
      {},
      name,
      h('span', { class: 'service-name', title: span.service }, span.service),
      h('span', { class: 'span-track' }, bar),
      h('span', { class: 'number nowrap' }, nanoseconds(span.length)),
    ),
  );
  details.addEventListener(
    'toggle',
    () => details.append(h('div', { class: 'entry-body' }, own.length ? h('p', { class: 'small' }, `${plural(own.length, 'log line')} in this span, below.`) : null, record(span.line), h('div', { class: 'form' }, copyButton(span.line)))),
    { once: true },
  );
  return details;
}

function logLines(logs) {
  if (logs.length === 0) {
    return null;
  }
  const ordered = [...logs].sort((a, b) => since(a.time, b.time));
  return card(
    'Log lines',
    table(
      [['When, UTC'], ['Level'], ['Service'], ['Message']],
      ordered.map((line) => row([time(line.time), 'mono nowrap'], [level(line.fields)], [line.service], [h('a', { href: href('logs', [], { text: line.fields.trace_id, time: 'all' }) }, excerpt(line.fields, line.line).slice(0, 300))])),
      'Log lines of this trace',
    ),
  );
}

/** Nanoseconds from one time to another, which a Date does not have. */
function since(later, earlier) {
  const [seconds, nanos] = parts(later);
  const [from, fraction] = parts(earlier);
  return (seconds - from) * 1e9 + (nanos - fraction);
}

function parts(iso) {
  const fraction = /\.(\d+)/.exec(iso)?.[1] ?? '';
  return [Math.floor(Date.parse(iso) / 1000), Number(fraction.slice(0, 9).padEnd(9, '0'))];
}
