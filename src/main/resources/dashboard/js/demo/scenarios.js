// All that can go wrong, to be looked through and started.

import { get, post } from '../api.js';
import { fill, h } from '../dom.js';
import { duration, plural } from '../format.js';
import { badge, button, card, empty, field, load, pageHead, select } from '../ui.js';
import { act } from './controls.js';

const SHOWN = 60;

export function show(place, { signal, onStatus, ask }) {
  const list = h('div');
  fill(place, pageHead('Scenarios'), card(null, list));
  load(list, signal, () => get('/api/scenarios', {}, signal), (scenarios) => new Browser(scenarios, onStatus, ask).element);
}

class Browser {
  constructor(scenarios, onStatus, ask) {
    this.scenarios = scenarios;
    this.ask = ask;
    this.status = { anomalies: [], writable: false, state: 'idle' };
    const all = (name) => [['', 'any'], ...new Set(scenarios.map((scenario) => scenario[name]).sort())];
    const draw = () => this.draw();
    this.text = h('input', { type: 'search', name: 'text', placeholder: 'such as payment or latency', oninput: draw });
    this.group = select('group', all('group'), '', draw);
    this.service = select('place', all('place'), '', draw);
    this.strength = select('strength', all('strength'), '', draw);
    this.count = h('p', { class: 'small muted', role: 'status' });
    this.list = h('ul', { class: 'scenarios' });
    this.element = [
      h('div', { class: 'body' }, h('div', { class: 'form' }, field('Text', this.text, 'grow'), field('Group', this.group), field('Place', this.service), field('Strength', this.strength)), this.count),
      this.list,
    ];
    let shown;
    onStatus((status) => {
      const now = JSON.stringify([status.anomalies.map((anomaly) => anomaly.id), status.state, status.writable]);
      this.status = status;
      if (now !== shown) {
        shown = now;
        draw();
      }
    });
    draw();
  }

  draw() {
    const words = this.text.value.toLowerCase().split(/\s+/).filter(Boolean);
    const found = this.scenarios.filter(
      (scenario) =>
        [['group', this.group], ['place', this.service], ['strength', this.strength]].every(([name, input]) => !input.value || scenario[name] === input.value) &&
        words.every((word) => `${scenario.id} ${scenario.title} ${scenario.description}`.toLowerCase().includes(word)),
    );
    fill(this.count, `${plural(found.length, 'scenario')}${found.length > SHOWN ? `, the first ${SHOWN} of which are shown` : ''}${this.status.state === 'running' ? '' : '; start the town to start one'}`);
    fill(this.list, found.length ? found.slice(0, SHOWN).map((scenario) => this.item(scenario)) : empty('No such scenario', 'Ask for less.'));
  }

  item(scenario) {
    const running = this.status.anomalies.some((anomaly) => anomaly.scenario === scenario.id);
    const verb = running ? 'stop' : 'start';
    const go = button(running ? 'End' : 'Start', () => act(() => post(`/api/scenarios/${encodeURIComponent(scenario.id)}/${verb}`, {}), `${scenario.title} at ${scenario.place} ${running ? 'ends' : 'begins'}`, this.ask), running ? 'slim danger' : 'slim');
    go.disabled = !this.status.writable || this.status.state !== 'running';
    return h(
      'li',
      {},
      h('div', { class: 'scenario-text' }, h('strong', {}, scenario.title), ' ', badge(scenario.place, 'accent'), ' ', badge(scenario.strength, scenario.strength === 'strong' ? 'bad' : 'warn'), ' ', badge(`${scenario.shape}, ${duration(scenario.durationSeconds)}`), h('p', { class: 'small muted' }, scenario.description), h('code', { class: 'small muted' }, scenario.id)),
      go,
    );
  }
}
