// A record in a list of those found; it opens in place.

import { h } from '../dom.js';
import { href } from '../router.js';
import { kind } from '../levels.js';
import { excerpt } from '../signals.js';
import { button, copyButton, record as json } from '../ui.js';
import { flat, valueOf } from './fields.js';
import { condition, isName } from './query.js';

const MINUTE = 60_000;

/**
 * @param found what the search found, with its `fields`
 * @param view { bucket, columns, stamp, filter(condition), column(name) }
 */
export function entryOf(found, view) {
  const { fields, level } = found;
  const details = h(
    'details',
    { class: 'entry' },
    h(
      'summary',
      {},
      h('span', { class: 'mono muted nowrap found-at' }, view.stamp(found.time)),
      h('span', { class: `level ${kind(level)}` }, level ?? ''),
      h('span', { class: 'service-name', title: found.service }, found.service),
      view.columns.map((name) => h('span', { class: 'mono column', title: `${name}: ${valueOf(fields, name) ?? ''}` }, valueOf(fields, name) ?? '')),
      h('span', { class: 'excerpt' }, excerpt(fields, found.line).slice(0, 500)),
    ),
  );
  details.addEventListener('toggle', () => details.append(body(found, view)), { once: true });
  return details;
}

/** The names above them; a click on one of those chosen hides it. */
export function headOf({ zone, columns, column }) {
  return [
    h('span', { class: 'found-at' }, `Time, ${zone}`),
    h('span', { class: 'level' }, 'Level'),
    h('span', { class: 'service-name' }, 'Service'),
    columns.map((name) => h('span', { class: 'column' }, h('button', { type: 'button', title: `Hide ${name}`, onclick: () => column(name) }, `${name} ×`))),
    h('span', { class: 'excerpt' }, 'Message'),
  ];
}

function body(found, view) {
  const { fields, line, key, time, service } = found;
  const rows = flat(fields);
  const whole = h('div', { hidden: true }, json(line));
  const at = Date.parse(time);
  const around = { q: condition('service', service), time: 'custom', from: new Date(at - MINUTE).toISOString(), to: new Date(at + MINUTE).toISOString() };
  return h(
    'div',
    { class: 'entry-body' },
    rows.length ? h('dl', { class: 'fields' }, rows.map(([name, value]) => field(name, value, view))) : json(line),
    whole,
    h(
      'div',
      { class: 'form' },
      copyButton(line),
      rows.length ? button('JSON', () => { whole.hidden = !whole.hidden; }, 'slim') : null,
      typeof fields.trace_id === 'string' && fields.trace_id ? h('a', { class: 'button slim', href: href('trace', [fields.trace_id], { at: time }) }, 'Its trace') : null,
      h('a', { class: 'button slim', href: href('logs', [], { ...view.address, ...around }) }, 'Around it'),
      fields.type && fields.name ? h('a', { class: 'button slim', href: href('metrics', [], { name: fields.name, service }) }, 'Its chart') : null,
      key ? h('a', { class: 'button slim', href: href('lake', [view.bucket, key]) }, 'Its object') : h('span', { class: 'small muted' }, 'Not delivered yet'),
    ),
  );
}

function field(name, value, view) {
  const act = (sign, what, onclick) => h('button', { type: 'button', class: 'field-act', title: what, 'aria-label': what, onclick }, sign);
  const short = value.length <= 500;
  return h(
    'div',
    {},
    h('dt', { class: 'mono' }, name),
    h(
      'dd',
      {},
      h('span', { class: /\n/.test(value) ? 'mono stack-trace' : 'mono' }, value),
      isName(name)
        ? h(
            'span',
            { class: 'field-acts' },
            short ? act('+', `Only ${name} ${value}`, () => view.filter(condition(name, value))) : null,
            short ? act('−', `Not ${name} ${value}`, () => view.filter(`NOT ${condition(name, value)}`)) : null,
            act('▥', `${view.columns.includes(name) ? 'Hide' : 'Show'} ${name} as a column`, () => view.column(name)),
          )
        : null,
    ),
  );
}
