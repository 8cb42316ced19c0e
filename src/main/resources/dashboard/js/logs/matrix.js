// Records and errors by service over time: which one is noisy, and which has failed since when.

import { h, fill } from '../dom.js';
import { count, percent } from '../format.js';
import { MOST_BARS, span } from './histogram.js';

export class Matrix {
  /**
   * @param stamp how a time in milliseconds reads
   * @param zone in which it does
   * @param address of a search of a service, and of a time from and to in milliseconds, if given
   * @param rows how many services show before one asks for more
   * @param title nothing where it stands elsewhere
   * @param told of a row, as [[seconds, [records, errors]]], what stands behind it
   */
  constructor({ stamp, zone, address, rows, title = 'Services over time', told = totals }) {
    Object.assign(this, { stamp, zone, address, rows, title, told });
    this.element = h('div', { class: 'matrix', role: 'group', 'aria-label': 'Records and errors by service and time' });
    this.element.hidden = true;
  }

  /** As the histogram is told. */
  show({ rows, cellSeconds: step }, from, to) {
    const services = Object.entries(rows);
    this.element.hidden = services.length < 2;
    if (services.length === 0) {
      fill(this.element);
      return;
    }
    const times = span(services.flatMap(([, row]) => Object.keys(row).map(Number)), step, from, to, MOST_BARS / 3);
    const most = Math.max(1, ...services.flatMap(([, row]) => Object.values(row).map(([records]) => records)));
    fill(
      this.element,
      h('div', { class: 'matrix-head' }, this.title ? h('h3', {}, this.title) : null, h('span', { class: 'small muted' }, 'the more records the darker, the more of them errors the redder')),
      services.slice(0, this.rows).map(([service, row]) => this.row(service, row, times, step, most)),
      this.axis(times[0], times.at(-1) + step),
      services.length > this.rows ? h('button', { type: 'button', class: 'link-button small', onclick: () => { this.rows = Infinity; this.show({ rows, cellSeconds: step }, from, to); } }, `${count(services.length - this.rows)} more`) : null,
    );
  }

  axis(first, last) {
    const ends = [this.stamp(first * 1000), `${this.stamp(last * 1000)} ${this.zone}`].map((text) => h('span', {}, text));
    return h('div', { class: 'matrix-row axis small muted', 'aria-hidden': 'true' }, h('span'), h('div', { class: 'histogram-axis' }, ends), h('span'));
  }

  row(service, row, times, step, most) {
    const cells = h('div', { class: 'cells' }, times.map((time) => this.cell(service, time, step, row[time], most)));
    cells.style.setProperty('--columns', times.length);
    return h(
      'div',
      { class: 'matrix-row' },
      h('a', { class: 'service-name', href: this.address(service), title: service }, service),
      cells,
      h('span', { class: 'small muted number' }, this.told(Object.entries(row))),
    );
  }

  cell(service, time, step, numbers, most) {
    if (!numbers) {
      return h('span', { class: 'cell' });
    }
    const [records, errors] = numbers;
    const text = `${service}, ${this.stamp(time * 1000)}: ${count(records)}${errors ? `, ${count(errors)} errors` : ''}`;
    // By keys, a service is reached by its name, and a time by its field.
    const cell = h('a', { class: 'cell some', href: this.address(service, time * 1000, (time + step) * 1000), title: text, 'aria-label': text, tabindex: '-1' });
    cell.style.setProperty('--share', String(0.2 + 0.8 * Math.sqrt(records / most)));
    // By its root, so that 1 % is seen and is less than 10 %.
    cell.style.setProperty('--errors', errors ? `max(2px, ${100 * Math.sqrt(errors / records)}%)` : '0%');
    return cell;
  }
}

/** Records and errors of some cells of a row together. */
export function sum(cells) {
  return cells.reduce(([all, bad], [, [records, errors]]) => [all + records, bad + errors], [0, 0]);
}

function totals(cells) {
  const [records, errors] = sum(cells);
  return `${count(records)}${errors ? `, ${percent(errors / records)} errors` : ''}`;
}
