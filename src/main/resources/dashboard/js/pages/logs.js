// The search: what was delivered of a signal, the newest first, as it is found, and how much of it there is.

import { ApiError, get, lines } from '../api.js';
import { fill, h } from '../dom.js';
import { bytes, count, duration, percent, plural, stamp } from '../format.js';
import * as live from '../live.js';
import { completions } from '../logs/completion.js';
import { counted } from '../logs/counts.js';
import { entryOf, headOf } from '../logs/entry.js';
import { allFound } from '../logs/export.js';
import { Facets } from '../logs/facets.js';
import { Histogram } from '../logs/histogram.js';
import { Matrix } from '../logs/matrix.js';
import { both, condition, has, ofParts, onlyService, toggled } from '../logs/query.js';
import { tabs } from '../logs/tabs.js';
import { current, go, href, remember } from '../router.js';
import { TITLES, parse, places } from '../signals.js';
import { button, card, empty, fail, field, pageHead, select, toast } from '../ui.js';

const MINUTE = 60_000;
const SHOWN_AT_ONCE = 200;
const MOST_AT_ONCE = 5000;
const FOLLOW_AGAIN_MILLIS = 1000;
const FOLLOWED_AT_ONCE = 100;
const ALL = 'all';
const CUSTOM = 'custom';
const TIMES = [['0.25', 'last 15 minutes'], ['1', 'last hour'], ['6', 'last 6 hours'], ['24', 'last day'], ['168', 'last 7 days'], ['720', 'last 30 days'], [ALL, 'all time'], [CUSTOM, 'between …']];
const FIRST_ROWS = 5;
const EXAMPLES = 'Words are looked for anywhere. level:>=warn · service:checkout · duration_ms:>500 · message:"timed out" · path:/api/* · NOT user:bot · (a OR b)';

export function show(place, { query, signal }) {
  const viewer = new Viewer(query, signal);
  fill(place, pageHead('Search', viewer.zone, viewer.export, viewer.follow), h('div', { class: 'stack' }, tabs('logs'), viewer.element));
  if (query.follow) {
    viewer.toggleFollow();
  } else {
    viewer.search();
  }
}

class Viewer {
  constructor(query, signal) {
    this.signal = signal;
    this.searching = new AbortController();
    signal.addEventListener('abort', () => this.searching.abort());
    this.local = query.zone === 'local';
    this.columns = (query.columns ?? '').split(',').filter(Boolean);
    this.items = [];
    const chosen = query.signal ?? 'logs';
    this.fields = {
      signal: select('signal', [[chosen, TITLES[chosen] ?? chosen]], chosen, () => this.suggest()),
      q: h('input', { type: 'search', name: 'q', placeholder: 'level:>=warn service:checkout "timed out"', title: EXAMPLES, autocomplete: 'off', spellcheck: 'false', list: 'conditions', value: query.q ?? ofParts(query) }),
      time: select('time', TIMES, query.time ?? '1', () => this.chooseTimes()),
      from: this.moment('from', query.from),
      to: this.moment('to', query.to),
    };
    this.times = [field(`From, ${this.zoneName()}`, this.fields.from), field(`To, ${this.zoneName()}`, this.fields.to)];
    this.submit = h('button', { class: 'button primary' }, 'Search');
    this.zone = button(this.local ? 'Local time' : 'UTC', () => go('logs', [], { ...current().query, zone: this.local ? '' : 'local' }));
    this.zone.title = 'Show times in UTC, or as this browser has them';
    this.export = button('Export', () => this.save());
    this.follow = button('Follow', () => this.toggleFollow());
    this.status = h('p', { class: 'small muted status', role: 'status' }, ' ');
    this.head = h('div', { class: 'entry-head' });
    this.list = h('div', { class: 'records' });
    this.examples = h('p', { class: 'small muted examples' }, EXAMPLES);
    this.foot = h('div', { class: 'body' });
    this.conditions = h('datalist', { id: 'conditions' });
    this.fields.q.addEventListener('input', () => this.onInput());
    const short = (millis) => stamp(new Date(millis).toISOString(), this.local).slice(5, 19);
    this.histogram = new Histogram(short, this.zoneName(), (from, to) => this.between(from, to));
    this.matrix = new Matrix({ stamp: short, zone: this.zoneName(), address: (service, from, to) => this.addressOf(service, from, to), rows: FIRST_ROWS });
    this.facets = new Facets((one) => this.go({ q: toggled(this.fields.q.value, one) }));
    this.found = h('div', { class: 'explorer' }, this.facets.element, h('div', { class: 'stack' }, card('', h('div', { class: 'body' }, this.histogram.element, this.matrix.element)), card('', [h('div', { class: 'body' }, this.status), this.head, this.list, this.foot])));
    this.element = [
      card(
        '',
        h(
          'form',
          { class: 'body form', onsubmit: (event) => { event.preventDefault(); this.onSubmit(); } },
          field('Signal', this.fields.signal),
          field('Query', this.fields.q, 'grow'),
          field('Time', this.fields.time),
          this.times,
          this.submit,
          this.conditions,
          this.examples,
        ),
      ),
      this.found,
    ];
    this.onInput();
    this.showTimes();
    this.showColumns();
    this.suggest();
  }

