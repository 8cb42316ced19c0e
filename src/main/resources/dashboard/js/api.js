// The REST API.

import { read } from './socket.js';

/** What kept a request from being answered. `status` is 0 when there was no answer at all. */
export class ApiError extends Error {
  constructor(status, detail) {
    super(detail);
    this.status = status;
  }
}

/** An address below /api with parameters; those that are empty are left out. */
export function url(path, parameters = {}) {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(parameters)) {
    if (value !== null && value !== undefined && value !== '') {
      query.set(name, value);
    }
  }
  const text = query.toString();
  return text ? `${path}?${text}` : path;
}

/** Where an object is; slashes of its key stay. */
export function objectPath(bucket, key) {
  return `/api/s3/object/${encodeURIComponent(bucket)}/${key.split('/').map(encodeURIComponent).join('/')}`;
}

export async function get(path, parameters, signal) {
  return (await request(url(path, parameters), { signal })).json();
}

export async function post(path, body, signal) {
  return (await send(path, body, signal)).json();
}

/** What a post is answered with, as a file. */
export async function file(path, body, signal) {
  return (await send(path, body, signal)).blob();
}

function send(path, body, signal) {
  return request(path, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body), signal });
}

/** Reads an answer of JSON lines as they come, and calls with each. */
export async function lines(path, parameters, signal, each) {
  const address = url(path, parameters);
  const take = byLine(each);
  const { came, whole } = await read(address, signal, take);
  if (came && !whole) {
    throw brokenOff();
  }
  if (!came) {
    await pieces(await request(address, { signal }), signal, take);
  }
}

/** The same of what a post is answered with. */
export async function postLines(path, body, signal, each) {
  await pieces(await send(path, body, signal), signal, byLine(each));
}

function byLine(each) {
  let rest = '';
  return (text) => {
    const parts = (rest + text).split('\n');
    rest = parts.pop();
    parts.filter(Boolean).forEach((line) => each(JSON.parse(line)));
  };
}

async function pieces(response, signal, take) {
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  for (;;) {
    const { done, value } = await reader.read().catch((failure) => {
      throw signal.aborted ? failure : brokenOff();
    });
    if (done) {
      return;
    }
    take(value);
  }
}

function brokenOff() {
  return new ApiError(0, 'The answer broke off; the app may have stopped');
}

async function request(path, init) {
  let response;
  try {
    response = await fetch(path, init);
  } catch (failure) {
    throw init.signal?.aborted ? failure : new ApiError(0, 'The app does not answer');
  }
  if (!response.ok) {
    throw new ApiError(response.status, await detail(response));
  }
  return response;
}

async function detail(response) {
  try {
    return (await response.json()).detail ?? response.statusText;
  } catch {
    return response.statusText || `Status ${response.status}`;
  }
}
