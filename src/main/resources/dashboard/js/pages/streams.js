// The streams, and of one its shards, its records, its hot keys, and a form to put a record.

import { get } from '../api.js';
import { fill, h } from '../dom.js';
import { bytes, clock, count, duration, minute, percent, plural, rate } from '../format.js';
import * as live from '../live.js';
import { go, href } from '../router.js';
import { badge, button, card, empty, facts, field, load, pageHead, row, select, table } from '../ui.js';
import { putForm } from './put-record.js';
import { recordBrowser } from './record-browser.js';
import { shardsOf } from './shards.js';

const MINUTE = 60;

/** What a shard takes in a second, as Kinesis says. */
const RECORDS_PER_SECOND = 1000;
const BYTES_PER_SECOND = 1 << 20;

/** A share of that from which on one should look. */
const NEARLY_FULL = 0.8;

const TABS = [['shards', 'Shards', shardTab], ['records', 'Records', recordBrowser], ['keys', 'Hot keys', keyTab], ['put', 'Put a record', putForm]];

export function show(place, { path: [stream, tab = 'shards'], query, signal }) {
  if (!stream) {
    const list = h('div');
    fill(place, pageHead('Streams'), card('', list));
    load(list, signal, () => streams(signal), streamTable);
    return;
  }
  const head = h('div');
  const body = h('div', { class: 'stack' });
  const tabs = TABS.map(([name, title]) => h('a', { href: href('streams', [stream, name]), 'aria-current': name === tab ? 'page' : null }, title));
  fill(place, pageHead(stream), h('p', { class: 'back' }, h('a', { href: href('streams') }, '← All streams')), h('div', { class: 'stack' }, head, finder(stream), h('nav', { class: 'tabs', 'aria-label': 'Of this stream' }, tabs), body));
  load(head, signal, () => get(`/api/kinesis/stream/${encodeURIComponent(stream)}`, {}, signal), streamFacts);
  const [, , showTab] = TABS.find(([name]) => name === tab) ?? TABS[0];
  showTab(body, { stream, query, signal });
}

async function streams(signal) {
  const all = [];
  let page;
  do {
    const part = await get('/api/kinesis/streams', { page }, signal);
    all.push(...part.items);
    page = part.next;
  } while (page && all.length < 500);
  return all;
}

function streamTable(all) {
  if (all.length === 0) {
    return empty('There is no stream', 'With CREATE_RESOURCES=true the app creates its own when it starts.');
  }
  return table(
    [['Stream'], ['Status'], ['Open shards', 'number'], ['Mode'], ['Retention', 'number'], ['Encryption'], ['Created, UTC']],
    all.map((stream) =>
      row(
        [[h('a', { href: href('streams', [stream.name]) }, stream.name), ' ', stream.signal ? badge(stream.signal, 'accent') : null]],
        [status(stream)],
        [count(stream.openShards), 'number'],
        [stream.mode.toLowerCase().replace('_', ' ')],
        [`${stream.retentionHours} h`, 'number'],
        [stream.encryption === 'NONE' ? 'none' : stream.encryption],
        [stream.created ? minute(stream.created) : '', 'nowrap'],
      ),
    ),
    'Streams',
  );
}

function status(stream) {
  return badge(stream.status.toLowerCase(), stream.status === 'ACTIVE' ? 'good' : 'warn');
}

function streamFacts(stream) {
  return facts([
    ['Status', status(stream)],
    ['Open shards', count(stream.openShards)],
    ['Mode', stream.mode.toLowerCase().replace('_', ' ')],
    ['Retention', `${stream.retentionHours} hours`],
    ['Encryption', stream.encryption === 'NONE' ? 'none' : stream.encryption],
    ['Created, UTC', stream.created ? minute(stream.created) : 'not known'],
  ]);
}

/** From anywhere to a record, by what one knows of it. */
function finder(stream) {
  const text = h('input', { type: 'search', name: 'find', placeholder: 'id, sequence number or text', 'aria-label': 'Find a record' });
  const onsubmit = (event) => {
    event.preventDefault();
    go('streams', [stream, 'records'], { from: 'TRIM_HORIZON', text: text.value.trim() });
  };
  return h('form', { class: 'form', onsubmit }, h('div', { class: 'field grow' }, text), h('button', { class: 'button' }, 'Find'));
}

/** The shards, with what came to them in the last minute and how far each is delivered, which goes on. */
function shardTab(place, { stream, signal }) {
  const list = h('div');
  const traffic = h('p', { class: 'small muted', role: 'status' }, 'Reading the last minute …');
  fill(place, card('', list), traffic);
  load(list, signal, () => shardsOf(stream, signal), (shards) => {
    const rows = shards.map((shard) => new ShardRow(shard, stream));
    const closed = shards.some((shard) => !shard.open);
    const delivered = ({ app, shards: states }) => {
      const of = app.signals.find((each) => each.stream === stream)?.signal;
      rows.forEach((each) => each.delivered(states.find((state) => state.signal === of && state.shard === each.shard.id), Date.now()));
    };
    live.on('summary', delivered, signal);
    if (live.last.summary) {
      delivered(live.last.summary);
    }
    measure(stream, signal, rows, traffic);
    return table(
      [['Shard'], ['State'], ['Records/s', 'number'], ['Bytes/s', 'number'], ['Of what it takes'], ['Oldest undelivered', 'number'], ['Delivered up to, UTC', 'number'], ['Range of hashes'], ['Share', 'number'], ...(closed ? [['Came from'], ['Became']] : [])],
      rows.map((each) => each.element(closed ? [
        [names([each.shard.parent, each.shard.secondParent].filter(Boolean))],
        [names(shards.filter((other) => other.parent === each.shard.id || other.secondParent === each.shard.id).map((other) => other.id))],
      ] : [])),
      'Shards',
    );
  });
}