  zoneName() {
    return this.local ? Intl.DateTimeFormat().resolvedOptions().timeZone : 'UTC';
  }

  moment(name, iso) {
    return h('input', { type: 'datetime-local', step: '1', name, value: iso ? this.clock(iso) : '' });
  }

  /** As a field for a time has it. */
  clock(iso) {
    return stamp(iso, this.local).slice(0, 19).replace(' ', 'T');
  }

  /** What was put into a field for a time, as ISO in UTC. */
  iso(input) {
    return input.value && new Date(`${input.value}${this.local ? '' : 'Z'}`).toISOString();
  }

  /** The signals there are, and conditions to choose from. */
  async suggest() {
    this.places = await places(this.signal).catch(() => []);
    const { signal } = this.fields;
    const chosen = signal.value;
    fill(signal, this.places.map((place) => h('option', { value: place.signal, selected: place.signal === chosen }, TITLES[place.signal])));
    const bucket = this.bucket();
    const found = bucket && (await get(`/api/s3/bucket/${encodeURIComponent(bucket)}/services`, {}, this.signal).catch(() => null));
    this.services = found?.items ?? [];
    this.complete();
  }

  /** Offers how the word that is being written may go on, by what is there and what was found. */
  complete() {
    fill(this.conditions, completions(this.fields.q.value, this.services ?? [], this.items.map((item) => item.fields)).map((value) => h('option', { value })));
  }

  onInput() {
    this.examples.hidden = this.fields.q.value !== '';
    this.complete();
  }

  bucket() {
    return this.places?.find((place) => place.signal === this.fields.signal.value)?.bucket;
  }

  /** From where to where begins as what was searched last. */
  chooseTimes() {
    const { time, from, to } = this.fields;
    if (time.value === CUSTOM && !from.value && !to.value && this.range) {
      [from.value, to.value] = this.range.map((millis) => (millis === undefined ? '' : this.clock(new Date(millis).toISOString())));
    }
    this.showTimes();
  }

  showTimes() {
    this.times.forEach((each) => { each.hidden = this.fields.time.value !== CUSTOM; });
  }

  showColumns() {
    fill(this.head, headOf({ zone: this.zoneName(), columns: this.columns, column: (name) => this.column(name) }));
  }

  onSubmit() {
    if (this.running) {
      this.stop('Stopped');
    } else {
      this.go({});
    }
  }

  /** What is searched for, as the address has it. */
  address() {
    const { signal, q, time } = this.fields;
    const custom = time.value === CUSTOM;
    return {
      signal: signal.value === 'logs' ? '' : signal.value,
      q: q.value.trim(),
      time: time.value,
      from: custom ? this.iso(this.fields.from) : '',
      to: custom ? this.iso(this.fields.to) : '',
      columns: this.columns.join(','),
      zone: this.local ? 'local' : '',
      follow: this.following ? 'true' : '',
    };
  }

