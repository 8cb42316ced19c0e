// The frame of the demo's page: which part shows, the state of the town, asked for every two seconds.

import { get } from '../api.js';
import { fill, h, icon } from '../dom.js';
import { current, href } from '../router.js';
import * as kinds from './kinds.js';
import * as scenarios from './scenarios.js';
import * as town from './town.js';

const ASK_MILLIS = 2000;

/** A page has a function `show(place, context)`; context is { signal, onStatus, ask }. */
const PAGES = [
  { name: 'town', title: 'Town', icon: 'overview', module: town },
  { name: 'scenarios', title: 'Scenarios', icon: 'warning', module: scenarios },
  { name: 'log-types', title: 'Log types', icon: 'logs', module: kinds },
];

const place = document.getElementById('page');
const bus = new EventTarget();
let leaving = new AbortController();
let last;

function show() {
  leaving.abort();
  leaving = new AbortController();
  const { page } = current();
  const shown = PAGES.find((candidate) => candidate.name === page) ?? PAGES[0];
  document.title = `${shown.title} · camel-app demo`;
  fill(document.getElementById('nav'), PAGES.map((each) => h('a', { href: href(each.name === 'town' ? '' : each.name), 'aria-current': each === shown ? 'page' : null }, icon(each.icon), each.title)));
  fill(place);
  scrollTo(0, 0);
  const { signal } = leaving;
  shown.module.show(place, { signal, onStatus: (listener) => onStatus(listener, signal), ask });
}

/** Calls with each status, and at once with the last. */
function onStatus(listener, signal) {
  bus.addEventListener('status', (event) => listener(event.detail), { signal });
  if (last) {
    listener(last);
  }
}

/** Asks for the status now; what was just done shows at once. */
async function ask() {
  try {
    last = await get('/api/status');
    showState(last.state);
    fill(document.getElementById('cloud'), `sends to ${last.intake}`);
    bus.dispatchEvent(new CustomEvent('status', { detail: last }));
    place.querySelectorAll('[data-failed="true"]').forEach((part) => part.retry());
  } catch {
    showState('lost');
  }
}

function showState(state) {
  const pulse = document.getElementById('pulse');
  pulse.dataset.state = state === 'running' ? 'live' : state;
  fill(pulse, { running: 'Running', lost: 'Reconnecting', idle: 'Idle', finished: 'Stopped' }[state]);
}

function showThemeButton() {
  const dark = document.documentElement.dataset.theme === 'dark';
  const toggle = document.getElementById('theme');
  toggle.setAttribute('aria-label', dark ? 'Use light colours' : 'Use dark colours');
  fill(toggle, icon(dark ? 'sun' : 'moon'));
}

async function keepAsking() {
  await ask();
  setTimeout(keepAsking, ASK_MILLIS);
}

document.getElementById('theme').addEventListener('click', () => toggleTheme());
addEventListener('themechange', showThemeButton);
addEventListener('hashchange', () => {
  show();
  place.focus({ preventScroll: true });
});
showThemeButton();
show();
keepAsking();
