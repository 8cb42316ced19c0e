// A bucket as folders and objects, a page at a time.

import { get } from '../api.js';
import { fill, h } from '../dom.js';
import { bytes, time } from '../format.js';
import { href } from '../router.js';
import { button, card, empty, failed, load, row, table } from '../ui.js';

export function folderTab(place, bucket, { prefix = '' }, signal) {
  const list = h('div');
  const ask = (page) => get(`/api/s3/bucket/${encodeURIComponent(bucket)}/objects`, { prefix, limit: 200, page }, signal);
  fill(place, card('', [h('div', { class: 'body' }, crumbs(bucket, prefix)), list]));
  load(list, signal, () => ask(), (first) => listing(bucket, prefix, first, ask, signal));
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
    return empty('Nothing here', prefix ? 'No key begins with this folder any more.' : 'The bucket has no object yet. The first is written a minute after the first record.');
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
  return [all, foot];
}