class ShardRow {
  constructor(shard, stream) {
    this.shard = shard;
    this.stream = stream;
    this.records = h('span', {}, '–');
    this.bytes = h('span', {}, '–');
    this.full = h('span', {}, '–');
    this.lag = h('span', {}, '–');
    this.upTo = h('span', {}, '–');
  }

  element(family) {
    const { id, open, share: part } = this.shard;
    return row(
      [h('a', { class: 'mono', href: href('streams', [this.stream, 'records'], { shard: id }) }, id)],
      [open ? badge('open', 'good') : badge('closed')],
      [this.records, 'number'],
      [this.bytes, 'number nowrap'],
      [this.full],
      [this.lag, 'number nowrap'],
      [this.upTo, 'number nowrap'],
      [range(this.shard)],
      [percent(part), 'number nowrap'],
      ...family,
    );
  }

  /** What this process knows of its delivery; nothing where another delivers it. */
  delivered(state, now) {
    fill(this.lag, state ? (state.blockedSeconds > 15 ? badge(`stuck for ${duration(state.blockedSeconds)}`, 'bad') : duration(state.lagSeconds)) : '–');
    fill(this.upTo, state ? clock(new Date(now - 1000 * state.lagSeconds).toISOString()) : '–');
  }

  /** What came within a minute. */
  came({ records, bytes: size }) {
    const used = Math.max(records / MINUTE / RECORDS_PER_SECOND, size / MINUTE / BYTES_PER_SECOND);
    fill(this.records, rate(records / MINUTE));
    fill(this.bytes, bytes(size / MINUTE));
    fill(this.full, h('span', { class: 'share-of' }, meter(Math.min(1, used), used > NEARLY_FULL), percent(used)));
  }
}

/** Reads the last minute of each open shard once: the reads are those that delivery needs too. */
async function measure(stream, signal, rows, about) {
  try {
    const { shards, complete } = await get(`/api/kinesis/stream/${encodeURIComponent(stream)}/keys`, { minutes: 1 }, signal);
    rows.forEach((each) => each.shard.open && each.came(shards.find(({ name }) => name === each.shard.id) ?? { records: 0, bytes: 0 }));
    const throttled = live.last.summary?.totals.throttledRecords;
    fill(about, `Rates are of the last minute${complete ? '' : ', at least; more came than was read'}. A shard takes 1,000 records and 1 MB a second and refuses what is beyond; ${throttled === undefined ? '' : `${plural(throttled, 'record')} of this process had to wait for that since it started`}.`);
  } catch (failure) {
    if (!signal.aborted) {
      fill(about, `The rates could not be read: ${failure.message}`);
    }
  }
}

function range(shard) {
  const bar = h('i');
  bar.style.marginLeft = `${100 * start(shard.firstHash)}%`;
  bar.style.width = `${Math.max(0.5, 100 * shard.share)}%`;
  return h('span', { class: shard.open ? 'range' : 'range closed', title: `${shard.firstHash} to ${shard.lastHash}` }, bar);
}

/** Where of all hashes this one is, 0 to 1. */
function start(hash) {
  return Number(BigInt(hash) >> 108n) / 2 ** 20;
}

function names(ids) {
  return ids.length ? h('span', { class: 'mono' }, ids.join(', ')) : h('span', { class: 'muted' }, '–');
}

function keyTab(place, { stream, query, signal }) {
  const result = h('div', { class: 'stack' });
  const minutes = select('minutes', [['1', 'last minute'], ['5', 'last 5 minutes'], ['15', 'last 15 minutes'], ['60', 'last hour']], query.minutes ?? '5');
  const measure = () => {
    fill(result);
    load(result, signal, () => get(`/api/kinesis/stream/${encodeURIComponent(stream)}/keys`, { minutes: minutes.value }, signal), skew);
  };
  minutes.addEventListener('change', measure);
  fill(place, card('', h('div', { class: 'body form' }, field('Records of the', minutes), button('Measure again', measure))), result);
  measure();
}

function skew({ complete, records, distinctKeys, shards, keys }) {
  if (records === 0) {
    return card('', empty('No records in that time', 'Choose a longer time, or put a record.'));
  }
  const parts = (title, all, fair) =>
    card(
      title,
      table(
        [['Name'], ['Records', 'number'], ['Share', 'number'], ['']],
        all.map((part) => row([h('span', { class: 'mono', title: part.name }, part.name), 'key'], [count(part.records), 'number'], [percent(part.share), 'number nowrap'], [share(part.share, fair)])),
        title,
      ),
    );
  return [
    h('p', { class: 'muted small' }, `${plural(records, 'record')} with ${plural(distinctKeys, 'partition key')}${complete ? '' : ', some of more from all of that time'}. A shard takes 1,000 records or 1 MB a second, so no key should have more than its share.`),
    h('div', { class: 'columns' }, parts('Shards', shards, 1 / shards.length), parts('Most frequent keys', keys, 1 / shards.length)),
  ];
}

function share(value, fair) {
  return meter(value, value > fair * 1.5);
}

/** A bar, in the colour of a warning when it is too long. */
function meter(value, tooLong) {
  const bar = h('i');
  bar.style.width = `${100 * value}%`;
  return h('span', { class: tooLong ? 'meter wide warn' : 'meter wide' }, bar);
}
