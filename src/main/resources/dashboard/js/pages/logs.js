// The search: what was delivered of a signal, the newest first, as it is found.

import { ApiError, get, lines } from '../api.js';
import { fill, h } from '../dom.js';
import { bytes, count, minute, plural, time } from '../format.js';
import { href, remember } from '../router.js';
import { TITLES, excerpt, level as levelOf, parse, places } from '../signals.js';
import { button, card, copyButton, empty, failed, field, pageHead, record, select } from '../ui.js';

const HOUR = 3_600_000;
const SHOWN_AT_ONCE = 200;
const MOST_AT_ONCE = 5000;
const ALL = 'all';
const TIMES = [['1', 'last hour'], ['6', 'last 6 hours'], ['24', 'last day'], ['168', 'last 7 days'], ['720', 'last 30 days'], [ALL, 'all time'], ['custom', 'between …']];
const LEVELS = [['', 'any level'], 'FATAL', 'ERROR', 'WARN', 'INFO', 'DEBUG', 'TRACE'];

export function show(place, { query, signal }) {
  const viewer = new Viewer(query, signal);
  fill(place, pageHead('Search'), h('div', { class: 'stack' }, viewer.element));
  if (Object.keys(query).length) {
    viewer.search();
  }
}

class Viewer {
  constructor(query, signal) {
    this.signal = signal;
    this.searching = new AbortController();
    signal.addEventListener('abort', () => this.searching.abort());
    this.signals = query.signal && query.signal !== 'logs' ? [['logs', TITLES.logs], [query.signal, TITLES[query.signal] ?? query.signal]] : [['logs', TITLES.logs]];
    this.fields = {
      signal: select('signal', this.signals, query.signal ?? 'logs', () => this.suggest()),
      text: h('input', { type: 'search', name: 'text', placeholder: 'text, in any case', value: query.text ?? '' }),
      service: h('input', { type: 'text', name: 'service', list: 'services', placeholder: 'all services', value: query.service ?? '' }),
      level: select('level', LEVELS, query.level ?? ''),
      time: select('time', TIMES, query.time ?? '24', () => this.showTimes()),
      from: h('input', { type: 'datetime-local', name: 'from', value: query.from ?? '' }),
      to: h('input', { type: 'datetime-local', name: 'to', value: query.to ?? '' }),
    };
    this.times = [field('From, UTC', this.fields.from), field('To, UTC', this.fields.to)];
    this.submit = h('button', { class: 'button primary' }, 'Search');
    this.status = h('p', { class: 'small muted status', role: 'status' }, ' ');
    this.list = h('div', { class: 'records' }, empty('Search the lake', 'Choose a time and press Search. Results show as they are found, the newest first.'));
    this.foot = h('div', { class: 'body' });
    this.services = h('datalist', { id: 'services' });
    this.element = [
      card(
        '',
        h(
          'form',
          { class: 'body form', onsubmit: (event) => { event.preventDefault(); this.onSubmit(); } },
          field('Signal', this.fields.signal),
          field('Text', this.fields.text, 'grow'),
          field('Service', this.fields.service),
          field('Level', this.fields.level),
          field('Time', this.fields.time),
          this.times,
          this.submit,
          this.services,
        ),
      ),
      card('', [h('div', { class: 'body' }, this.status), this.list, this.foot]),
    ];
    this.showTimes();
    this.suggest();
  }

  /** The signals there are, and the services of the chosen one. */
  async suggest() {
    this.places = await places(this.signal).catch(() => []);
    const { signal } = this.fields;
    const chosen = signal.value;
    fill(signal, this.places.map((place) => h('option', { value: place.signal, selected: place.signal === chosen }, TITLES[place.signal])));
    const bucket = this.bucket();
    const found = bucket && (await get(`/api/s3/bucket/${encodeURIComponent(bucket)}/services`, {}, this.signal).catch(() => null));
    fill(this.services, (found?.items ?? []).map((name) => h('option', { value: name })));
  }

  bucket() {
    return this.places?.find((place) => place.signal === this.fields.signal.value)?.bucket;
  }

  showTimes() {
    this.times.forEach((each) => { each.hidden = this.fields.time.value !== 'custom'; });
  }

  onSubmit() {
    if (this.running) {
      this.stop('Stopped');
    } else {
      this.search();
    }
  }

  values() {
    return Object.fromEntries(Object.entries(this.fields).map(([name, input]) => [name, input.value]));
  }

  /** Begins anew. */
  async search() {
    const { signal, text, service, level, time: span, from, to } = this.values();
    const custom = span === 'custom';
    remember({ ...(signal === 'logs' ? {} : { signal }), text, service, level, time: span, ...(custom ? { from, to } : {}) });
    this.places ??= await places(this.signal).catch(() => undefined);
    this.parameters = {
      bucket: this.bucket(),
      text,
      service: service.trim(),
      level,
      from: custom ? from && new Date(`${from}Z`).toISOString() : span === ALL ? '' : new Date(Date.now() - Number(span) * HOUR).toISOString(),
      to: custom ? to && new Date(`${to}Z`).toISOString() : '',
      limit: SHOWN_AT_ONCE,
    };
    this.to = undefined;
    this.seen = new Set();
    this.shown = 0;
    fill(this.list);
    this.run({});
  }

