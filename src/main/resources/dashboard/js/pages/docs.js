// The REST APIs of both ports, as they describe themselves, to read and to try.

import { get } from '../api.js';
import { fill, h } from '../dom.js';
import * as live from '../live.js';
import { href } from '../router.js';
import { badge, card, copyButton, field, load, pageHead, record, select } from '../ui.js';

const APIS = [['', 'Dashboard', '/api/openapi.json'], ['intake', 'Intake', '/api/intake/openapi.json']];

/** Of an answer so much is shown; some have no end. */
const MOST_SHOWN = 100_000;

export function show(place, { query, signal }) {
  const [name, , path] = APIS.find(([each]) => each === query.of) ?? APIS[0];
  const tabs = APIS.map(([each, title]) => h('a', { href: href('docs', [], { of: each }), 'aria-current': each === name ? 'page' : null }, title));
  const body = h('div', { class: 'stack' });
  fill(place, pageHead('API', h('a', { class: 'button', href: path, download: `${name || 'dashboard'}-openapi.json` }, 'OpenAPI')), h('div', { class: 'stack' }, h('nav', { class: 'tabs', 'aria-label': 'Which API' }, tabs), body));
  load(body, signal, async () => [await get(path, {}, signal), await address(name, signal)], ([description, origin]) => new Reference(description, origin, signal).parts());
}

/** The intake is where the dashboard is, on its own port; this page may not ask it. */
async function address(name, signal) {
  if (name !== 'intake') {
    return location.origin;
  }
  const { app } = live.last.summary ?? (await get('/api/stats/summary', {}, signal));
  const url = new URL(app.intakeUrl ?? 'http://localhost:8004');
  url.hostname = location.hostname;
  return url.origin;
}

class Reference {
  constructor(description, origin, signal) {
    this.description = description;
    this.origin = origin;
    this.signal = signal;
  }

  parts() {
    const operations = Object.entries(this.description.paths).flatMap(([path, methods]) => Object.entries(methods).map(([method, operation]) => ({ path, method: method.toUpperCase(), ...operation })));
    const tags = [...new Set(operations.map(({ tags: [tag] }) => tag))];
    return [
      h('p', { class: 'muted' }, marked(this.description.info.description)),
      tags.map((tag) => card(tag, h('div', { class: 'records' }, operations.filter(({ tags: [each] }) => each === tag).map((operation) => this.entry(operation))))),
    ];
  }

  entry(operation) {
    const details = h(
      'details',
      { class: 'entry operation', id: operation.operationId },
      h('summary', {}, badge(operation.method, operation.method === 'GET' ? '' : 'accent'), h('code', {}, operation.path), h('span', { class: 'small muted' }, marked(operation.summary))),
    );
    details.addEventListener('toggle', () => details.append(this.body(operation)), { once: true });
    return details;
  }

  body(operation) {
    const content = this.resolve(operation.requestBody)?.content ?? {};
    const inputs = (operation.parameters ?? []).map((parameter) => ({ ...parameter, input: inputOf(parameter) }));
    const bodies = Object.entries(content).filter(([, { example }]) => example !== undefined);
    const type = select('type', bodies.map(([each]) => each), bodies[0]?.[0], () => { text.value = textOf(content[type.value].example); tell(); });
    const text = h('textarea', { name: 'body', rows: '6', spellcheck: 'false', value: bodies.length ? textOf(bodies[0][1].example) : '' });
    const command = h('pre', { class: 'code wrap' });
    const request = () => ({ method: operation.method, path: pathOf(operation.path, inputs), ...(bodies.length ? { type: type.value, body: text.value } : {}) });
    const tell = () => fill(command, curl(this.origin, request()));
    const answer = h('div', { class: 'stack', 'aria-live': 'polite' });
    const own = this.origin === location.origin;
    const send = own ? h('button', { class: 'button primary' }, 'Send') : null;
    const form = h(
      'form',
      { class: 'stack', oninput: tell, onsubmit: (event) => { event.preventDefault(); this.send(request(), send, answer); } },
      inputs.length ? h('div', { class: 'parameters' }, inputs.map((each) => field(each.name + (each.required ? ' *' : ''), each.input))) : null,
      inputs.some((each) => each.description) ? h('dl', { class: 'pairs small' }, inputs.filter((each) => each.description).map((each) => [h('dt', { class: 'mono' }, each.name), h('dd', {}, marked(each.description))])) : null,
      bodies.length ? [bodies.length > 1 ? field('Type', type) : null, field(`Body, ${bodies.map(([each]) => each).join(' or ')}`, text)] : null,
      send && h('div', { class: 'form' }, send),
    );
    tell();
    return h('div', { class: 'entry-body' }, form, h('div', { class: 'command' }, command, copyButton(() => command.textContent)), answer, h('div', { class: 'stack small' }, this.schemaOf('The body', content), Object.entries(operation.responses).map(([status, response]) => this.response(status, this.resolve(response)))));
  }

