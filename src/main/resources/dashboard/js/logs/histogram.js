// Records over time by level, as bars; a click on one, or a drag over some, chooses their time.

import { h, fill } from '../dom.js';
import { count, duration } from '../format.js';
import { LEVELS, kind } from '../levels.js';

export const MOST_BARS = 240;

const NOTHING = 'Nothing counted yet';

export class Histogram {
  /**
   * @param stamp how a time in milliseconds reads
   * @param zone in which it does
   * @param choose is told the chosen time, from and to in milliseconds
   */
  constructor(stamp, zone, choose) {
    this.stamp = stamp;
    this.zone = zone;
    this.choose = choose;
    this.bars = h('div', { class: 'histogram-bars' });
    this.top = h('p', { class: 'histogram-top small muted' });
    this.axis = h('div', { class: 'histogram-axis small muted' });
    this.element = h('figure', { class: 'histogram', role: 'img', 'aria-label': NOTHING }, this.top, this.bars, this.axis);
    this.bars.addEventListener('pointerdown', (event) => this.begin(event));
    this.bars.addEventListener('pointermove', (event) => this.mark(this.first, this.at(event)));
    this.bars.addEventListener('pointerup', (event) => this.end(event));
    this.bars.addEventListener('pointercancel', () => this.mark(this.first = undefined));
  }

  /**
   * @param times records by seconds since 1970 and level
   * @param from in milliseconds; without it and `to` as far as there are records
   */
  show({ stepSeconds, times }, from, to) {
    const step = stepSeconds;
    this.times = span(Object.keys(times).map(Number), step, from, to, MOST_BARS);
    this.step = step;
    if (this.times.length === 0) {
      [this.bars, this.axis, this.top].forEach((part) => fill(part));
      this.element.setAttribute('aria-label', NOTHING);
      return;
    }
    const [first, last] = [this.times[0], this.times.at(-1)];
    const totals = this.times.map((time) => sum(times[time]));
    const most = Math.max(1, ...totals);
    fill(this.bars, this.times.map((time, index) => this.bar(time, times[time] ?? {}, totals[index], most)));
    fill(this.axis, [0, 0.5, 1].map((part) => h('span', {}, this.stamp((first + part * (last - first + step)) * 1000), part === 1 ? ` ${this.zone}` : null)));
    fill(this.top, `at most ${count(most)} in ${duration(step)}`);
    this.element.setAttribute('aria-label', `${count(sum(totals))} records from ${this.stamp(first * 1000)} to ${this.stamp((last + step) * 1000)}, at most ${count(most)} in ${step} s`);
  }

  bar(time, levels, total, most) {
    const told = LEVELS.filter((level) => levels[level]).map((level) => `${level === 'NONE' ? 'no level' : level} ${count(levels[level])}`);
    const bar = h('div', { class: 'histogram-bar', title: `${this.stamp(time * 1000)}: ${count(total)}\n${told.join('\n')}` });
    const stack = h('div', { class: 'histogram-stack' });
    stack.style.height = total ? `max(2px, ${(100 * total) / most}%)` : '0';
    LEVELS.forEach((level) => {
      if (levels[level]) {
        const part = h('i', { class: `level-fill ${kind(level)}` });
        part.style.flexGrow = levels[level];
        stack.append(part);
      }
    });
    bar.append(stack);
    return bar;
  }

  at(event) {
    const { left, width } = this.bars.getBoundingClientRect();
    return Math.min(this.times.length - 1, Math.max(0, Math.floor(((event.clientX - left) / width) * this.times.length)));
  }

  begin(event) {
    if (this.times && event.button === 0) {
      this.bars.setPointerCapture(event.pointerId);
      this.first = this.at(event);
      this.mark(this.first, this.first);
    }
  }

  end(event) {
    if (this.first !== undefined) {
      const [from, to] = [this.first, this.at(event)].sort((a, b) => a - b);
      this.mark(this.first = undefined);
      this.choose(this.times[from] * 1000, (this.times[to] + this.step) * 1000);
    }
  }

  mark(first, last) {
    [...this.bars.children].forEach((bar, index) => bar.classList.toggle('chosen', first !== undefined && index >= Math.min(first, last) && index <= Math.max(first, last)));
  }
}

/**
 * The times of an axis, in seconds; none where nothing says from when to when.
 *
 * @param known those for which there is something
 * @param from in milliseconds; without it and `to` as far as there is something
 */
export function span(known, step, from, to, most) {
  const last = to === undefined ? Math.max(...known) : Math.floor((to - 1) / 1000 / step) * step;
  const first = Math.max(from === undefined ? Math.min(...known) : Math.floor(from / 1000 / step) * step, last - (most - 1) * step);
  if (!Number.isFinite(first) || !Number.isFinite(last)) {
    return [];
  }
  return Array.from({ length: Math.max(1, (last - first) / step + 1) }, (_, index) => first + index * step);
}

function sum(numbers = {}) {
  return Object.values(numbers).reduce((total, number) => total + number, 0);
}
