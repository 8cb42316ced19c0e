// The signals that the app takes, and what a record of each looks like in one line.

import { get } from './api.js';
import { nanoseconds } from './format.js';
import * as live from './live.js';

export const TITLES = { logs: 'Logs', metrics: 'Metrics', traces: 'Traces' };

/** [{ signal, stream, bucket }], logs first. */
export async function places(signal) {
  const { app } = live.last.summary ?? (await get('/api/stats/summary', {}, signal));
  return app.signals;
}

export async function bucketOf(name, signal) {
  return (await places(signal)).find((place) => place.signal === name)?.bucket;
}

/** The fields of a line, or none. */
export function parse(line) {
  try {
    return Object(JSON.parse(line));
  } catch {
    return {};
  }
}

/** What a record says, in short. */
export function excerpt(fields, line) {
  if (fields.span_id && fields.kind !== undefined && fields.message === undefined) {
    return `${fields.name ?? ''} ${fields.kind.toLowerCase()}${fields.duration_nanos === undefined ? '' : `, ${nanoseconds(fields.duration_nanos)}`}`;
  }
  if (fields.type && fields.name && fields.message === undefined) {
    return `${fields.name} = ${value(fields)}${fields.unit ? ` ${fields.unit}` : ''} ${attributes(fields)}`;
  }
  const message = fields.message ?? fields.msg ?? fields.log ?? fields.body ?? fields.text ?? fields.name ?? line;
  return typeof message === 'string' ? message : JSON.stringify(message);
}

/** Its level, or what of a span is like one. */
export function level(fields) {
  return String(fields.level ?? fields.severity ?? fields.severity_text ?? (fields.status_code === 'ERROR' ? 'ERROR' : fields.status) ?? '');
}

/** The attributes of a data point, as text. */
export function attributes(fields) {
  return Object.entries(fields.attributes ?? {}).map(([name, of]) => `${name}=${typeof of === 'string' ? of : JSON.stringify(of)}`).join(', ');
}

/** What a data point says: of a histogram or summary the mean, where it has one. */
export function value(fields) {
  if (fields.value !== undefined) {
    return fields.value;
  }
  return fields.count > 0 && typeof fields.sum === 'number' ? fields.sum / fields.count : fields.count;
}
