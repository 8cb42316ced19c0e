// What the found records have in common: levels, services and the values of their fields, with counts.

import { h, fill } from '../dom.js';
import { count, plural } from '../format.js';
import { LEVELS, kind } from '../levels.js';
import { condition, has, isName } from './query.js';
import { flat } from './fields.js';

const FIRST_VALUES = 8;
const MOST_VALUES = 50;
const MOST_FIELDS = 40;

/** The same in nearly every record, so no help, or shown above. */
const PASSED_OVER = new Set(['timestamp', '@timestamp', 'time', 'level', 'service', 'message']);

export class Facets {
  /**
   * @param filter is told a condition to put into the query, or to take out
   */
  constructor(filter) {
    this.filter = filter;
    this.open = new Set();
    this.counted = h('div');
    this.fields = h('div');
    this.element = h('details', { class: 'card facets', open: matchMedia('(min-width: 901px)').matches }, h('summary', {}, 'Narrow down'), h('div', { class: 'body' }, this.counted, this.fields));
  }

  /** Levels and services of all that was counted. */
  count(counts, query) {
    const levels = {};
    Object.values(counts.times).forEach((each) => Object.entries(each).forEach(([level, number]) => { levels[level] = (levels[level] ?? 0) + number; }));
    const services = Object.entries(counts.services).sort(([, a], [, b]) => b - a);
    fill(
      this.counted,
      this.group('Level', LEVELS.filter((level) => levels[level]).map((level) => this.value('level', level, levels[level], query, level))),
      levels.WARN || levels.ERROR || levels.FATAL ? this.choice('level:>=warn', 'WARN and worse', undefined, query) : null,
      this.group('Service', services.slice(0, this.open.has('service') ? MOST_VALUES : FIRST_VALUES).map(([service, number]) => this.value('service', service, number, query)), services.length > FIRST_VALUES && !this.open.has('service') ? () => { this.open.add('service'); this.count(counts, query); } : null),
    );
  }

  /** Fields of the records that are shown. */
  sample(records, query) {
    const fields = new Map();
    records.forEach(({ fields: record }) => flat(record).forEach(([name, value]) => {
      if (!PASSED_OVER.has(name) && isName(name)) {
        const values = fields.get(name) ?? new Map();
        values.set(value, (values.get(value) ?? 0) + 1);
        fields.set(name, values);
      }
    }));
    const useful = [...fields].filter(([, values]) => values.size > 1 && values.size <= MOST_VALUES).sort(([a], [b]) => a.localeCompare(b)).slice(0, MOST_FIELDS);
    fill(
      this.fields,
      useful.length ? h('p', { class: 'small muted' }, `Fields of the ${plural(records.length, 'record')} shown`) : null,
      useful.map(([name, values]) => this.field(name, values, query)),
    );
  }

  field(name, values, query) {
    const list = h('div');
    const show = () => fill(list, [...values].sort(([, a], [, b]) => b - a).slice(0, MOST_VALUES).map(([value, number]) => this.value(name, value, number, query)));
    const details = h('details', { class: 'facet', open: this.open.has(name), ontoggle: () => {
      this.open[details.open ? 'add' : 'delete'](name);
      show();
    } }, h('summary', {}, h('span', { class: 'mono' }, name), h('span', { class: 'muted small' }, count(values.size))), list);
    if (details.open) {
      show();
    }
    return details;
  }

  group(title, values, more) {
    return values.length ? h('div', { class: 'facet' }, h('h3', {}, title), values, more ? h('button', { type: 'button', class: 'link-button small', onclick: more }, 'more') : null) : null;
  }

  value(field, value, number, query, level) {
    const label = level ? h('span', { class: `level ${kind(level)}` }, level === 'NONE' ? 'none' : level) : String(value) || '(empty)';
    const out = level === 'NONE' ? null : h('button', { type: 'button', class: 'facet-out', title: `Not ${field} ${value}`, 'aria-label': `Not ${field} ${value}`, onclick: () => this.filter(`NOT ${condition(field, value)}`) }, '−');
    return h('div', { class: 'facet-value' }, level === 'NONE' ? h('span', { class: 'facet-name' }, label) : this.choice(condition(field, value), label, number, query), level === 'NONE' ? h('span', { class: 'number muted small' }, count(number)) : null, out);
  }

  choice(one, label, number, query) {
    return h('button', { type: 'button', class: 'facet-name', 'aria-pressed': String(has(query, one)), onclick: () => this.filter(one) }, h('span', {}, label), number === undefined ? null : h('span', { class: 'number muted small' }, count(number)));
  }
}
