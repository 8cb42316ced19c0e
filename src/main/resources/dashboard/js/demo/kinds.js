// The kinds of logs that the town writes.

import { get } from '../api.js';
import { fill, h } from '../dom.js';
import { plural } from '../format.js';
import { badge, card, load, pageHead, row, table } from '../ui.js';

const COLORS = { DEBUG: '', INFO: 'good', WARN: 'warn', ERROR: 'bad', FATAL: 'bad' };

export function show(place, { signal }) {
  const list = h('div', { class: 'stack' });
  fill(place, pageHead('Log types'), list);
  load(list, signal, () => get('/api/log-types', {}, signal), groups);
}

function groups(kinds) {
  const names = [...new Set(kinds.map((kind) => kind.group))];
  return names.map((name) => {
    const own = kinds.filter((kind) => kind.group === name);
    const rows = own.map((kind) => row([h('code', {}, kind.id)], [h('div', {}, kind.title, h('p', { class: 'small muted' }, kind.fields.join(', '))), 'wide'], [kind.form, 'nowrap'], [levels(kind.levels), 'nowrap']));
    return card(`${name[0].toUpperCase()}${name.slice(1)} · ${plural(own.length, 'type')}`, table([['Type'], ['What, and its own fields'], ['Form'], ['Levels']], rows, name));
  });
}

function levels(shares) {
  return Object.entries(shares).map(([level, share]) => [badge(`${level} ${Math.round(100 * share)} %`, COLORS[level]), ' ']);
}
