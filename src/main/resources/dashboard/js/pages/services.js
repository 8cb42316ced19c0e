// Of the overview: which service is noisy, and which fails more than an hour ago.

import { fill, h } from '../dom.js';
import { count, percent, stamp } from '../format.js';
import * as live from '../live.js';
import { counted, readFromLake } from '../logs/counts.js';
import { Matrix, sum } from '../logs/matrix.js';
import { condition } from '../logs/query.js';
import { href } from '../router.js';
import { badge, button, card } from '../ui.js';

const HOUR = 3_600_000;
const REFRESH_MILLIS = 60_000;
const READING_MILLIS = 5_000;
const FIRST_ROWS = 8;

export function servicesCard(signal) {
  return new Services(signal).element;
}

class Services {
  constructor(signal) {
    this.signal = signal;
    this.about = h('p', { class: 'small muted', role: 'status' });
    this.matrix = new Matrix({
      stamp: (millis) => stamp(new Date(millis).toISOString()).slice(5, 16),
      zone: 'UTC',
      address: addressOf,
      rows: FIRST_ROWS,
      title: '',
      told: (cells) => told(cells, this.middle),
    });
    this.matrix.element.classList.add('compared');
    this.element = card(
      'Services in the last two hours',
      h('div', { class: 'body' }, this.matrix.element, this.about),
      h('a', { class: 'button slim', href: href('figures', [], { before: '24' }) }, 'Beside yesterday'),
      h('a', { class: 'button slim', href: href('logs', [], { q: 'level:>=error', time: '1' }) }, 'Errors'),
    );
    this.element.hidden = true;
    this.refresh();
    const again = setInterval(() => document.hidden || !this.counting || this.refresh(), REFRESH_MILLIS);
    signal.addEventListener('abort', () => clearInterval(again));
  }

  /** Shows what was counted; where nothing is, what the embedded cloud's lake says in a moment. */
  async refresh() {
    const now = Date.now();
    try {
      const counts = await counted(since(now), this.signal);
      this.counting = counts !== null;
      if (counts) {
        this.show(counts, now, true);
      } else if (live.last.summary?.app.cloud === 'embedded') {
        await this.read(READING_MILLIS);
      } else {
        this.offer();
      }
    } catch (failure) {
      this.fail(failure);
    }
  }

  async read(millis) {
    const now = Date.now();
    const { counts, complete } = await readFromLake(since(now), millis, this.signal);
    if (counts) {
      this.show(counts, now, complete);
      fill(this.about, complete ? 'Read from the lake; SPEED_JDBC_URL names a database that counts as records come.' : ['As far as the lake was read in a moment. ', this.readAll()]);
    }
  }

  /** Those that changed come first, if there are two whole hours to tell. */
  show(counts, now, complete) {
    const first = Object.values(counts.rows).flatMap((row) => Object.keys(row)).reduce((a, b) => Math.min(a, b), Infinity);
    const whole = complete && first * 1000 < now - 2 * HOUR + 2000 * counts.cellSeconds;
    this.middle = whole ? (now - HOUR) / 1000 : undefined;
    const rows = Object.entries(counts.rows).map(([service, row]) => ({ service, row, changes: whole ? changes(Object.entries(row), this.middle).length : 0 }));
    rows.sort((a, b) => b.changes - a.changes);
    this.element.hidden = rows.length === 0;
    this.matrix.show({ rows: Object.fromEntries(rows.map(({ service, row }) => [service, row])), cellSeconds: counts.cellSeconds }, now - 2 * HOUR, now);
    fill(this.about);
  }

  offer() {
    this.element.hidden = false;
    fill(this.about, 'Nothing counts the records as they come; SPEED_JDBC_URL names a database for it. ', this.readAll());
  }

  readAll() {
    return button('Read the lake', () => {
      fill(this.about, 'Reading …');
      this.read(2 * 60_000).catch((failure) => this.fail(failure));
    }, 'slim');
  }

  fail(failure) {
    if (!this.signal.aborted) {
      fill(this.about, `Services could not be counted: ${failure.message}`);
    }
  }
}

function since(now) {
  return { from: new Date(now - 2 * HOUR).toISOString() };
}

function addressOf(service, from, to) {
  const time = from === undefined ? { time: '1' } : { time: 'custom', from: new Date(from).toISOString(), to: new Date(to).toISOString() };
  return href('logs', [], { q: condition('service', service), ...time });
}

/** What the last hour has, and what of it is more than in the hour before; of less than two hours all. */
function told(cells, middle) {
  const [records, errors] = sum(cells.filter(([time]) => middle === undefined || time >= middle));
  const text = h('span', {}, `${count(records)}${errors ? `, ${percent(errors / records)} errors` : ''}`);
  return [middle === undefined ? null : changes(cells, middle), text];
}

/** What came in the last hour and the hour before does not explain by chance. */
function changes(cells, middle) {
  const [records, errors] = sum(cells.filter(([time]) => time >= middle));
  const [recordsBefore, errorsBefore] = sum(cells.filter(([time]) => time < middle));
  if (recordsBefore === 0) {
    return [];
  }
  const usual = (errorsBefore / recordsBefore) * records;
  return [
    isMore(errors, usual) ? badge(errorsBefore ? `${times(errors / usual)} the errors` : 'new errors', 'bad') : null,
    isMore(records, recordsBefore) && records > 1.5 * recordsBefore ? badge(`${times(records / recordsBefore)} the records`, 'warn') : null,
  ].filter(Boolean);
}

/** By more than three standard deviations of what comes by chance. */
function isMore(number, usual) {
  return number > usual + 3 * Math.sqrt(usual + 1);
}

function times(ratio) {
  return `${ratio < 10 ? ratio.toFixed(1) : Math.round(ratio)}×`;
}
