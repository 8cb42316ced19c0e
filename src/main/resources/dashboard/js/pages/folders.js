// A bucket as folders and objects, a page at a time.

import { get, url } from '../api.js';
import { fill, h } from '../dom.js';
import { bytes, time } from '../format.js';
import * as live from '../live.js';
import { condition } from '../logs/query.js';
import { href, remember } from '../router.js';
import { button, card, empty, failed, field, load, row, select, table } from '../ui.js';

const HOUR = 3_600_000;

const ORDERS = [['', 'by name'], ['newest', 'newest first'], ['largest', 'largest first']];

/** Of a key that is a partition: service, year, month, day and hour. */
const PARTITION = /^service=([^/]+)\/year=(\d{4})\/month=(\d{2})\/day=(\d{2})\/hour=(\d{2})\/$/;

export function folderTab(place, bucket, { prefix = '', order = '', contains = '' }, signal) {
  const list = h('div');
  const path = `/api/s3/bucket/${encodeURIComponent(bucket)}/objects`;
  const inputs = { order: select('order', ORDERS, order, () => show()), contains: h('input', { type: 'search', name: 'part', placeholder: 'part of a name', value: contains }) };
  const filter = () => ({ order: inputs.order.value, contains: inputs.contains.value.trim() });
  const ask = (page) => get(path, { prefix, ...filter(), limit: 200, page }, signal);
  const show = () => {
    remember({ tab: 'folders', prefix, ...filter() });
    fill(list);
    load(list, signal, () => ask(), (first) => listing(bucket, prefix, first, ask, signal));
  };
  fill(
    place,
    card('', [
      h('form', { class: 'body form', onsubmit: (event) => { event.preventDefault(); show(); } }, h('div', { class: 'field grow' }, crumbs(bucket, prefix), hour(bucket, prefix)), field('Names with', inputs.contains), field('Order', inputs.order)),
      list,
    ]),
  );
  show();
}

/** What one may want of an hour of a service. */
function hour(bucket, prefix) {
  const [, service, year, month, day, at] = PARTITION.exec(prefix) ?? [];
  if (!service) {
    return null;
  }
  const name = decoded(service);
  const from = `${year}-${month}-${day}T${at}:00:00Z`;
  const to = new Date(Date.parse(from) + HOUR).toISOString();
  const place = live.last.summary?.app.signals.find((each) => each.bucket === bucket);
  const download = (as, label) => h('a', { class: 'button slim', href: url(`/api/s3/bucket/${encodeURIComponent(bucket)}/download`, { service: name, from, to: new Date(Date.parse(to) - 1).toISOString(), as }), download: '' }, label);
  return h(
    'div',
    { class: 'form' },
    place ? h('a', { class: 'button slim', href: href('logs', [], { signal: place.signal === 'logs' ? '' : place.signal, q: condition('service', name), time: 'custom', from, to }) }, 'Search this hour') : null,
    download('zip', 'Download as zip'),
    download('lines', 'Download lines'),
  );
}

function decoded(part) {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

function crumbs(bucket, prefix) {
  const parts = prefix.split('/').filter(Boolean);
  const link = (name, to) => h('a', { href: href('lake', [bucket], { tab: 'folders', prefix: to }) }, name);
  return h(
    'nav',
    { class: 'crumbs mono', 'aria-label': 'Folders above' },
    link(bucket, ''),
    parts.map((part, index) => [' / ', index === parts.length - 1 ? part : link(part, `${parts.slice(0, index + 1).join('/')}/`)]),
  );
}

function listing(bucket, prefix, first, ask, signal) {
  if (first.folders.length + first.items.length === 0) {
    return empty('Nothing here', prefix ? 'No key begins with this folder any more.' : `The bucket has no object yet. The first is written ${live.flushTime()} after the first record.`);
  }
  const rows = (part) => [
    part.folders.map((folder) => row([h('a', { class: 'mono', href: href('lake', [bucket], { tab: 'folders', prefix: folder }) }, folder.slice(prefix.length)), 'key'], [''], [''])),
    part.items.map((object) => row([h('a', { class: 'mono', href: href('lake', [bucket, object.key]), title: object.key }, object.key.slice(prefix.length)), 'key'], [bytes(object.bytes), 'number nowrap'], [time(object.modified).slice(0, 19), 'nowrap'])),
  ];
  const all = table([['Name'], ['Size', 'number'], ['Put, UTC']], rows(first).flat(), 'Folders and objects');
  const foot = h('div', { class: 'body' });
  const offer = (next) => fill(foot, next ? button('Show more', () => more(next)) : null);
  const more = async (next) => {
    try {
      const part = await ask(next);
      all.querySelector('tbody').append(...rows(part).flat());
      offer(part.next);
    } catch (error) {
      if (!signal.aborted) {
        fill(foot, failed(error, () => more(next)));
      }
    }
  };
  offer(first.next);
  return [all, first.complete ? null : h('p', { class: 'body small muted' }, 'There is more here than can be put in order: go into a folder.'), foot];
}
