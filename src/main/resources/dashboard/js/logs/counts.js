// How many records and errors there are by service and time.

import { get, lines } from '../api.js';

/** What was counted as it came, as a search counts; null where that is not done. */
export async function counted(parameters, signal) {
  const counts = await get('/api/figures', { ...parameters, as: 'counts' }, signal);
  return counts.counting ? counts : null;
}

/**
 * What the lake has, the newest first, as far as that is read in a time.
 *
 * @returns { counts, complete }; counts is null where nothing was found
 */
export async function readFromLake(parameters, millis, signal) {
  const found = { counts: null, complete: false };
  const limited = AbortSignal.any([signal, AbortSignal.timeout(millis)]);
  try {
    await lines('/api/logs/search', { ...parameters, limit: 1, count: true }, limited, (line) => {
      if (line.type === 'counts') {
        found.counts = line;
      } else if (line.type === 'done') {
        found.complete = line.reached !== 'time';
      }
    });
  } catch (failure) {
    if (signal.aborted || !limited.aborted) {
      throw failure;
    }
  }
  return found;
}
