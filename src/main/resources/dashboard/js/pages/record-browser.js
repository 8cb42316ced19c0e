// Records of a stream: from a place on, or live as they come.

import { ApiError, get } from '../api.js';
import { fill, h } from '../dom.js';
import { bytes, count, duration, plural, rate, time } from '../format.js';
import { kind } from '../levels.js';
import { remember } from '../router.js';
import { badge, button, card, copyButton, empty, fail, field, load, record, select } from '../ui.js';
import { shardsOf } from './shards.js';

const TAIL_MILLIS = 1000;

/** Kinesis answers five reads a second of a shard, and delivery needs them too. */
const BEHIND_MILLIS = 300;
const FAR_BEHIND_SECONDS = 3;
const MOST_SHOWN = 500;

/** Tailed together; each takes a read a second of those that delivery needs too. */
const MOST_TAILED = 8;

const PLACES = [
  ['TRIM_HORIZON', 'the oldest record'],
  ['LATEST', 'now on'],
  ['AT_TIMESTAMP', 'a time'],
  ['AT_SEQUENCE_NUMBER', 'a sequence number'],
  ['AFTER_SEQUENCE_NUMBER', 'after a sequence number'],
];

export function recordBrowser(place, { stream, query, signal }) {
  load(place, signal, () => shardsOf(stream, signal), (shards) => new Browser(stream, shards, query, signal).element);
}

class Browser {
  constructor(stream, shards, query, signal) {
    this.stream = stream;
    this.shards = shards;
    this.signal = signal;
    this.reading = new AbortController();
    signal.addEventListener('abort', () => this.reading.abort());
    this.fields = {
      shard: select('shard', [['', `all open shards`], ...shards.map((shard) => [shard.id, shard.open ? shard.id : `${shard.id} (closed)`])], query.shard ?? ''),
      from: select('from', PLACES, query.from ?? 'TRIM_HORIZON', () => this.showPlace()),
      at: h('input', { type: 'datetime-local', step: '1', name: 'at', value: query.at ?? '' }),
      sequence: h('input', { type: 'text', inputmode: 'numeric', name: 'sequence', value: query.sequence ?? '' }),
      text: h('input', { type: 'search', name: 'text', placeholder: 'in record or key', value: query.text ?? '' }),
      field: h('input', { type: 'text', name: 'field', placeholder: 'level', value: query.field ?? '' }),
      value: h('input', { type: 'text', name: 'value', placeholder: 'ERROR', value: query.value ?? '' }),
    };
    this.places = { at: field('Time, UTC', this.fields.at), sequence: field('Sequence number', this.fields.sequence) };
    this.status = h('p', { class: 'small muted status', role: 'status' }, ' ');
    this.list = h('div', { class: 'records' }, empty('No records read yet', 'Read from a place, or follow what comes in now.'));
    this.more = button('Read on', () => this.read(true));
    this.more.hidden = true;
    this.tailButton = button('Live tail', () => this.toggleTail());
    this.pauseButton = button('Pause', () => this.togglePause());
    this.nowButton = button('Jump to now', () => this.jump());
    this.pauseButton.hidden = this.nowButton.hidden = true;
    this.element = [
      card(
        '',
        h(
          'form',
          { class: 'body form', onsubmit: (event) => { event.preventDefault(); this.read(false); } },
          field('Shard', this.fields.shard),
          field('From', this.fields.from),
          this.places.at,
          this.places.sequence,
          field('Text', this.fields.text, 'grow'),
          field('Field', this.fields.field),
          field('is', this.fields.value),
          h('button', { class: 'button primary' }, 'Read'),
          this.tailButton,
          this.pauseButton,
          this.nowButton,
        ),
      ),
      card('', [h('div', { class: 'body' }, this.status), this.list, h('div', { class: 'body' }, this.more)]),
    ];
    this.showPlace();
    if (query.shard || query.from || query.text) {
      queueMicrotask(() => this.read(false));
    }
  }

