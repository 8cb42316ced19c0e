// The lake by service, day and hour, and what is odd about it.

import { get } from '../api.js';
import { fill, h } from '../dom.js';
import { ago, bytes, count, minute, percent, plural } from '../format.js';
import * as live from '../live.js';
import { condition } from '../logs/query.js';
import { href, remember } from '../router.js';
import { places } from '../signals.js';
import { button, card, empty, facts, failed, field, load } from '../ui.js';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/** What is longer has a column for each day. */
const MOST_HOURS = 8 * 24;
const FIRST_SERVICES = 50;

export function partitionTab(place, bucket, query, signal) {
  const service = h('select', { name: 'service' }, h('option', { value: '' }, 'all services'));
  const from = h('input', { type: 'date', name: 'from', value: query.from ?? '' });
  const to = h('input', { type: 'date', name: 'to', value: query.to ?? '' });
  const result = h('div', { class: 'stack' });
  const filter = () => ({ service: service.value, from: from.value, to: to.value });
  const search = () => {
    remember({ ...filter() });
    fill(result);
    load(result, signal, () => Promise.all([ask(bucket, filter(), undefined, signal), places(signal)]), ([first, all]) => new Partitions(bucket, all.find((each) => each.bucket === bucket)?.signal, filter(), first, signal).element);
  };
  fill(
    place,
    card('', h('form', { class: 'body form', onsubmit: (event) => { event.preventDefault(); search(); }, onchange: search }, field('Service', service, 'grow'), field('From day, UTC', from), field('To day, UTC', to), button('All time', () => { from.value = to.value = ''; search(); }))),
    result,
  );
  get(`/api/s3/bucket/${encodeURIComponent(bucket)}/services`, {}, signal)
    .then(({ items }) => {
      service.append(...items.map((name) => h('option', { value: name }, name)));
      service.value = items.includes(query.service) ? query.service : '';
    })
    .catch(() => {})
    .then(() => signal.aborted || search());
}

/** Days as times; the last day to its end. */
function times({ service, from, to }) {
  return { service, from: from && `${from}T00:00:00Z`, to: to && `${to}T23:59:59Z` };
}

function ask(bucket, filter, page, signal) {
  return get(`/api/s3/bucket/${encodeURIComponent(bucket)}/partitions`, { ...times(filter), page }, signal);
}

class Partitions {
  /**
   * @param records the signal of the records that can be searched here; undefined where they cannot
   */
  constructor(bucket, records, filter, first, signal) {
    this.bucket = bucket;
    this.records = records;
    this.filter = filter;
    this.signal = signal;
    this.items = [];
    this.sums = { objects: 0, bytes: 0, small: 0, gaps: [], gapCount: 0, missingHours: 0, newestHour: '', delivered: '' };
    this.facts = h('div');
    this.services = FIRST_SERVICES;
    this.matrix = h('div');
    this.foot = h('div');
    this.element = [this.facts, this.matrix, this.foot];
    this.add(first);
  }

  add(part) {
    this.items.push(...part.items);
    this.sums.objects += part.objects;
    this.sums.bytes += part.bytes;
    this.sums.small += part.small;
    this.sums.gaps.push(...part.gaps);
    this.sums.gapCount += part.gapCount;
    this.sums.missingHours += part.missingHours;
    this.sums.newestHour = later(this.sums.newestHour, part.newestHour);
    this.sums.delivered = later(this.sums.delivered, part.delivered);
    if (this.items.length === 0) {
      const any = this.filter.service || this.filter.from || this.filter.to;
      fill(this.facts, card('', empty('No partitions', any ? 'Nothing lies there in that time. Choose another service or more days.' : `Records show here once the first object is written, ${live.flushTime()} after the first record.`)));
      return;
    }
    fill(this.facts, this.analysis(part.smallBytes));
    this.draw();
    fill(this.foot, part.next ? card('', h('div', { class: 'body form' }, h('span', { class: 'muted' }, `The first ${plural(this.items.length, 'partition')}.`), button('Count more', () => this.more(part.next)))) : null);
  }

  async more(page) {
    fill(this.foot, 'Counting …');
    try {
      this.add(await ask(this.bucket, this.filter, page, this.signal));
    } catch (error) {
      if (!this.signal.aborted) {
        fill(this.foot, failed(error, () => this.more(page)));
      }
    }
  }

  analysis(smallBytes) {
    const { objects, bytes: size, small, gaps, gapCount, missingHours, newestHour, delivered } = this.sums;
    return facts([
      ['Partitions', count(this.items.length)],
      ['Objects', count(objects)],
      ['Size', bytes(size)],
      [`Below ${bytes(smallBytes)}`, `${percent(small / objects)}`],
      ['Hours missing between', missingHours ? h('span', { title: gaps.slice(0, 20).map((gap) => `${gap.service}: ${minute(gap.from)}, ${gap.hours} h`).join('\n') }, `${count(missingHours)} in ${plural(gapCount, 'gap')}`) : 'none'],
      ['Newest hour, UTC', minute(newestHour)],
      ['Last object put', ago(delivered)],
    ]);
  }

