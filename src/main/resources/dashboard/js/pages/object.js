// One object: what is known of it and its lines.

import { get, objectPath } from '../api.js';
import { fill, h } from '../dom.js';
import { bytes, count, plural, time } from '../format.js';
import { href } from '../router.js';
import { button, card, copyButton, empty, facts, failed, load, pageHead, record } from '../ui.js';

const LINES = 100;

export function objectPage(place, bucket, key, query, signal) {
  const body = h('div', { class: 'stack' });
  const folder = key.slice(0, key.lastIndexOf('/') + 1);
  const download = h('a', { class: 'button', href: `${objectPath(bucket, key)}?download=true`, download: '' }, 'Download');
  const ask = (skip) => get(objectPath(bucket, key), { skip, limit: LINES }, signal);
  fill(
    place,
    pageHead(key.slice(folder.length), download),
    h('p', { class: 'back mono' }, '← ', h('a', { href: href('lake', [bucket], { tab: 'folders', prefix: folder }) }, `${bucket}/${folder}`)),
    body,
  );
  load(body, signal, () => ask(0), (first) => [about(first), card('Lines', lines(first, ask, signal))]);
}

function about(object) {
  const names = { records: 'Records', shard: 'Shard' };
  const metadata = Object.entries(object.metadata);
  return [
    facts([
      ['Size as stored', bytes(object.bytes)],
      ['Compression', object.compression],
      ...metadata.filter(([name]) => name === 'records').map(([name, value]) => [names[name], count(Number(value))]),
      ['Put, UTC', time(object.modified).slice(0, 19)],
    ]),
    metadata.length ? h('details', { class: 'card entry' }, h('summary', {}, 'Metadata'), h('dl', { class: 'body pairs mono' }, metadata.sort().map(([name, value]) => [h('dt', { class: 'muted' }, name), h('dd', {}, value)]))) : null,
  ];
}

function lines(first, ask, signal) {
  if (first.lines.length === 0) {
    return empty('The object is empty', 'All its records were copies of others. It keeps their place.');
  }
  const list = h('div', { class: 'records' });
  const foot = h('div', { class: 'body' });
  const add = (part) => {
    list.append(...part.lines.map((line, index) => entryOf(part.skipped + index + 1, line)));
    const shown = part.skipped + part.lines.length;
    fill(foot, h('p', { class: 'small muted' }, part.more ? `${plural(shown, 'line')} of more` : plural(shown, 'line')), part.more ? button('Show more', () => more(shown)) : null);
  };
  const more = async (skip) => {
    try {
      add(await ask(skip));
    } catch (error) {
      if (!signal.aborted) {
        fill(foot, failed(error, () => more(skip)));
      }
    }
  };
  add(first);
  return [list, foot];
}

function entryOf(number, line) {
  const details = h('details', { class: 'entry' }, h('summary', {}, h('span', { class: 'mono muted line-number' }, String(number)), h('span', { class: 'mono excerpt' }, line.text.slice(0, 400))));
  details.addEventListener(
    'toggle',
    () => details.append(h('div', { class: 'entry-body' }, line.cut ? h('p', { class: 'small muted' }, 'Only the beginning; download the object for all of it.') : null, record(line.text), h('div', { class: 'form' }, copyButton(line.text)))),
    { once: true },
  );
  return details;
}