  response(status, response) {
    return h('details', {}, h('summary', {}, status === 'default' ? 'Otherwise' : status, ' ', h('span', { class: 'muted' }, marked(response.description))), this.schemaOf('', response.content ?? {}));
  }

  schemaOf(title, content) {
    return Object.entries(content).map(([type, { schema }]) => {
      const shown = [h('p', { class: 'mono muted' }, type), h('pre', { class: 'code wrap' }, this.shape(schema, ''))];
      return title ? h('details', {}, h('summary', {}, `${title}, ${type}`), shown) : shown;
    });
  }

  /** What JSON of a schema looks like, with types for values. */
  shape(reference, indent, above = []) {
    const schema = this.resolve(reference ?? {});
    const deeper = `${indent}  `;
    if (above.includes(schema)) {
      return '…';
    }
    const within = (part) => this.shape(part, deeper, [...above, schema]);
    const either = schema.oneOf ?? schema.anyOf;
    if (either) {
      return either.map((each) => this.shape(each, indent, above)).join(' or ');
    }
    if (schema.type === 'array') {
      return `[${this.shape(schema.items, indent, [...above, schema])}, …]`;
    }
    const fields = Object.entries(schema.properties ?? {}).map(([name, part]) => `${deeper}${name}${schema.required?.includes(name) ? '' : '?'}: ${within(part)}${this.resolve(part).description ? `  // ${this.resolve(part).description}` : ''}\n`);
    if (schema.additionalProperties) {
      fields.push(`${deeper}…: ${schema.additionalProperties === true ? 'any' : within(schema.additionalProperties)}\n`);
    }
    return fields.length ? `{\n${fields.join('')}${indent}}` : schema.enum?.map((each) => JSON.stringify(each)).join(' | ') ?? (schema.const === undefined ? [schema.format ?? schema.type ?? 'any'].flat().join(' or ') : JSON.stringify(schema.const));
  }

  resolve(node) {
    return node?.$ref ? node.$ref.slice(2).split('/').reduce((inner, name) => inner[name], this.description) : node;
  }

  async send({ method, path, type, body }, toggle, place) {
    if (place.sending) {
      place.sending.abort();
      return;
    }
    const sending = new AbortController();
    place.sending = sending;
    fill(toggle, 'Stop');
    const shown = h('div');
    const said = h('p', { class: 'small muted' }, 'Sending …');
    fill(place, said, shown);
    const started = performance.now();
    try {
      const response = await fetch(path, { method, body, headers: type ? { 'Content-Type': type } : {}, signal: AbortSignal.any([sending.signal, this.signal]) });
      const kind = response.headers.get('Content-Type') ?? 'nothing';
      let text = '';
      const state = () => fill(said, badge(String(response.status), response.ok ? 'good' : 'bad'), ` ${kind}, ${Math.round(performance.now() - started)} ms${text.length >= MOST_SHOWN ? ', only the beginning is shown' : ''}`);
      const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
      for (let part = await reader.read(); !part.done && text.length < MOST_SHOWN; part = await reader.read()) {
        text = (text + part.value).slice(0, MOST_SHOWN);
        fill(shown, record(text));
        state();
      }
      reader.cancel();
      state();
    } catch (failure) {
      said.append(sending.signal.aborted ? ' Stopped' : ` ${failure.message}`);
    }
    place.sending = undefined;
    fill(toggle, 'Send');
  }
}

function inputOf({ name, required, schema, example }) {
  const values = schema.enum ?? (schema.type === 'boolean' ? ['true', 'false'] : null);
  if (values) {
    return select(name, [['', schema.default === undefined ? '' : `${schema.default}, unless chosen`], ...values.map((each) => [each, each])], '');
  }
  return h('input', { name, required, value: example ?? '', placeholder: schema.default ?? schema.format ?? '', autocomplete: 'off', spellcheck: 'false' });
}

/** With what was put into the fields; slashes of a path stay. */
function pathOf(template, inputs) {
  const given = inputs.filter(({ input }) => input.value !== '');
  const inPath = (value) => value.split('/').map(encodeURIComponent).join('/');
  const path = template.replace(/\{(\w+)\}/g, (whole, name) => inPath(given.find((each) => each.name === name)?.input.value ?? whole));
  const query = new URLSearchParams(given.filter((each) => each.in === 'query').map((each) => [each.name, each.input.value])).toString();
  return query ? `${path}?${query}` : path;
}

function curl(origin, { method, path, type, body }) {
  const quoted = (text) => `'${text.replaceAll("'", "'\\''")}'`;
  return ['curl', method === 'GET' || body !== undefined ? '' : `-X ${method}`, quoted(origin + path), type ? `\\\n  -H ${quoted(`Content-Type: ${type}`)}` : '', body === undefined ? '' : `\\\n  --data-binary ${quoted(body)}`].filter(Boolean).join(' ');
}

function textOf(example) {
  return typeof example === 'string' ? example : JSON.stringify(example, null, 2);
}

/** Text in which `this` is code. */
function marked(text) {
  return (text ?? '').split('`').map((part, index) => (index % 2 ? h('code', {}, part) : part));
}