  showPlace() {
    const from = this.fields.from.value;
    this.places.at.hidden = from !== 'AT_TIMESTAMP';
    this.places.sequence.hidden = !from.endsWith('SEQUENCE_NUMBER');
  }

  values() {
    return Object.fromEntries(Object.entries(this.fields).map(([name, input]) => [name, input.value]));
  }

  /** Begins anew, or goes on where the last read ended. */
  begin(goOn) {
    this.reading.abort();
    this.reading = new AbortController();
    if (!goOn) {
      const { shard, from } = this.values();
      const chosen = shard ? [shard] : this.shards.filter((each) => each.open).map((each) => each.id);
      this.cursors = chosen.slice(0, from.endsWith('SEQUENCE_NUMBER') ? 1 : MOST_TAILED).map((id) => ({ shard: id }));
      this.left = chosen.length - this.cursors.length;
      this.shown = 0;
      this.scanned = 0;
      fill(this.list);
    }
  }

  /** Reads until something is found, or to the end. */
  async read(goOn) {
    this.stopTail();
    this.begin(goOn);
    remember(this.values());
    fill(this.status, 'Reading …');
    const { signal } = this.reading;
    const before = this.shown;
    this.more.hidden = true;
    try {
      for (;;) {
        this.add((await Promise.all(this.cursors.map((cursor) => this.next(cursor, this.values(), 100)))).flat(), false);
        this.more.hidden = this.cursors.every((cursor) => cursor.done);
        if (this.shown > before || this.more.hidden) {
          break;
        }
        fill(this.status, `Reading … ${count(this.scanned)} read`);
        await new Promise((resolve) => setTimeout(resolve, TAIL_MILLIS));
        signal.throwIfAborted();
      }
      this.tell();
      if (this.shown === 0) {
        fill(this.list, empty('No such records', 'The shards were read to their end.'));
      }
    } catch (error) {
      this.fail(error);
    }
  }

  toggleTail() {
    if (this.tailing) {
      this.stopTail();
      this.tell();
    } else {
      this.fields.from.value = 'LATEST';
      this.showPlace();
      this.begin(false);
      this.tailing = true;
      this.more.hidden = true;
      this.tailButton.classList.add('primary');
      fill(this.tailButton, 'Stop');
      fill(this.list, empty('Waiting for records', 'They show here as they come, the newest first.'));
      this.tail(this.reading.signal);
    }
  }

  stopTail() {
    this.tailing = false;
    this.paused = false;
    this.reading.abort();
    this.tailButton.classList.remove('primary');
    fill(this.tailButton, 'Live tail');
    this.pauseButton.hidden = this.nowButton.hidden = true;
  }

  /** What comes meanwhile is passed over once it goes on, but for the last of it. */
  togglePause() {
    this.paused = !this.paused;
    fill(this.pauseButton, this.paused ? 'Go on' : 'Pause');
    this.tell();
  }

  /** Passes over what is not shown yet. */
  jump() {
    this.cursors.forEach((cursor) => { cursor.next = undefined; });
  }

  async tail(signal) {
    this.pauseButton.hidden = false;
    fill(this.pauseButton, 'Pause');
    this.passed = 0;
    this.since = performance.now();
    try {
      while (!signal.aborted) {
        if (!this.paused && !document.hidden) {
          const before = this.scanned;
          const found = (await Promise.all(this.cursors.map((cursor) => this.next(cursor, this.values(), 200, true)))).flat();
          if (signal.aborted) {
            return;
          }
          const now = performance.now();
          this.rate = (1000 * (this.scanned - before)) / Math.max(1, now - this.since);
          this.since = now;
          this.add(found, true);
          this.tell();
        }
        const behind = this.behind() > 0;
        await new Promise((resolve) => setTimeout(resolve, behind ? BEHIND_MILLIS : TAIL_MILLIS));
      }
    } catch (error) {
      if (!signal.aborted) {
        this.stopTail();
        this.fail(error, () => this.toggleTail());
      }
    }
  }

  /** Seconds that the last read of any shard ended before its newest record. */
  behind() {
    return Math.max(0, ...this.cursors.map((cursor) => cursor.behind ?? 0)) / 1000;
  }

