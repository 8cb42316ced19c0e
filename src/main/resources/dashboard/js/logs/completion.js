// How a query may go on: names of fields, and after a name and a colon its values.

import { LEVELS } from '../levels.js';
import { flat } from './fields.js';
import { condition, isName } from './query.js';

const MOST = 40;
const LONGEST = 60;

/**
 * Whole queries, of which each completes the last word of this one.
 *
 * @param services there are
 * @param records found so far, from which fields and values are taken
 */
export function completions(query, services, records) {
  const [, before, word] = /^(.*?)([^\s()]*)$/s.exec(query);
  if (before.split('"').length % 2 === 0) {
    // Within quotes everything stands for itself.
    return [];
  }
  const [, not, start] = /^(-?)(.*)$/s.exec(word);
  return candidates(start, services, records)
    .filter((one) => one !== start && one.toLowerCase().startsWith(start.toLowerCase()))
    .slice(0, MOST)
    .map((one) => `${before}${not}${one}`);
}

function candidates(start, services, records) {
  const colon = start.indexOf(':');
  if (colon < 0) {
    const names = new Set(['level', 'service', ...records.flatMap((record) => flat(record).map(([name]) => name)).filter(isName)]);
    return [...(start ? [] : ['level:>=warn', 'level:error']), ...[...names].map((name) => `${name}:`)];
  }
  const field = start.slice(0, colon);
  return [...new Set(values(field, services, records))].map((value) => (value.startsWith('>=') ? `${field}:${value}` : condition(field, value)));
}

function values(field, services, records) {
  switch (field) {
    case 'level':
      return ['>=warn', ...LEVELS.filter((level) => level !== 'NONE').map((level) => level.toLowerCase())];
    case 'service':
      return services;
    default:
      return records.flatMap((record) => flat(record).filter(([name, value]) => name === field && value.length <= LONGEST).map(([, value]) => value));
  }
}
