// The frame: which page shows, the bar above it, and the keys.

import { fill, h, icon } from './dom.js';
import * as live from './live.js';
import { current, href } from './router.js';
import { button, card, empty, pageHead, toast } from './ui.js';
import * as audit from './pages/audit.js';
import * as deadLetters from './pages/dead-letters.js';
import * as docs from './pages/docs.js';
import * as figures from './pages/figures.js';
import * as lake from './pages/lake.js';
import * as logs from './pages/logs.js';
import * as metrics from './pages/metrics.js';
import * as overview from './pages/overview.js';
import * as routes from './pages/routes.js';
import * as sql from './pages/sql.js';
import * as streams from './pages/streams.js';
import * as trace from './pages/trace.js';

/** A page has a function `show(place, context)`; context is { path, query, signal }. */
const PAGES = [
  { name: 'overview', title: 'Overview', icon: 'overview', module: overview },
  { name: 'streams', title: 'Streams', icon: 'streams', module: streams },
  { name: 'lake', title: 'Lake', icon: 'lake', module: lake },
  { name: 'logs', title: 'Search', icon: 'logs', module: logs },
  { name: 'metrics', title: 'Metrics', icon: 'metrics', module: metrics },
  { name: 'figures', title: 'Figures', icon: 'figures', module: figures },
  { name: 'dead-letters', title: 'Dead letters', icon: 'letters', module: deadLetters },
  { name: 'routes', title: 'Routes', icon: 'routes', module: routes },
];

/** Pages that others link to, of which some belong to one of those. */
const LINKED = [
  { name: 'docs', title: 'API', module: docs },
  { name: 'sql', title: 'SQL', of: 'logs', module: sql },
  { name: 'audit', title: 'Audit', of: 'lake', module: audit },
  { name: 'trace', title: 'Trace', module: trace },
];

/** On a narrow screen the bar has room for so many, and the others are behind one more. */
const ALWAYS_SEEN = 4;

const place = document.getElementById('page');
let leaving = new AbortController();

function show() {
  leaving.abort();
  leaving = new AbortController();
  const { page, path, query } = current();
  const shown = [...PAGES, ...LINKED].find((candidate) => candidate.name === page) ?? { title: 'No such page', module: { show: noSuchPage } };
  document.title = `${shown.title} · camel-app`;
  const links = PAGES.map((each) => link(each, each === shown || each.name === shown.of));
  fill(
    document.getElementById('nav'),
    links.slice(0, ALWAYS_SEEN),
    h('button', { type: 'button', class: 'nav-more', popovertarget: 'nav-rest' }, icon('more'), 'More'),
    h('div', { class: 'nav-rest', id: 'nav-rest', popover: 'auto' }, links.slice(ALWAYS_SEEN)),
  );
  fill(place);
  scrollTo(0, 0);
  shown.module.show(place, { path, query, signal: leaving.signal });
}

function link(page, isShown) {
  return h('a', { href: href(page.name === 'overview' ? '' : page.name), 'aria-current': isShown ? 'page' : null }, icon(page.icon), page.title);
}

function noSuchPage(place) {
  fill(place, pageHead('No such page'), card('', empty(`Nothing is at ${location.hash}`, 'The bar has all pages; a link may be of another version.', h('a', { class: 'button', href: href('') }, 'Overview'))));
}

function showState(state) {
  const pulse = document.getElementById('pulse');
  pulse.dataset.state = state;
  fill(pulse, state === 'live' ? 'Live' : state === 'lost' ? 'Reconnecting' : 'Connecting');
  if (state === 'live') {
    // What failed while the app was away.
    place.querySelectorAll('[data-failed="true"]').forEach((part) => part.retry());
  }
}

function showCloud({ app }) {
  const clouds = { embedded: 'Embedded cloud', emulator: `AWS emulator, ${app.endpoint}`, aws: `AWS, ${app.region}` };
  fill(document.getElementById('cloud'), clouds[app.cloud]);
}

function showThemeButton() {
  const dark = document.documentElement.dataset.theme === 'dark';
  const toggle = document.getElementById('theme');
  toggle.setAttribute('aria-label', dark ? 'Use light colours' : 'Use dark colours');
  fill(toggle, icon(dark ? 'sun' : 'moon'));
}

function onKey(event) {
  const typing = event.target.closest('input, select, textarea, dialog');
  if (typing || event.ctrlKey || event.metaKey || event.altKey) {
    return;
  }
  const page = PAGES[Number(event.key) - 1];
  if (page) {
    location.hash = href(page.name);
  } else if (event.key === '/') {
    const search = place.querySelector('input[type="search"]');
    if (search) {
      event.preventDefault();
      search.focus();
    }
  } else if (event.key === '?') {
    help();
  } else if (event.key === 'j' || event.key === 'k') {
    step(event.key === 'j' ? 1 : -1);
  } else if (event.key === 'Escape') {
    event.target.closest('details.entry[open] > *')?.parentElement.removeAttribute('open');
  }
}

/** To the next entry of a list, or the one before. */
function step(by) {
  const all = [...place.querySelectorAll('details.entry > summary')];
  const next = all[all.indexOf(document.activeElement.closest('details.entry')?.firstElementChild) + by] ?? (by > 0 ? all.at(-1) : all[0]);
  next?.focus();
}

function help() {
  const keys = [['1 … 8', 'a page'], ['/', 'the search field'], ['j, k', 'the next entry of a list, the one before'], ['Enter', 'opens it'], ['Escape', 'closes it'], ['?', 'this']];
  const dialog = h('dialog', { 'aria-label': 'Keys', onclose: () => dialog.remove() });
  fill(
    dialog,
    h('h2', {}, 'Keys'),
    h('dl', { class: 'keys' }, keys.map(([key, what]) => [h('dt', {}, h('kbd', {}, key)), h('dd', {}, what)])),
    h('div', { class: 'form' }, button('Close', () => dialog.close())),
  );
  document.body.append(dialog);
  dialog.showModal();
}

document.body.append(h('footer', { class: 'foot small' }, h('a', { href: href('docs') }, 'API'), h('button', { type: 'button', class: 'link-button', onclick: help }, 'Keys')));
document.getElementById('theme').addEventListener('click', () => toggleTheme());
addEventListener('themechange', showThemeButton);
addEventListener('hashchange', () => {
  show();
  place.focus({ preventScroll: true });
});
addEventListener('keydown', onKey);
live.on('state', showState);
live.on('summary', showCloud);
live.on('restart', () => toast('The app was restarted'));
showThemeButton();
showState('connecting');
live.start();
show();
