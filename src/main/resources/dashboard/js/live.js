// The one stream of events, /api/events. It comes back by itself, also after a restart of the app.
// Only a page that is seen listens.

import { duration } from './format.js';
import { read } from './socket.js';

const RETRY_MILLIS = 2000;
const EVENT = /^event: (\S+)\ndata: (.*)\n\n$/;

const bus = new EventTarget();
let listening;
let started;

/** The last of each event, so that a page that opens has something to show at once. */
export const last = {};

/** Calls on an event, also on `state` (live or lost) and `restart`, until the signal. */
export function on(event, listener, signal) {
  bus.addEventListener(event, (message) => listener(message.detail), { signal });
}

/** How long an object is open in which a record is delivered: a time, where this process knows it. */
export function flushTime() {
  const seconds = last.summary?.app.flushSeconds;
  return seconds === undefined ? 'FLUSH_INTERVAL_MS' : duration(seconds);
}

/** Listens while the page is seen. */
export function start() {
  const seen = () => {
    if (document.hidden) {
      disconnect();
    } else if (!listening) {
      connect();
    }
  };
  document.addEventListener('visibilitychange', seen);
  addEventListener('pagehide', disconnect);
  addEventListener('pageshow', seen);
  seen();
}

function disconnect() {
  listening?.abort();
  listening = undefined;
  emit('state', 'connecting');
}

async function connect() {
  const own = new AbortController();
  listening = own;
  try {
    const { came } = await read('/api/events', own.signal, (text) => {
      const [, event, data] = EVENT.exec(text) ?? [];
      if (event) {
        receive(event, JSON.parse(data));
      }
    });
    if (came) {
      again(own);
    } else {
      overHttp(own);
    }
  } catch {
    again(own);
  }
}

/** Where a proxy knows no WebSockets. */
function overHttp(own) {
  if (own.signal.aborted) {
    return;
  }
  const source = new EventSource('/api/events');
  own.signal.addEventListener('abort', () => source.close());
  for (const event of ['summary', 'sample', 'objects']) {
    source.addEventListener(event, (message) => receive(event, JSON.parse(message.data)));
  }
  source.onerror = () => {
    source.close();
    again(own);
  };
}

function again(own) {
  if (!own.signal.aborted) {
    emit('state', 'lost');
    setTimeout(() => own.signal.aborted || connect(), RETRY_MILLIS);
  }
}

function receive(event, data) {
  if (event === 'summary') {
    const before = started;
    started = data.app.started;
    emit('state', 'live');
    if (before && before !== started) {
      emit('restart', data);
    }
  }
  emit(event, data);
}

function emit(event, detail) {
  if (event === 'state' && last.state === detail) {
    return;
  }
  last[event] = detail;
  bus.dispatchEvent(new CustomEvent(event, { detail }));
}
