// The one stream of events, /api/events. It comes back by itself, also after a restart of the app.
// Only a page that is seen holds it: browsers have six connections for a server, for all tabs together.

const RETRY_MILLIS = 2000;

const bus = new EventTarget();
let source;
let started;

/** The last of each event, so that a page that opens has something to show at once. */
export const last = {};

/** Calls on an event, also on `state` (live or lost) and `restart`, until the signal. */
export function on(event, listener, signal) {
  bus.addEventListener(event, (message) => listener(message.detail), { signal });
}

/** Listens while the page is seen. */
export function start() {
  const seen = () => {
    if (document.hidden) {
      disconnect();
    } else if (!source) {
      connect();
    }
  };
  document.addEventListener('visibilitychange', seen);
  addEventListener('pagehide', disconnect);
  addEventListener('pageshow', seen);
  seen();
}

function disconnect() {
  source?.close();
  source = undefined;
  emit('state', 'connecting');
}

function connect() {
  source = new EventSource('/api/events');
  for (const event of ['summary', 'sample', 'objects']) {
    source.addEventListener(event, (message) => receive(event, JSON.parse(message.data)));
  }
  const own = source;
  source.onerror = () => {
    emit('state', 'lost');
    // It gives up for good when the answer is not 200, as while the app starts.
    if (own.readyState === EventSource.CLOSED) {
      setTimeout(() => own === source && connect(), RETRY_MILLIS);
    }
  };
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
