// The Camel routes: how they do, and the YAML they are made of.

import { get } from '../api.js';
import { fill, h } from '../dom.js';
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
  const list = h('div');
  fill(place, pageHead('Routes'), card('', list));
  const refresh = () => load(list, signal, () => get('/api/routes', {}, signal), ({ items }) => routeTable(items));
  refresh();
  const timer = setInterval(() => {
    if (live.last.state === 'live' && !list.contains(document.activeElement)) {
      refresh();
    }
  }, REFRESH_MILLIS);
  signal.addEventListener('abort', () => clearInterval(timer));
}

function routeTable(routes) {
  if (routes.length === 0) {
    return empty('No route runs', 'The log says why.');
  }
  return table(
    [['Route'], ['State'], ['Done', 'number'], ['Failed', 'number'], ['Tried again', 'number'], ['Mean', 'number'], ['Longest', 'number'], ['Under way', 'number'], ['Last']],
    routes.map((route) =>
      row(
        [[h('a', { href: href('routes', [route.id]) }, route.id), h('div', { class: 'small muted' }, route.description ?? '')], 'wide'],
        [badge(route.state, route.state === 'Started' ? 'good' : 'warn')],
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
  const body = h('div');
  fill(place, pageHead(id), h('p', { class: 'back' }, h('a', { href: href('routes') }, '← All routes')), body);
  load(body, signal, () => get(`/api/routes/${encodeURIComponent(id)}`, {}, signal), (route) =>
    card(route.file, h('div', { class: 'body' }, h('p', { class: 'hint' }, advice(route)), h('pre', { class: 'code numbered', tabindex: '0' }, numbered(route.yaml))), copyButton(route.yaml)),
  );
}

function advice({ file, onDisk, reload }) {
  if (!onDisk) {
    return 'This is the copy inside the jar. To change it, put a folder routes-yaml with these files where the app starts, or name one with ROUTES_DIR.';
  }
  return reload
    ? `Edit ${file} and save: the route takes the change at once, and goes on as it was if the change cannot run.`
    : `Edit ${file} and start the app again, as ROUTES_RELOAD is false.`;
}

function numbered(yaml) {
  return yaml.replace(/\n$/, '').split('\n').map((line) => h('span', { class: 'line' }, `${line}\n`));
}
