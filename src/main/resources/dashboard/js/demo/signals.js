// What became of logs, spans and data points, and how far the town has come.

import { fill, h, icon } from '../dom.js';
import { count, duration, rate, time } from '../format.js';
import { badge } from '../ui.js';

/** Of two seconds each; what comes once in ten seconds is seen all the same. */
const SAMPLES = 5;
const NAMES = { logs: 'Logs', traces: 'Spans', metrics: 'Data points' };
const STATES = { flowing: ['flowing', 'good'], waiting: ['intake is busy or away', 'warn'], paused: ['not taken here', 'warn'] };

export function signals(status) {
  return [
    problems(status),
    h('section', { class: 'flow demo-flow', 'aria-label': 'What was sent' }, clockStep(status), status.signals.map((signal) => step(signal, status))),
  ];
}

function clockStep({ now, behindSeconds, settings, state }) {
  const unit = now ? ' UTC' : '';
  const small = !settings
    ? 'Start it to fill the lake'
    : behindSeconds > 5 && state === 'running'
      ? `${duration(behindSeconds)} behind the present`
      : state === 'running'
        ? 'in real time'
        : 'stopped';
  return part('The town’s time', now ? time(now).slice(11, 19) : '–', unit, [now ? `${time(now).slice(0, 10)}, ` : '', small]);
}

function step(signal, { rates, state }) {
  const [words, kind] = STATES[signal.state];
  const now = state === 'running' ? mean(rates.series[signal.signal].slice(-SAMPLES)) : 0;
  const rest = [['not wanted', signal.rejected], ['left out', signal.skipped], ['sent again', signal.retries]];
  return part(NAMES[signal.signal], rate(now), 'per second', [
    `${count(signal.accepted)} accepted`,
    rest.filter(([, number]) => number > 0).map(([name, number]) => `, ${count(number)} ${name}`),
    ' ',
    signal.state === 'flowing' ? null : badge(words, kind),
  ]);
}

function mean(values) {
  return values.length ? values.reduce((sum, value) => sum + value, 0) / values.length : 0;
}

function part(title, big, unit, small) {
  return h('div', { class: 'step' }, h('span', { class: 'small muted' }, title), h('span', { class: 'big' }, h('strong', {}, big), ' ', h('span', { class: 'unit' }, unit)), fill(h('span', { class: 'small muted' }), small));
}

function problems({ signals: all, problems: files }) {
  const told = [...all.filter((signal) => signal.problem).map((signal) => `${NAMES[signal.signal]}: ${signal.problem}`), ...files];
  return told.length === 0 ? null : h('div', { class: 'alerts' }, told.map((text) => h('div', { class: 'alert' }, icon('warning'), h('span', { class: 'small wrap' }, text))));
}
