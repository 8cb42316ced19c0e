// The Camel routes: how they do, and the YAML they are made of.

import { get } from '../api.js';
import { fill, h, icon } from '../dom.js';
import { ago, count, duration } from '../format.js';
import * as live from '../live.js';
import { href } from '../router.js';
import { badge, card, copyButton, empty, load, pageHead, row, table } from '../ui.js';

const REFRESH_MILLIS = 5000;

export function show(place, { path: [id], signal }) {
  if (id) {
    showRoute(place, id, signal);
    return;
  }
  const list = h('div', { class: 'stack' });
  fill(place, pageHead('Routes'), list);
  const refresh = () => load(list, signal, () => get('/api/routes', {}, signal), ({ items, faults }) => [faults.map(broken), card('', routeTable(items, faults))]);
  refresh();
  const timer = setInterval(() => {
    if (live.last.state === 'live' && !list.contains(document.activeElement)) {
      refresh();
    }
  }, REFRESH_MILLIS);
  signal.addEventListener('abort', () => clearInterval(timer));
}

/** A file that cannot run as it was saved. */
function broken({ file, line, reason, since, older }) {
  return h(
    'div',
    { class: 'alert bad', role: 'alert' },
    icon('warning'),
    h(
      'div',
      {},
      h('strong', {}, `${file}${line ? `, line ${line}` : ''}: ${reason}.`),
      h('p', { class: 'small' }, `Saved ${ago(since)}. ${older ? 'The version before goes on running.' : 'Nothing of this file runs.'} Save it mended, or as it was.`),
    ),
  );
}

function routeTable(routes, faults) {
  if (routes.length === 0) {
    return empty('No route runs', 'The log says why.');
  }
  const isBroken = (route) => faults.some((fault) => fault.file === route.file);
  return table(
    [['Route'], ['State'], ['Done', 'number'], ['Failed', 'number'], ['Tried again', 'number'], ['Mean', 'number'], ['Longest', 'number'], ['Under way', 'number'], ['Last']],
    routes.map((route) =>
      row(
        [[h('a', { href: href('routes', [route.id]) }, route.id), h('div', { class: 'small muted' }, route.description ?? '')], 'wide'],
        [isBroken(route) ? badge('older version', 'bad') : badge(route.state.toLowerCase(), route.state === 'Started' ? 'good' : 'warn'), 'nowrap'],
        [count(route.total), 'number'],
        [route.failed ? badge(count(route.failed), 'bad') : '0', 'number'],
        [count(route.redeliveries), 'number'],
        [millis(route, route.meanMillis), 'number nowrap'],
        [millis(route, route.maxMillis), 'number nowrap'],
        [count(route.inflight), 'number'],
        [route.lastDone ? ago(route.lastDone) : '–', 'nowrap'],
      ),
    ),
    'Routes',
  );
}

function millis(route, value) {
  return route.total === 0 ? '–' : value < 1000 ? `${value} ms` : duration(value / 1000);
}

function showRoute(place, id, signal) {
  const body = h('div', { class: 'stack' });
  fill(place, pageHead(id), h('p', { class: 'back' }, h('a', { href: href('routes') }, '← All routes')), body);
  load(body, signal, () => get(`/api/routes/${encodeURIComponent(id)}`, {}, signal), (route) => {
    const { fault, file } = route;
    return [
      fault ? [broken(fault), text(`${file}, as saved`, fault.saved, fault.line)] : null,
      text(fault ? `${file}, as it runs` : file, route.yaml, undefined, h('p', { class: 'hint' }, advice(route))),
    ];
  });
}

/** A file with its line numbers, and one of them marked. */
function text(title, yaml, marked, hint) {
  const lines = yaml.replace(/\n$/, '').split('\n').map((line, index) => h('span', { class: index + 1 === marked ? 'line marked' : 'line' }, `${line}\n`));
  return card(title, h('div', { class: 'body' }, hint, h('pre', { class: 'code numbered', tabindex: '0', role: 'region', 'aria-label': title }, lines)), copyButton(yaml));
}

function advice({ file, onDisk, reload }) {
  if (!onDisk) {
    return 'This is the copy inside the jar. To change it, put a folder routes-yaml with these files where the app starts, or name one with ROUTES_DIR.';
  }
  return reload
    ? `Edit ${file} and save: the route takes the change at once, and goes on as it was if the change cannot run.`
    : `Edit ${file} and start the app again, as ROUTES_RELOAD is false.`;
}
