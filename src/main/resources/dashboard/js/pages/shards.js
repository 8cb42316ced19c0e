// The shards of a stream, which two pages ask for.

import { get } from '../api.js';

/** All shards of a stream, or the first two thousand. */
export async function shardsOf(stream, signal) {
  const all = [];
  let page;
  do {
    const part = await get(`/api/kinesis/stream/${encodeURIComponent(stream)}/shards`, { limit: 1000, page }, signal);
    all.push(...part.items);
    page = part.next;
  } while (page && all.length < 2000);
  return all;
}
