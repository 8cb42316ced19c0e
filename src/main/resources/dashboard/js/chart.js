// Lines over the last hour, or as much of it as there is, by uPlot, in the colours of the theme.

import { h } from './dom.js';
import { bytes } from './format.js';

/** Seconds that are shown, the least of these that has all values: little shifts as more come in. */
const SPANS = [300, 900, 1800, 3600];

const DAY = 86_400;

/** Steps of an axis of bytes. */
const POWERS = Array.from({ length: 40 }, (_, power) => 2 ** power);

/**
 * @param {string} title
 * @param {Array<{key: string, label: string, color: number}>} lines color is 1 to 4
 * @param {function(number): string} format of a value
 */
export class Chart {
  constructor(title, lines, format, signal) {
    this.lines = lines;
    // The first on top: deliveries come in bursts, which would hide the rest.
    this.drawn = [...lines].reverse();
    this.format = format;
    this.columns = { times: [], series: {} };
    this.title = title;
    this.canvas = h('div', { class: 'chart-canvas' });
    this.element = h(
      'figure',
      { class: 'card chart' },
      h('header', {}, h('h2', {}, title), h('span', { class: 'legend' }, lines.map((line) => h('span', { class: `line-key line-${line.color}` }, line.label)))),
      this.canvas,
    );
    addEventListener('themechange', () => this.draw(), { signal });
    const resized = new ResizeObserver(() => this.resize());
    resized.observe(this.canvas);
    signal.addEventListener('abort', () => {
      resized.disconnect();
      this.plot?.destroy();
    });
  }

  /** Shows these columns, as /api/stats/series gives them. */
  show(columns) {
    this.columns = columns;
    this.tell();
    if (this.plot) {
      this.plot.setData(this.data());
    } else {
      this.draw();
    }
  }

  data() {
    return [this.columns.times, ...this.drawn.map((line) => this.columns.series[line.key] ?? this.columns.times.map(() => null))];
  }

  range() {
    const { times } = this.columns;
    const now = times.at(-1) ?? Date.now() / 1000;
    const span = SPANS.find((seconds) => now - (times[0] ?? now) <= seconds) ?? SPANS.at(-1);
    return [now - span, now];
  }

  heights(low, high) {
    return [0, Math.max(1, high ?? 1) * 1.08];
  }

  /** For those who do not see it. */
  tell() {
    const { times } = this.columns;
    const time = (index) => this.at(times.at(index));
    this.element.setAttribute('aria-label', `${this.title}: ${times.length ? `${times.length} values from ${time(0)} to ${time(-1)} UTC` : 'no values yet'}`);
  }

  /** A time, with its day where there is more than one. */
  at(seconds) {
    const [from, to] = this.range();
    return new Date(seconds * 1000).toISOString().replace('T', ' ').slice(to - from > DAY ? 5 : 11, 19);
  }

  resize() {
    const width = this.canvas.clientWidth;
    if (this.plot && width > 0) {
      this.plot.setSize({ width, height: this.canvas.clientHeight });
    } else if (width > 0) {
      this.draw();
    }
  }

  draw() {
    this.plot?.destroy();
    this.plot = undefined;
    const width = this.canvas.clientWidth;
    if (width === 0) {
      return;
    }
    const style = getComputedStyle(document.documentElement);
    const color = (name) => style.getPropertyValue(name).trim();
    const axis = { stroke: color('--muted'), grid: { stroke: color('--grid'), width: 1 }, ticks: { show: false }, font: '11px system-ui' };
    this.plot = new uPlot(
      {
        width,
        height: this.canvas.clientHeight,
        padding: [8, 18, 0, 0],
        tzDate: (seconds) => uPlot.tzDate(new Date(seconds * 1000), 'Etc/UTC'),
        scales: {
          x: { range: () => this.range() },
          y: { range: (_, low, high) => this.heights(low, high) },
        },
        legend: { show: false },
        cursor: { y: false, points: { size: 6 } },
        axes: [
          { ...axis, size: 26, gap: 4, space: 70, values: (_, ticks) => ticks.map(tickOf) },
          { ...axis, size: 62, space: 40, incrs: this.format === bytes ? POWERS : undefined, values: (_, ticks) => ticks.map(this.format) },
        ],
        series: [{}, ...this.drawn.map((line) => ({ label: line.label, stroke: color(`--series-${line.color}`), width: 2, spanGaps: this.spanGaps, points: { show: false } }))],
        plugins: [tooltip(this.lines, this.drawn, this.format, (seconds) => this.at(seconds))],
      },
      this.data(),
      this.canvas,
    );
  }
}

/** The hour and minute, of midnight the day, and first of all that it is UTC. */
function tickOf(seconds, index) {
  const text = seconds % DAY === 0 ? new Date(seconds * 1000).toISOString().slice(5, 10) : new Date(seconds * 1000).toISOString().slice(11, 16);
  return index === 0 ? `${text} UTC` : text;
}

/** The values below the pointer. */
function tooltip(lines, drawn, format, at) {
  const box = h('div', { class: 'chart-tip', hidden: true });
  return {
    hooks: {
      init: (plot) => plot.over.append(box),
      setCursor: (plot) => {
        const { idx, left } = plot.cursor;
        box.hidden = idx === null || idx === undefined || left < 0;
        if (box.hidden) {
          return;
        }
        box.replaceChildren(
          h('strong', {}, `${at(plot.data[0][idx])} UTC`),
          ...lines.map((line) => {
            const value = plot.data[drawn.indexOf(line) + 1][idx];
            return h('span', { class: `line-key line-${line.color}` }, `${line.label} ${value === null ? '–' : format(value)}`);
          }),
        );
        const right = left > plot.over.clientWidth / 2;
        box.style.left = right ? 'auto' : `${left + 12}px`;
        box.style.right = right ? `${plot.over.clientWidth - left + 12}px` : 'auto';
      },
    },
  };
}
