// The buckets: partitions by service, day and hour, folders, and objects.

import { get } from '../api.js';
import { fill, h } from '../dom.js';
import { minute } from '../format.js';
import { href } from '../router.js';
import { badge, card, empty, load, pageHead, row, table } from '../ui.js';
import { folderTab } from './folders.js';
import { objectPage } from './object.js';
import { partitionTab } from './partitions.js';

const TABS = [['', 'Partitions', partitionTab], ['folders', 'Folders', folderTab]];

export function show(place, { path: [bucket, key], query, signal }) {
  if (!bucket) {
    const list = h('div');
    fill(place, pageHead('Lake', h('a', { class: 'button', href: href('audit') }, 'Audit')), card('', list));
    load(list, signal, () => get('/api/s3/buckets', {}, signal), ({ items }) => bucketTable(items));
    return;
  }
  if (key) {
    objectPage(place, bucket, key, query, signal);
    return;
  }
  const tab = query.tab ?? '';
  const tabs = TABS.map(([name, title]) => h('a', { href: href('lake', [bucket], { tab: name }), 'aria-current': name === tab ? 'page' : null }, title));
  const body = h('div', { class: 'stack' });
  fill(place, pageHead(bucket), h('p', { class: 'back' }, h('a', { href: href('lake') }, '← All buckets')), h('div', { class: 'stack' }, h('nav', { class: 'tabs', 'aria-label': 'Of this bucket' }, tabs), body));
  const [, , showTab] = TABS.find(([name]) => name === tab) ?? TABS[0];
  showTab(body, bucket, query, signal);
}

function bucketTable(buckets) {
  if (buckets.length === 0) {
    return empty('There is no bucket', 'With CREATE_RESOURCES=true the app creates its own when it starts.');
  }
  const uses = { logs: ['logs are delivered here', 'accent'], metrics: ['metrics are delivered here', 'accent'], traces: ['traces are delivered here', 'accent'], 'batch-logs': ['logs are delivered here as Parquet', 'accent'], 'batch-metrics': ['metrics are delivered here as Parquet', 'accent'], 'batch-traces': ['traces are delivered here as Parquet', 'accent'], state: ['what is delivered so far', ''] };
  return table(
    [['Bucket'], ['Use'], ['Created, UTC']],
    buckets.map((bucket) =>
      row(
        [h('a', { href: href('lake', [bucket.name], { tab: ['state', 'other'].includes(bucket.use) ? 'folders' : '' }) }, bucket.name)],
        [uses[bucket.use] ? badge(...uses[bucket.use]) : ''],
        [bucket.created ? minute(bucket.created) : '', 'nowrap'],
      ),
    ),
    'Buckets',
  );
}