  /** A matrix of services and hours, or days where there are too many. */
  draw() {
    const hours = this.items.map((item) => Date.parse(item.hour));
    const [from, to] = [hours.reduce((a, b) => Math.min(a, b)), hours.reduce((a, b) => Math.max(a, b)) + HOUR];
    const step = to - from > MOST_HOURS * HOUR ? DAY : HOUR;
    const first = Math.floor(from / DAY) * DAY;
    const columns = Math.ceil((to - first) / step);
    const cells = groupBy(this.items, (item) => `${Math.floor((Date.parse(item.hour) - first) / step)} ${item.service}`);
    const most = [...cells.values()].reduce((size, items) => Math.max(size, sum(items, 'bytes')), 1);
    const services = groupBy([...cells], ([, [item]]) => item.service);
    const shown = [...services].slice(0, this.services);
    const matrix = h('div', { class: 'body lake-matrix' }, head(first, step, columns), shown.map(([service, all]) => this.row(service, all.map(([key, items]) => this.cell(Number.parseInt(key, 10), items, first, step, most)), all.flatMap(([, items]) => items))));
    matrix.style.setProperty('--columns', columns);
    const wrap = h('div', { class: 'table-wrap', tabindex: '0', role: 'region', 'aria-label': 'Services and times' }, matrix);
    fill(this.matrix, card(`Services and ${step === HOUR ? 'hours' : 'days'}, UTC`, [
      wrap,
      services.size > shown.length ? h('div', { class: 'body' }, button(`${count(services.size - shown.length)} more services`, () => { this.services = Infinity; this.draw(); })) : null,
    ]));
    // The newest first, where not all is seen.
    requestAnimationFrame(() => { wrap.scrollLeft = wrap.scrollWidth; });
  }

  row(service, cells, items) {
    return h(
      'div',
      { class: 'day-row' },
      h('a', { class: 'service-name', title: service, href: href('lake', [this.bucket], { tab: 'folders', prefix: `${items[0].path.split('/')[0]}/` }) }, service),
      h('div', { class: 'hours' }, cells),
      h('span', { class: 'small muted number' }, `${plural(sum(items, 'objects'), 'object')}, ${bytes(sum(items, 'bytes'))}`),
    );
  }

  cell(column, items, first, step, most) {
    const [{ service, path }] = items;
    const from = first + column * step;
    const text = `${service}, ${minute(new Date(from).toISOString()).slice(0, step === HOUR ? 16 : 10)} UTC: ${plural(sum(items, 'objects'), 'object')}, ${bytes(sum(items, 'bytes'))}`;
    const cell = h('a', { class: 'hour', href: this.address(service, from, from + step, path), title: text, 'aria-label': text });
    cell.style.gridColumn = String(column + 1);
    cell.style.setProperty('--share', String(0.2 + 0.8 * Math.sqrt(sum(items, 'bytes') / most)));
    return cell;
  }

  /** The records of that time, or where they lie. */
  address(service, from, to, path) {
    if (!this.records) {
      return href('lake', [this.bucket], { tab: 'folders', prefix: `${path}/` });
    }
    const [first, last] = [from, to].map((time) => new Date(time).toISOString());
    return href('logs', [], { signal: this.records === 'logs' ? '' : this.records, q: condition('service', service), time: 'custom', from: first, to: last });
  }
}

/** The days, and of few days the hours too. */
function head(first, step, columns) {
  const every = step === DAY ? Math.ceil(columns / 12) : columns > 3 * 24 ? 24 : 6;
  const labels = Array.from({ length: Math.ceil(columns / every) }, (_, index) => {
    const iso = new Date(first + index * every * step).toISOString();
    const label = h('span', { class: 'small muted' }, iso.slice(11, 13) === '00' ? iso.slice(5, 10) : iso.slice(11, 16));
    label.style.gridColumn = `${index * every + 1} / span ${Math.min(every, columns - index * every)}`;
    return label;
  });
  return h('div', { class: 'day-row head', 'aria-hidden': 'true' }, h('span'), h('div', { class: 'hours' }, labels), h('span'));
}

function sum(items, name) {
  return items.reduce((total, item) => total + item[name], 0);
}

function later(one, other) {
  return other && other > one ? other : one;
}

function groupBy(items, keyOf) {
  const groups = new Map();
  for (const item of items) {
    const key = keyOf(item);
    if (!groups.has(key)) {
      groups.set(key, []);
    }
    groups.get(key).push(item);
  }
  return groups;
}
