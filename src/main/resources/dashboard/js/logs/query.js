// What is put into a query by clicking; the server reads it, see Query.java.

const NAME = /^[A-Za-z_@][\w.@/-]*$/;
const WORD = /^[\w@/][\w.@/+-]*$/;
const JOINED = /^(AND|OR|NOT)$/;
const ONE_SERVICE = /^service:(?:([\w.@/+-]+)|"([^"\\]*)")$/;

/** Whether a query can name the field. */
export function isName(field) {
  return NAME.test(field);
}

export function condition(field, value) {
  const text = String(value);
  const plain = WORD.test(text) && !JOINED.test(text);
  return `${field}:${plain ? text : quoted(text)}`;
}

export function quoted(text) {
  return `"${text.replace(/["\\]/g, '\\$&')}"`;
}

/** The query with one condition more, or without it where it has it already. */
export function toggled(query, one) {
  return has(query, one) ? without(query, one) : both(query, one);
}

export function has(query, one) {
  return ` ${query} `.includes(` ${one} `);
}

/** Both; what is joined by OR goes into brackets. */
export function both(query, one) {
  const all = query.trim();
  return all ? `${/(^|\s)OR(\s|$)/.test(all) && !/^\([^()]*\)$/.test(all) ? `(${all})` : all} ${one}` : one;
}

function without(query, one) {
  return ` ${query} `.replace(` ${one} `, ' ').trim();
}

/** The service, where the query asks for all of one; empty where it asks for all, else undefined. */
export function onlyService(query) {
  if (query === '') {
    return '';
  }
  const [, plain, withQuotes] = ONE_SERVICE.exec(query) ?? [];
  return plain ?? withQuotes;
}

/** A query that finds what an older address asked for. */
export function ofParts({ text, service, level }) {
  return [text && quoted(text), service && condition('service', service), level && condition('level', level)].filter(Boolean).join(' ');
}