  async run(goOn) {
    this.searching.abort();
    this.searching = new AbortController();
    this.running = true;
    fill(this.submit, 'Stop');
    fill(this.foot);
    fill(this.status, 'Searching …');
    const { signal } = this.searching;
    try {
      await lines('/api/logs/search', { ...this.parameters, ...goOn }, signal, (line) => signal.aborted || this.receive(line));
    } catch (error) {
      if (!signal.aborted) {
        fill(this.foot, failed(error instanceof ApiError ? error : new ApiError(500, String(error)), () => this.search()));
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
    fill(this.status, `${text}. ${plural(this.shown, 'record')} found so far.`);
  }

  ended() {
    this.running = false;
    fill(this.submit, 'Search');
  }

  receive(line) {
    switch (line.type) {
      case 'record':
        this.add(line.record);
        break;
      case 'progress':
        fill(this.status, `Searching ${minute(line.hour)} UTC: ${plural(line.objects, 'object')}, ${bytes(line.bytes)}, ${plural(line.records, 'record')} read, ${count(this.shown)} found`);
        break;
      case 'skipped':
        this.foot.append(h('p', { class: 'small' }, `Left out: ${line.what}: ${line.detail}`));
        break;
      case 'failed':
        this.foot.append(failed(new ApiError(502, line.detail), () => this.search()));
        break;
      default:
        this.done(line);
    }
  }

  add(found) {
    // The oldest of one part is the newest of the next.
    const id = `${found.key} ${found.line}`;
    if (this.seen.has(id)) {
      return;
    }
    this.seen.add(id);
    this.shown++;
    this.list.append(entryOf(found, this.parameters.bucket ?? ''));
  }

  done(line) {
    const read = `${plural(line.records, 'record')} in ${plural(line.objects, 'object')} read`;
    fill(this.status, `${plural(this.shown, 'record')} found; ${read}${line.reached === 'time' ? '; stopped after two minutes' : ''}`);
    if (this.shown === 0 && line.reached === 'end') {
      fill(this.list, empty('Nothing found', 'Choose a longer time, or leave a condition out. Records are in the hour of their own time, and are delivered up to a minute after they came.', this.wider()));
    }
    if (line.next && line.next === this.to && this.parameters.limit < MOST_AT_ONCE) {
      // More records of one time than were asked for: they would come again and again.
      this.parameters.limit = Math.min(MOST_AT_ONCE, 4 * this.parameters.limit);
      this.run({ to: this.to });
    } else if (line.next) {
      this.foot.append(button('Search further back', () => {
        this.to = line.next;
        this.run({ to: this.to });
      }));
    }
  }

  /** To look for the same whenever it was; nothing where that was done. */
  wider() {
    if (this.fields.time.value === ALL) {
      return [];
    }
    return button('Search all time', () => {
      this.fields.time.value = ALL;
      this.showTimes();
      this.search();
    });
  }
}

function entryOf(found, bucket) {
  const fields = parse(found.line);
  const level = levelOf(fields);
  const details = h(
    'details',
    { class: 'entry' },
    h(
      'summary',
      {},
      h('span', { class: 'mono muted nowrap' }, time(found.time)),
      h('span', { class: `level ${kind(level)}` }, level.slice(0, 8)),
      h('span', { class: 'service-name', title: found.service }, found.service),
      h('span', { class: 'excerpt' }, excerpt(fields, found.line).slice(0, 500)),
    ),
  );
  details.addEventListener(
    'toggle',
    () =>
      details.append(
        h('div', { class: 'entry-body' }, record(found.line), h('div', { class: 'form' }, copyButton(found.line), h('a', { class: 'button slim', href: href('lake', [bucket, found.key]) }, 'Its object'), links(fields, found))),
      ),
    { once: true },
  );
  return details;
}

/** To the trace that a line or a span belongs to, and to the chart of a data point. */
function links(fields, found) {
  return [
    typeof fields.trace_id === 'string' && fields.trace_id ? h('a', { class: 'button slim', href: href('trace', [fields.trace_id], { at: found.time }) }, 'Its trace') : null,
    fields.type && fields.name ? h('a', { class: 'button slim', href: href('metrics', [], { name: fields.name, service: found.service }) }, 'Its chart') : null,
  ];
}

function kind(level) {
  const name = level.toUpperCase();
  return /^(FATAL|CRIT|ERR|EMERG|ALERT|PANIC)/.test(name) ? 'bad' : name.startsWith('WARN') ? 'warn' : /^(DEBUG|TRACE)/.test(name) ? 'quiet' : '';
}
