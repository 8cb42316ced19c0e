// The levels as the server tells them, whatever loggers call them.

export const LEVELS = ['FATAL', 'ERROR', 'WARN', 'INFO', 'DEBUG', 'TRACE', 'NONE'];

/** The class that gives a level its colour. */
export function kind(level) {
  return { FATAL: 'bad', ERROR: 'bad', WARN: 'warn', DEBUG: 'quiet', TRACE: 'quiet' }[level] ?? (LEVELS.includes(level) && level !== 'NONE' ? 'good' : 'none');
}