  /** The following records of a shard; with `last` to its end, and only the last of them. */
  async next(cursor, { from, at, sequence, text, field: path, value }, limit, last) {
    if (cursor.done) {
      return [];
    }
    const place = cursor.next ? { page: cursor.next } : { from, at: at && new Date(`${at}Z`).toISOString(), sequence };
    const part = await get(`/api/kinesis/stream/${encodeURIComponent(this.stream)}/records`, { shard: cursor.shard, limit, text, field: path, value, last, ...place }, this.reading.signal);
    cursor.next = part.next;
    cursor.done = !part.next || (!this.tailing && part.behindMillis === 0 && part.items.length === 0);
    cursor.behind = part.behindMillis;
    this.scanned += part.scanned;
    this.passed = (this.passed ?? 0) + part.passed;
    return part.items.map((item) => ({ ...item, shard: cursor.shard }));
  }

  add(found, newestFirst) {
    if (found.length === 0) {
      return;
    }
    if (this.shown === 0) {
      fill(this.list);
    }
    found.sort((a, b) => a.arrived.localeCompare(b.arrived));
    const read = this.list.querySelector('details[open]');
    const top = read?.getBoundingClientRect().top;
    for (const item of found) {
      const entry = entryOf(item);
      if (newestFirst) {
        this.list.prepend(entry);
      } else {
        this.list.append(entry);
      }
    }
    this.shown += found.length;
    for (let last = this.list.lastElementChild; newestFirst && this.list.childElementCount > MOST_SHOWN && last; ) {
      const before = last.previousElementSibling;
      if (!last.open) {
        last.remove();
      }
      last = before;
    }
    if (read) {
      // What is being read stays where it is.
      scrollBy(0, read.getBoundingClientRect().top - top);
    }
  }

  tell() {
    const left = this.left > 0 ? `; ${plural(this.left, 'shard')} left out, choose one to see it` : '';
    if (!this.tailing) {
      fill(this.status, `${plural(this.shown, 'record')} of ${count(this.scanned)} read${left}`);
      return;
    }
    const behind = this.behind();
    this.nowButton.hidden = behind < FAR_BEHIND_SECONDS;
    const state = this.paused ? badge('paused') : behind < FAR_BEHIND_SECONDS ? badge('live', 'good') : badge(`${duration(behind)} behind`, 'warn');
    const passed = this.passed ? `, ${count(this.passed)} passed over` : '';
    fill(this.status, state, ` ${rate(this.rate ?? 0)} records/s: ${plural(this.shown, 'record')} of ${count(this.scanned)} read${passed}${left}`);
  }

  fail(error, again = () => this.read(false)) {
    if (this.signal.aborted || error.name === 'AbortError') {
      return;
    }
    fill(this.status, ' ');
    this.more.hidden = true;
    fail(this.list, error instanceof ApiError ? error : new ApiError(500, String(error)), again);
  }
}

function entryOf(item) {
  const summary = h(
    'summary',
    {},
    h('span', { class: 'mono muted nowrap' }, time(item.arrived)),
    h('span', { class: `level ${kind(item.level)}` }, item.level ?? ''),
    h('span', { class: 'mono key-name', title: 'partition key' }, item.partitionKey),
    h('span', { class: 'mono excerpt' }, item.form === 'base64' ? `${bytes(item.bytes)} that are no text` : item.data.slice(0, 400)),
  );
  const details = h('details', { class: 'entry' }, summary);
  details.addEventListener(
    'toggle',
    () =>
      details.append(
        h(
          'div',
          { class: 'entry-body' },
          h('p', { class: 'small muted' }, `${item.shard} · ${item.sequenceNumber} · ${bytes(item.bytes)}${item.form === 'text' ? '' : ` · ${item.form}`}${item.cut ? ' · only the beginning' : ''}`),
          record(item.data),
          h('div', { class: 'form' }, copyButton(item.data)),
        ),
      ),
    { once: true },
  );
  return details;
}
