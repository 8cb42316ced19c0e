// What goes wrong now.

import { post } from '../api.js';
import { h } from '../dom.js';
import { clock, percent, plural } from '../format.js';
import { href } from '../router.js';
import { badge, button, empty } from '../ui.js';
import { act } from './controls.js';

export function anomalies({ anomalies: running, writable, state, now }, ask) {
  if (running.length === 0) {
    return empty('Nothing is wrong', state === 'running' ? 'Anomalies come by themselves, or choose one.' : 'The town sleeps.', state === 'running' ? h('a', { class: 'button', href: href('scenarios') }, 'Choose a scenario') : null);
  }
  return h('ul', { class: 'anomalies' }, running.map((anomaly) => item(anomaly, writable, now, ask)));
}

function item(anomaly, writable, now, ask) {
  const bar = h('i');
  bar.style.width = `${100 * progress(anomaly, now)}%`;
  const stop = button('End', () => act(() => post(`/api/scenarios/${encodeURIComponent(anomaly.scenario)}/stop`, {}), `${anomaly.title} ends`, ask), 'slim');
  const over = new Date(now) >= new Date(anomaly.end);
  stop.disabled = !writable;
  stop.hidden = over;
  const others = anomaly.affected.length - 1;
  return h(
    'li',
    {},
    h('div', { class: 'anomaly-head' }, badge(anomaly.place, 'bad'), h('strong', {}, anomaly.title), h('span', { class: 'small muted' }, `${percent(anomaly.intensity)} · ${over ? 'over here, and soon where it spread' : `until ${clock(anomaly.end)} UTC`}${others > 0 ? ` · reaches ${plural(others, 'other')}` : ''}`), stop),
    h('p', { class: 'small muted' }, anomaly.description),
    h('span', { class: 'meter' }, bar),
  );
}

function progress({ start, end }, now) {
  const [from, to, at] = [start, end, now].map((time) => new Date(time).getTime());
  return Math.min(1, Math.max(0, (at - from) / (to - from)));
}