  /** Searches by the address, so that Back leads to the search before. */
  go(changes) {
    const next = { ...this.address(), ...changes };
    if (href('logs', [], next) === location.hash) {
      this.search();
    } else {
      go('logs', [], next);
    }
  }

  between(from, to) {
    this.go(timeOf(from, to));
  }

  /** Where the same is searched for in a service, and in a time if one is given. */
  addressOf(service, from, to) {
    const one = condition('service', service);
    const { q } = this.address();
    return href('logs', [], { ...this.address(), q: has(q, one) ? q : both(q, one), ...(from === undefined ? {} : timeOf(from, to)) });
  }

  /** Begins anew. */
  async search() {
    remember(this.address());
    this.places ??= await places(this.signal).catch(() => undefined);
    if (this.signal.aborted) {
      return;
    }
    const { q, time: span, from, to } = this.address();
    const now = Date.now();
    this.parameters = {
      bucket: this.bucket(),
      query: q,
      from: span === CUSTOM ? from : span === ALL ? '' : new Date(now - Number(span) * 60 * MINUTE).toISOString(),
      to: span === CUSTOM ? to : '',
      limit: SHOWN_AT_ONCE,
    };
    // Of a time that is left open, bars reach as far as there are records.
    this.range = [this.parameters.from ? Date.parse(this.parameters.from) : undefined, this.parameters.to ? Date.parse(this.parameters.to) : this.parameters.from ? now : undefined];
    this.to = undefined;
    this.items = [];
    this.room = SHOWN_AT_ONCE;
    fill(this.list);
    this.counts = undefined;
    this.foretold = 0;
    this.run({ count: 'estimate' });
    this.foretell(this.searching.signal);
  }

  /** Draws what was counted as it came, before the search has counted it again. */
  async foretell(signal) {
    const service = onlyService(this.parameters.query);
    if (this.fields.signal.value !== 'logs' || service === undefined || !this.parameters.from) {
      return;
    }
    const { from, to } = this.parameters;
    const counts = await counted({ service, from, to }, signal).catch(() => null);
    if (counts && !signal.aborted && this.running) {
      this.foretold = total(counts);
      if (this.foretold && !this.countedAll()) {
        this.draw(counts);
      }
    }
  }

  /** Whether the search has counted what was foretold; an estimate may put it at other times. */
  countedAll() {
    return this.counts?.share === 1 && total(this.counts) >= this.foretold;
  }

  draw(counts) {
    this.histogram.show(counts, ...this.range);
    this.matrix.show(counts, ...this.range);
    this.facets.count(counts, this.fields.q.value);
  }

  async run(goOn) {
    this.searching.abort();
    this.searching = new AbortController();
    this.running = true;
    fill(this.submit, 'Stop');
    fill(this.foot);
    this.foot.dataset.failed = '';
    fill(this.status, 'Searching …');
    const { signal } = this.searching;
    try {
      await lines('/api/logs/search', { ...this.parameters, early: true, ...goOn }, signal, (line) => signal.aborted || this.receive(line));
    } catch (error) {
      if (!signal.aborted) {
        fail(this.foot, error instanceof ApiError ? error : new ApiError(500, String(error)), () => this.search());
        this.stop(' ');
      }
    }
    if (!signal.aborted) {
      this.ended();
    }
  }

  stop(text) {
    this.searching.abort();
    this.ended();
    fill(this.status, text === ' ' ? text : `${text}. ${plural(this.items.length, 'record')} found so far.`);
  }

  ended() {
    this.running = false;
    fill(this.submit, 'Search');
    this.facets.sample(this.items, this.fields.q.value);
    this.complete();
  }

