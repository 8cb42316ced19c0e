// The streams, and of one its shards, its records, its hot keys, and a form to put a record.

import { get } from '../api.js';
import { fill, h } from '../dom.js';
import { count, minute, percent, plural } from '../format.js';
import { href } from '../router.js';
import { badge, button, card, empty, facts, field, load, pageHead, row, select, table } from '../ui.js';
import { putForm } from './put-record.js';
import { recordBrowser } from './record-browser.js';
import { shardsOf } from './shards.js';

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
  fill(place, pageHead(stream), h('p', { class: 'back' }, h('a', { href: href('streams') }, '← All streams')), h('div', { class: 'stack' }, head, h('nav', { class: 'tabs', 'aria-label': 'Of this stream' }, tabs), body));
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
        [minute(stream.created), 'nowrap'],
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
    ['Created, UTC', minute(stream.created)],
  ]);
}

function shardTab(place, { stream, signal }) {
  const list = h('div');
  fill(place, card('', list));
  load(list, signal, () => shardsOf(stream, signal), (shards) =>
    table(
      [['Shard'], ['State'], ['Range of hashes'], ['Share', 'number'], ['Came from'], ['Became']],
      shards.map((shard) =>
        row(
          [h('a', { class: 'mono', href: href('streams', [stream, 'records'], { shard: shard.id }) }, shard.id)],
          [shard.open ? badge('open', 'good') : badge('closed')],
          [range(shard)],
          [percent(shard.share), 'number nowrap'],
          [names([shard.parent, shard.secondParent].filter(Boolean))],
          [names(shards.filter((other) => other.parent === shard.id || other.secondParent === shard.id).map((other) => other.id))],
        ),
      ),
      'Shards',
    ),
  );
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
    h('p', { class: 'muted small' }, `${plural(records, 'record')} with ${plural(distinctKeys, 'partition key')}${complete ? '' : '; the first of more'}. A shard takes 1,000 records or 1 MB a second, so no key should have more than its share.`),
    h('div', { class: 'columns' }, parts('Shards', shards, 1 / shards.length), parts('Most frequent keys', keys, 1 / shards.length)),
  ];
}

/** A bar, in the colour of a warning when it is far above what is fair. */
function share(value, fair) {
  const bar = h('i');
  bar.style.width = `${100 * value}%`;
  return h('span', { class: value > fair * 1.5 ? 'meter wide warn' : 'meter wide' }, bar);
}
