// Records and errors by service over time: which one is noisy, and which has failed since when.

import { h, fill } from '../dom.js';
import { count, percent } from '../format.js';
import { MOST_BARS, span } from './histogram.js';

const FIRST_ROWS = 12;

export class Matrix {
  /**
   * @param stamp how a time in milliseconds reads
   * @param address of a search of a service, and of a time from and to in milliseconds, if given
   */
  constructor(stamp, address) {
    this.stamp = stamp;
    this.address = address;
    this.rows = FIRST_ROWS;
    this.element = h('div', { class: 'matrix', role: 'group', 'aria-label': 'Records and errors by service and time' });
  }

  /** As the histogram is told. */
  show(counts, from, to) {
    const services = Object.entries(counts.rows);
    this.element.hidden = services.length < 2;
    const step = counts.cellSeconds;
    const times = span(services.flatMap(([, row]) => Object.keys(row).map(Number)), step, from, to, MOST_BARS / 3);
    const most = Math.max(1, ...services.flatMap(([, row]) => Object.values(row).map(([records]) => records)));
    fill(
      this.element,
      h('h3', {}, 'Services over time'),
      services.slice(0, this.rows).map(([service, row]) => this.row(service, row, times, step, most)),
      services.length > this.rows ? h('button', { type: 'button', class: 'link-button small', onclick: () => { this.rows = Infinity; this.show(counts, from, to); } }, `${count(services.length - this.rows)} more`) : null,
    );
  }

  row(service, row, times, step, most) {
    const [records, errors] = Object.values(row).reduce(([all, bad], [more, worse]) => [all + more, bad + worse], [0, 0]);
    const cells = h('div', { class: 'cells' }, times.map((time) => this.cell(service, time, step, row[time], most)));
    cells.style.setProperty('--columns', times.length);
    return h(
      'div',
      { class: 'matrix-row' },
      h('a', { class: 'service-name', href: this.address(service), title: service }, service),
      cells,
      h('span', { class: 'small muted number' }, `${count(records)}${errors ? `, ${percent(errors / records)} errors` : ''}`),
    );
  }

  /** The more records the darker, and red as high as their share of errors. */
  cell(service, time, step, numbers, most) {
    if (!numbers) {
      return h('span', { class: 'cell' });
    }
    const [records, errors] = numbers;
    const text = `${service}, ${this.stamp(time * 1000)}: ${count(records)}${errors ? `, ${count(errors)} errors` : ''}`;
    // By keys, a service is reached by its name, and a time by its field.
    const cell = h('a', { class: 'cell some', href: this.address(service, time * 1000, (time + step) * 1000), title: text, 'aria-label': text, tabindex: '-1' });
    cell.style.setProperty('--share', String(0.2 + 0.8 * Math.sqrt(records / most)));
    cell.style.setProperty('--errors', errors ? `max(25%, ${(100 * errors) / records}%)` : '0%');
    return cell;
  }
}
