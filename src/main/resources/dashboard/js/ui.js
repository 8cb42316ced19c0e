// The pieces that pages are made of.

import { fill, h, icon } from './dom.js';

export function pageHead(title, ...actions) {
  return h('div', { class: 'page-head' }, h('h1', {}, title), actions.length ? h('div', { class: 'actions' }, actions) : null);
}

export function card(title, body, ...actions) {
  return h(
    'section',
    { class: 'card' },
    title ? h('header', {}, h('h2', {}, title), actions.length ? h('div', { class: 'actions' }, actions) : null) : null,
    body,
  );
}

export function button(label, onclick, kind = '') {
  return h('button', { type: 'button', class: `button ${kind}`, onclick }, label);
}

export function field(label, input, kind = '') {
  return h('label', { class: `field ${kind}` }, h('span', {}, label), input);
}

/** A choice; options are texts or pairs of value and text. */
export function select(name, options, value, onchange) {
  const list = h(
    'select',
    { name, onchange },
    options.map((option) => {
      const [key, label] = Array.isArray(option) ? option : [option, option];
      return h('option', { value: key, selected: key === value }, label);
    }),
  );
  return list;
}

export function badge(text, kind = '') {
  return h('span', { class: `badge ${kind}` }, text);
}

/** Numbers with names. */
export function facts(pairs) {
  return h('dl', { class: 'facts' }, pairs.map(([name, value]) => h('div', {}, h('dt', {}, name), h('dd', {}, value))));
}

/**
 * A table.
 *
 * @param {Array<[string, string?, string?]>} columns title, class and hint
 * @param {Array<Node>} rows
 * @param {string} caption for those who do not see it
 */
export function table(columns, rows, caption) {
  return h(
    'div',
    { class: 'table-wrap', tabindex: '0', role: 'region', 'aria-label': caption },
    h(
      'table',
      {},
      h('caption', { class: 'visually-hidden' }, caption),
      h('thead', {}, h('tr', {}, columns.map(([title, kind, hint]) => h('th', { scope: 'col', class: kind, title: hint }, title)))),
      h('tbody', {}, rows),
    ),
  );
}

export function row(...cells) {
  return h('tr', {}, cells.map(([content, kind]) => h('td', { class: kind }, content)));
}

export function loading() {
  return h('div', { class: 'loading', role: 'status' }, h('span', { class: 'visually-hidden' }, 'Loading'));
}

/** Nothing there: what that means and what to do next. */
export function empty(title, text, extra) {
  return h('div', { class: 'state' }, icon('inbox', 34), h('strong', {}, title), text ? h('p', {}, text) : null, extra);
}

/** Something failed: what, and a way to try again. */
export function failed(error, again) {
  const away = error.status === 0;
  return h(
    'div',
    { class: 'state bad', role: 'alert' },
    icon(away ? 'unplugged' : 'warning', 34),
    h('strong', {}, away ? 'The app does not answer' : 'This could not be loaded'),
    h('p', {}, away ? 'See whether it runs. This is tried again once it is back.' : error.message),
    again ? button('Try again', again) : null,
  );
}

/** Shows a failure in a place, which is tried again once the app is back. */
export function fail(place, error, again) {
  fill(place, failed(error, again));
  place.dataset.failed = 'true';
  place.retry = () => {
    place.dataset.failed = '';
    again();
  };
}

/** Something happened that needs no answer. */
export function toast(text, kind = '') {
  const note = h('div', { class: `toast ${kind}` }, text);
  document.getElementById('toasts').append(note);
  setTimeout(() => note.remove(), kind === 'bad' ? 9000 : 4500);
}

/** Copies a text, or what a function gives then. */
export function copyButton(text) {
  return button('Copy', async () => {
    try {
      await navigator.clipboard.writeText(typeof text === 'function' ? text() : text);
      toast('Copied');
    } catch {
      toast('The browser does not let this page copy; mark the text instead', 'bad');
    }
  }, 'slim');
}

/** Asks before something that cannot be undone; true for yes. */
export function confirm(title, text, yes, kind = 'danger') {
  return new Promise((resolve) => {
    const dialog = h('dialog', { 'aria-label': title, onclose: () => {
      dialog.remove();
      resolve(dialog.returnValue === 'yes');
    } });
    fill(
      dialog,
      h('h2', {}, title),
      h('p', {}, text),
      h('div', { class: 'form' }, button('Cancel', () => dialog.close('no')), button(yes, () => dialog.close('yes'), kind)),
    );
    document.body.append(dialog);
    dialog.showModal();
  });
}

/**
 * A part of a page that is loaded: shows that it waits, then what came, or what failed. It is loaded
 * again after a failure once the app is back.
 *
 * @param {Element} place
 * @param {function(): Promise} ask
 * @param {function(*): (Node|Array)} show
 */
export async function load(place, signal, ask, show) {
  const attempt = async () => {
    place.dataset.failed = '';
    if (!place.firstChild) {
      fill(place, loading());
    }
    try {
      const data = await ask();
      if (!signal.aborted) {
        fill(place, show(data));
      }
    } catch (error) {
      if (!signal.aborted) {
        fail(place, error, attempt);
      }
    }
  };
  await attempt();
}

/** A record as it is best read: JSON with its structure, anything else as it is. */
export function record(text) {
  let value;
  try {
    value = JSON.parse(text);
  } catch {
    return h('pre', { class: 'code wrap' }, text);
  }
  return h('pre', { class: 'code wrap' }, json(value, ''));
}

function json(value, indent) {
  if (typeof value === 'string') {
    return h('span', { class: 'json-text' }, JSON.stringify(value));
  }
  if (value === null || typeof value !== 'object') {
    return h('span', { class: 'json-other' }, String(value));
  }
  const list = Array.isArray(value);
  const entries = Object.entries(value);
  const deeper = `${indent}  `;
  const [open, close] = list ? ['[', ']'] : ['{', '}'];
  if (entries.length === 0) {
    return open + close;
  }
  return [
    `${open}\n`,
    entries.map(([name, item], index) => [
      deeper,
      list ? null : [h('span', { class: 'json-name' }, JSON.stringify(name)), ': '],
      json(item, deeper),
      index < entries.length - 1 ? ',\n' : '\n',
    ]),
    indent + close,
  ];
}
