// All that a search finds, as lines for a file.

import { ApiError, lines } from '../api.js';

const AT_ONCE = 5000;
const MOST = 100_000;

/**
 * @param parameters of the search
 * @param tell is told how many there are so far
 * @returns { lines, complete }; the newest hundred thousand where there are more
 */
export async function allFound(parameters, signal, tell) {
  const all = [];
  let { to } = parameters;
  let seen = new Map();
  for (;;) {
    const { records, next } = await part({ ...parameters, to, limit: AT_ONCE }, signal);
    const news = records.filter((record) => !taken(seen, record));
    news.forEach(({ line }) => all.push(line));
    tell(all.length);
    if (!next || news.length === 0 || all.length >= MOST) {
      return { lines: all, complete: !next };
    }
    seen = oldest(records);
    to = next;
  }
}

async function part(parameters, signal) {
  const found = { records: [], next: null };
  await lines('/api/logs/search', parameters, signal, (line) => {
    if (line.type === 'record') {
      found.records.push(line.record);
    } else if (line.type === 'done') {
      found.next = line.next;
    } else if (line.type === 'failed') {
      throw new ApiError(502, line.detail);
    }
  });
  return found;
}

/** Those of the last moment, which come again, and how often each was there. */
function oldest(records) {
  const moment = ({ time }) => time.slice(0, -1);
  const last = records.map(moment).reduce((a, b) => (a < b ? a : b));
  const seen = new Map();
  records.filter((record) => moment(record) === last).forEach((record) => seen.set(id(record), (seen.get(id(record)) ?? 0) + 1));
  return seen;
}

function taken(seen, record) {
  const left = seen.get(id(record)) ?? 0;
  seen.set(id(record), left - 1);
  return left > 0;
}

function id({ key, line }) {
  return `${key}\n${line}`;
}