  receive(line) {
    switch (line.type) {
      case 'record':
        this.add(line.record);
        break;
      case 'counts':
        this.counts = line;
        if (!this.foretold || this.countedAll()) {
          this.draw(line);
        }
        break;
      case 'progress':
        fill(this.status, `Searching ${stamp(line.hour, this.local).slice(0, 16)}: ${plural(line.objects, 'object')}, ${bytes(line.bytes)}, ${plural(line.records, 'record')} read, ${count(this.items.length)} shown`);
        break;
      case 'skipped':
        this.foot.append(h('p', { class: 'small' }, `Left out: ${line.what}: ${line.detail}`));
        break;
      case 'failed':
        fail(this.foot, new ApiError(502, line.detail), () => this.search());
        break;
      default:
        this.done(line);
    }
  }

  /** Puts it into its place; records come nearly in order. */
  add(found) {
    const moment = found.time.slice(0, -1);
    let index = this.items.length;
    while (index > 0 && this.items[index - 1].moment < moment) {
      index--;
    }
    for (let same = index - 1; same >= 0 && this.items[same].moment === moment; same--) {
      // The oldest of one part is the newest of the next; what follows is found in the stream and in the lake.
      if (this.items[same].line === found.line && (this.items[same].key === found.key || this.following)) {
        return false;
      }
    }
    const item = { ...found, moment, fields: parse(found.line) };
    item.entry = entryOf(item, this.view());
    const next = this.items[index]?.entry;
    this.items.splice(index, 0, item);
    this.list.insertBefore(item.entry, next ?? null);
    while (this.items.length > this.room) {
      this.items.pop().entry.remove();
    }
    return true;
  }

  view() {
    return {
      bucket: this.parameters.bucket ?? '',
      columns: this.columns,
      address: { signal: this.address().signal, zone: this.address().zone, columns: this.address().columns },
      stamp: (iso) => stamp(iso, this.local),
      filter: (one) => this.go({ q: both(this.fields.q.value, one) }),
      column: (name) => this.column(name),
    };
  }

  /** Shows a field as a column, or no longer. */
  column(name) {
    this.columns = this.columns.includes(name) ? this.columns.filter((each) => each !== name) : [...this.columns, name];
    remember(this.address());
    this.showColumns();
    this.items.forEach((item) => {
      const entry = entryOf(item, this.view());
      entry.open = item.entry.open;
      item.entry.replaceWith(entry);
      item.entry = entry;
    });
  }

  done(line) {
    const all = total(this.counts);
    if (this.counts && line.reached !== 'time') {
      this.draw(this.counts);
    }
    const read = `${plural(line.records, 'record')} in ${plural(line.objects, 'object')} read`;
    const late = line.reached === 'time' ? '; stopped after two minutes' : '';
    const about = this.counts?.share < 1 ? 'about ' : '';
    fill(this.status, all > this.items.length ? `${plural(this.items.length, 'record')} of ${about}${count(all)} found; ${read}${late}` : `${plural(this.items.length, 'record')} found; ${read}${late}`);
    if (about) {
      this.foot.append(h('p', { class: 'small' }, `The numbers are an estimate from ${percent(this.counts.share)} of the bytes. `, button('Count all', () => this.count())));
    }
    if (this.items.length === 0 && line.reached === 'end') {
      fill(this.list, empty('Nothing found', `Choose a longer time, or leave a condition out. Records are in the hour of their own time, and are delivered some ${live.flushTime()} after they came.`, this.wider()));
    }
    if (line.next && line.next === this.to && this.parameters.limit < MOST_AT_ONCE) {
      // More records of one time than were asked for: they would come again and again.
      this.parameters.limit = Math.min(MOST_AT_ONCE, 4 * this.parameters.limit);
      this.more();
    } else if (line.next) {
      this.foot.append(button('Search further back', () => {
        this.to = line.next;
        this.more();
      }));
    }
  }

  /** Counts by reading all of it. */
  count() {
    this.run({ count: true, limit: Math.max(1, this.items.length) });
  }

  more() {
    this.room = this.items.length + this.parameters.limit;
    this.run({ to: this.to });
  }

