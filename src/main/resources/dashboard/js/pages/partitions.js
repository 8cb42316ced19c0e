// The lake by service, day and hour, and what is odd about it.

import { get } from '../api.js';
import { fill, h } from '../dom.js';
import { ago, bytes, count, minute, percent, plural } from '../format.js';
import { href, remember } from '../router.js';
import { button, card, empty, facts, failed, field, load } from '../ui.js';

/** With more partitions, days are folded up at first. */
const OPEN_UP_TO = 1000;

export function partitionTab(place, bucket, query, signal) {
  const service = h('select', { name: 'service' }, h('option', { value: '' }, 'all services'));
  const from = h('input', { type: 'date', name: 'from', value: query.from ?? '' });
  const to = h('input', { type: 'date', name: 'to', value: query.to ?? '' });
  const result = h('div', { class: 'stack' });
  const filter = () => ({ service: service.value, from: from.value, to: to.value });
  const search = () => {
    remember({ ...filter() });
    fill(result);
    load(result, signal, () => ask(bucket, filter(), undefined, signal), (first) => new Partitions(bucket, filter(), first, signal).element);
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
  constructor(bucket, filter, first, signal) {
    this.bucket = bucket;
    this.filter = filter;
    this.signal = signal;
    this.items = [];
    this.sums = { objects: 0, bytes: 0, small: 0, gaps: [], gapCount: 0, missingHours: 0, newestHour: '', delivered: '' };
    this.facts = h('div');
    this.tree = h('div', { class: 'stack' });
    this.foot = h('div');
    this.element = [this.facts, this.tree, this.foot];
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
      fill(this.facts, card('', empty('No partitions', any ? 'Nothing lies there in that time. Choose another service or more days.' : 'Records show here once the first object is written, a minute after the first record.')));
      return;
    }
    fill(this.facts, this.analysis(part.smallBytes));
    const days = groupBy(this.items, (item) => item.hour.slice(0, 10));
    const open = this.items.length <= OPEN_UP_TO;
    const most = Math.max(...this.items.map((item) => item.bytes));
    fill(this.tree, [...days].sort(([a], [b]) => b.localeCompare(a)).map(([day, items], index) => this.day(day, items, most, open || index === 0)));
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

  /** A matrix of services and hours. */
  day(name, items, most, open) {
    const services = groupBy(items, (item) => item.service);
    const summary = `${plural(services.size, 'service')} · ${plural(sum(items, 'objects'), 'object')} · ${bytes(sum(items, 'bytes'))}`;
    const body = h('div', { class: 'body' });
    const show = () => fill(body, hoursHead(), [...services].map(([service, hours]) => this.row(service, hours, most)));
    const details = h('details', { class: 'card day', open, ontoggle: () => details.open && !body.firstChild && show() }, h('summary', {}, h('strong', { class: 'mono' }, name), h('span', { class: 'muted small' }, summary)), body);
    if (open) {
      show();
    }
    return details;
  }

  row(service, items, most) {
    const hours = new Map(items.map((item) => [Number(item.hour.slice(11, 13)), item]));
    return h(
      'div',
      { class: 'day-row' },
      h('span', { class: 'service-name', title: service }, service),
      h('div', { class: 'hours' }, Array.from({ length: 24 }, (_, hour) => this.hour(hour, hours.get(hour), most))),
      h('span', { class: 'small muted number' }, `${plural(sum(items, 'objects'), 'object')}, ${bytes(sum(items, 'bytes'))}`),
    );
  }

  hour(hour, item, most) {
    const name = `${String(hour).padStart(2, '0')}:00`;
    if (!item) {
      return h('span', { class: 'hour none', title: `${name} UTC: nothing` });
    }
    const text = `${item.service}, ${name} UTC: ${plural(item.objects, 'object')}, ${bytes(item.bytes)}`;
    const cell = h('a', { class: 'hour', href: href('lake', [this.bucket], { tab: 'folders', prefix: `${item.path}/` }), title: text, 'aria-label': text });
    cell.style.setProperty('--share', String(0.2 + 0.8 * Math.sqrt(item.bytes / most)));
    return cell;
  }
}

function hoursHead() {
  return h('div', { class: 'day-row head', 'aria-hidden': 'true' }, h('span'), h('div', { class: 'hours' }, Array.from({ length: 24 }, (_, hour) => h('span', { class: 'small muted' }, hour % 6 === 0 ? String(hour).padStart(2, '0') : ''))), h('span'));
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
