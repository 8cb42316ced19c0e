// The map of the town: who calls whom, how each service fares, and what goes wrong where.

import { get } from '../api.js';
import { Chart } from '../chart.js';
import { fill, h } from '../dom.js';
import { count, duration, percent, rate } from '../format.js';
import { card, load, pageHead } from '../ui.js';
import { anomalies } from './anomalies.js';
import { controls } from './controls.js';
import { signals } from './signals.js';

const COLUMN = 171;
const ROW = 96;
const WIDTH = 148;
const HEIGHT = 68;
const PAD = 8;

export function show(place, { signal, onStatus, ask }) {
  const steering = controls(ask);
  const flow = h('div');
  const wrong = h('div');
  const map = h('div', { class: 'map-card' });
  const chart = new Chart('Accepted by the intake, a second', [
    { key: 'logs', label: 'logs', color: 1 },
    { key: 'traces', label: 'spans', color: 2 },
    { key: 'metrics', label: 'data points', color: 3 },
  ], rate, signal);
  fill(place, pageHead('Town', steering.element), h('div', { class: 'stack' }, flow, card('Services', map), h('div', { class: 'columns' }, card('Anomalies', wrong), chart.element)));
  load(map, signal, () => get('/api/town', {}, signal), (town) => {
    const drawn = new TownMap(town);
    onStatus((status) => drawn.update(status));
    return drawn.element;
  });
  onStatus((status) => {
    steering.update(status);
    fill(flow, signals(status));
    fill(wrong, anomalies(status, ask));
    if (status.rates.times.length > 0) {
      chart.show(status.rates);
    }
  });
}

/** Services as boxes in columns, calls as lines between them. */
class TownMap {
  constructor({ services, calls }) {
    const columns = 1 + Math.max(...services.map((service) => service.column));
    const rows = 1 + Math.max(...services.map((service) => service.row));
    this.boxes = Object.fromEntries(services.map((service) => [service.name, box(service)]));
    const places = Object.fromEntries(services.map((service) => [service.name, { x: PAD + service.column * COLUMN, y: PAD + service.row * ROW }]));
    this.lines = calls.map(([from, to]) => ({ from, to, element: svg('path', { class: 'call', d: curve(places[from], places[to]) }) }));
    const width = (columns - 1) * COLUMN + WIDTH + 2 * PAD;
    const height = (rows - 1) * ROW + HEIGHT + 2 * PAD;
    const lines = svg('svg', { class: 'calls', viewBox: `0 0 ${width} ${height}`, width, height, 'aria-hidden': 'true' }, ...this.lines.map((line) => line.element));
    const plane = h('div', { class: 'plane' }, lines, services.map((service) => this.boxes[service.name].element));
    plane.style.setProperty('--width', `${width}px`);
    plane.style.setProperty('--height', `${height}px`);
    for (const service of services) {
      const { style } = this.boxes[service.name].element;
      style.setProperty('--x', `${places[service.name].x}px`);
      style.setProperty('--y', `${places[service.name].y}px`);
    }
    this.element = h('div', { class: 'map', tabindex: '0', role: 'region', 'aria-label': 'Services and their calls' }, plane);
  }

  update({ services, anomalies: running, state }) {
    const places = new Set(running.map((anomaly) => anomaly.place));
    const reached = new Set(running.flatMap((anomaly) => anomaly.affected));
    for (const [name, each] of Object.entries(this.boxes)) {
      each.update(state === 'running' ? services[name] : undefined, places.has(name) ? 'place' : reached.has(name) ? 'reached' : '');
    }
    for (const line of this.lines) {
      line.element.setAttribute('class', `call ${places.has(line.to) && reached.has(line.from) ? 'troubled' : ''}`);
    }
  }
}

function box({ name, role, instances, runtime }) {
  const traffic = h('span', {}, '–');
  const failed = h('span', { class: 'failed' });
  const bar = h('i');
  const element = h(
    'div',
    { class: 'service-box', title: `${name}: ${role} (${runtime}, ${instances} instances)` },
    h('strong', { class: 'name' }, name),
    h('span', { class: 'fare' }, traffic, failed),
    h('span', { class: 'meter' }, bar),
  );
  return {
    element,
    update(fare, trouble) {
      const share = fare?.failed ?? 0;
      element.dataset.health = !fare ? 'none' : share > 0.08 ? 'bad' : share > 0.025 || fare.cpu > 0.85 ? 'warn' : 'good';
      element.dataset.trouble = trouble;
      fill(traffic, fare ? `${rate(fare.rate)}/s · ${latency(fare.latency)}` : '–');
      fill(failed, share >= 0.005 ? `${Math.round(100 * share)}\u00a0%` : '');
      bar.style.width = `${100 * (fare?.cpu ?? 0)}%`;
      element.title = fare
        ? `${name}: ${role}. ${rate(fare.rate)} requests/s, ${percent(share)} fail, ${latency(fare.latency)} on average, processors ${percent(fare.cpu)}, memory ${percent(fare.memory)}${fare.queue ? `, ${count(fare.queue)} messages wait` : ''}`
        : `${name}: ${role}`;
    },
  };
}

function latency(seconds) {
  return seconds < 1 ? `${rate(1000 * seconds)}\u00a0ms` : duration(seconds);
}

function curve(from, to) {
  const y1 = from.y + HEIGHT / 2;
  const y2 = to.y + HEIGHT / 2;
  if (from.x === to.x) {
    const x = from.x + WIDTH / 2;
    const [a, b] = from.y < to.y ? [from.y + HEIGHT, to.y] : [from.y, to.y + HEIGHT];
    return `M${x} ${a}L${x} ${b}`;
  }
  const x1 = from.x < to.x ? from.x + WIDTH : from.x;
  const x2 = from.x < to.x ? to.x : to.x + WIDTH;
  const middle = (x1 + x2) / 2;
  return `M${x1} ${y1}C${middle} ${y1} ${middle} ${y2} ${x2} ${y2}`;
}

function svg(tag, attributes, ...children) {
  const element = document.createElementNS('http://www.w3.org/2000/svg', tag);
  Object.entries(attributes).forEach(([name, value]) => element.setAttribute(name, value));
  element.append(...children);
  return element;
}