  /** To look for the same whenever it was; nothing where that was done. */
  wider() {
    return this.fields.time.value === ALL ? [] : button('Search all time', () => this.go({ time: ALL, from: '', to: '' }));
  }

  toggleFollow() {
    this.following = this.following ? undefined : {};
    remember(this.address());
    this.follow.classList.toggle('primary', Boolean(this.following));
    fill(this.follow, this.following ? 'Stop following' : 'Follow');
    if (this.following) {
      this.poll(this.following);
    } else {
      this.leave?.();
    }
  }

  /** Adds what comes on top, while the page is seen; an opened record stays where it is on the screen. */
  async poll(following) {
    if (!this.parameters) {
      await this.search();
    }
    this.came = 0;
    while (this.following === following && !this.signal.aborted) {
      if (document.hidden) {
        await new Promise((resolve) => document.addEventListener('visibilitychange', resolve, { once: true }));
        continue;
      }
      await this.listen();
      await new Promise((resolve) => setTimeout(resolve, FOLLOW_AGAIN_MILLIS));
    }
  }

  /** Until the page is left or hidden, or following ends: browsers have few connections for all tabs. */
  async listen() {
    const away = new AbortController();
    const leave = () => away.abort();
    this.leave = leave;
    this.signal.addEventListener('abort', leave, { once: true });
    document.addEventListener('visibilitychange', leave, { once: true });
    const news = [];
    const { bucket, query } = this.parameters;
    try {
      await lines('/api/logs/tail', { bucket, query, limit: FOLLOWED_AT_ONCE }, away.signal, (line) => {
        if (line.type === 'record') {
          news.push(line.record);
        } else if (line.type === 'failed') {
          throw new ApiError(502, line.detail);
        } else {
          this.addNews(news.splice(0), line);
        }
      });
    } catch (error) {
      if (!away.signal.aborted) {
        fill(this.status, `Following stopped: ${error.message}. Trying again …`);
      }
    }
  }

  addNews(news, { records, passed, lost, behindMillis, shardsLeftOut }) {
    this.room = Math.max(this.room, 2000);
    const above = document.documentElement.scrollHeight;
    news.forEach((found) => this.add(found));
    if (scrollY > this.list.offsetTop) {
      scrollBy(0, document.documentElement.scrollHeight - above);
    }
    this.came += records;
    this.passed = (this.passed ?? 0) + passed + lost;
    const behind = behindMillis < 1000 ? '' : `, ${duration(behindMillis / 1000)} behind`;
    const left = shardsLeftOut ? `; ${plural(shardsLeftOut, 'shard')} left out` : '';
    if (this.running) {
      return;
    }
    fill(this.status, `Following: ${plural(this.came, 'record')} came, ${count(this.items.length)} shown${this.passed ? `, ${count(this.passed)} passed over` : ''}${behind}${left}`);
  }

  /** Gives out all lines that are found, also those that are not shown. */
  async save() {
    this.export.disabled = true;
    try {
      const { lines: all, complete } = await allFound(this.parameters, this.signal, (number) => fill(this.export, `Export: ${count(number)}`));
      const url = URL.createObjectURL(new Blob(all.map((line) => `${line}\n`), { type: 'application/x-ndjson' }));
      h('a', { href: url, download: 'records.jsonl' }).click();
      setTimeout(() => URL.revokeObjectURL(url), MINUTE);
      toast(complete ? `${plural(all.length, 'record')} exported` : `The newest ${plural(all.length, 'record')} exported; there are more`);
    } catch (failure) {
      if (!this.signal.aborted) {
        toast(`Not exported: ${failure.message}`, 'bad');
      }
    }
    this.export.disabled = false;
    fill(this.export, 'Export');
  }
}

function total(counts) {
  return Object.values(counts?.services ?? {}).reduce((sum, number) => sum + number, 0);
}

function timeOf(from, to) {
  return { time: CUSTOM, from: new Date(from).toISOString(), to: new Date(to).toISOString() };
}
