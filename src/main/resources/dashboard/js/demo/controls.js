// Starting and stopping the town.

import { post } from '../api.js';
import { fill, h } from '../dom.js';
import { button, field, select, toast } from '../ui.js';

const BEGIN = [['now', 'now'], ['hour', 'an hour ago'], ['day', 'a day ago'], ['week', 'a week ago']];
const BACK = { hour: 3600, day: 86_400, week: 604_800 };

export function controls(ask) {
  const start = button('Start', () => open(ask), 'primary');
  const stop = button('Stop', () => act(() => post('/api/continuous/stop', {}), 'Stopped', ask));
  return {
    element: [start, stop],
    update({ state, writable }) {
      start.hidden = state === 'running';
      stop.hidden = state !== 'running';
      start.disabled = !writable;
      stop.disabled = !writable;
      start.title = writable ? '' : 'Changes need DASHBOARD_TOKEN here';
    },
  };
}

/** Does something, and tells how it went. */
export async function act(what, done, ask) {
  try {
    await what();
    toast(done);
  } catch (error) {
    toast(error.message, 'bad');
  }
  await ask();
}

function open(ask) {
  const logs = h('input', { type: 'number', name: 'logs', min: '1', max: '1000000', value: '20', required: true });
  const begin = select('begin', BEGIN, 'hour');
  const seed = h('input', { type: 'number', name: 'seed', min: '0', step: '1', value: '1', required: true });
  const hourly = h('input', { type: 'number', name: 'anomalies', min: '0', max: '1000', step: 'any', value: '3', required: true });
  const dialog = h('dialog', { 'aria-label': 'Start the town', onclose: () => dialog.remove() });
  const form = h(
    'form',
    { method: 'dialog', class: 'stack', onsubmit: () => act(() => post('/api/continuous/start', request()), 'The town is awake', ask) },
    field('Logs a second, on average over a week', logs),
    field('Begin (what lies in the past is written as fast as the intake takes it)', begin),
    field('Anomalies an hour that come by themselves', hourly),
    field('Seed: the same gives the same', seed),
    h('div', { class: 'form' }, button('Cancel', () => dialog.close()), h('button', { type: 'submit', class: 'button primary' }, 'Start')),
  );
  const request = () => ({
    interval_seconds: 1,
    logs_per_interval: Number(logs.value),
    seed: Number(seed.value),
    anomalies_per_hour: Number(hourly.value),
    ...(begin.value === 'now' ? {} : { speed: 0, from: new Date(Date.now() - 1000 * BACK[begin.value]).toISOString() }),
  });
  fill(dialog, h('h2', {}, 'Start the town'), form);
  document.body.append(dialog);
  dialog.showModal();
}
