// How numbers and times read. All times are UTC, as the lake's partitions are.

const WHOLE = new Intl.NumberFormat('en', { maximumFractionDigits: 0 });
const SHORT = new Intl.NumberFormat('en', { notation: 'compact', maximumFractionDigits: 1 });
const FINE = new Intl.NumberFormat('en', { maximumSignificantDigits: 4 });
const TWO = new Intl.NumberFormat('en', { maximumSignificantDigits: 2 });
const ONE = new Intl.NumberFormat('en', { maximumFractionDigits: 1 });

/** 1,234 and 1.2M */
export function count(number) {
  return number < 100_000 ? WHOLE.format(number) : SHORT.format(number);
}

/** 0.017, 0.3, 12 and 1.2K a second, without the unit */
export function rate(number) {
  return number < 1 ? TWO.format(number) : number < 10 ? ONE.format(number) : count(number);
}

/** 512 B and 1.4 MB, of 1024 as in the settings; the space does not break */
export function bytes(number) {
  const units = ['B', 'KB', 'MB', 'GB', 'TB'];
  let unit = 0;
  while (number >= 1024 && unit < units.length - 1) {
    number /= 1024;
    unit++;
  }
  return `${unit > 0 && number < 100 ? ONE.format(number) : WHOLE.format(number)}\u00a0${units[unit]}`;
}

/** 0.2 s, 12 s, 5 min, 3.5 h and 2 days */
export function duration(seconds) {
  if (seconds < 10) {
    return `${ONE.format(seconds)}\u00a0s`;
  }
  if (seconds < 120) {
    return `${WHOLE.format(seconds)}\u00a0s`;
  }
  if (seconds < 7200) {
    return `${WHOLE.format(seconds / 60)}\u00a0min`;
  }
  return seconds < 172_800 ? `${ONE.format(seconds / 3600)}\u00a0h` : `${WHOLE.format(seconds / 86_400)}\u00a0days`;
}

/** 950 ns, 12.3 µs, 4.5 ms and 1.2 s */
export function nanoseconds(number) {
  const units = ['ns', 'µs', 'ms', 's'];
  let unit = 0;
  while (Math.abs(number) >= 1000 && unit < units.length - 1) {
    number /= 1000;
    unit++;
  }
  return `${ONE.format(number)}\u00a0${units[unit]}`;
}

/** 0.00012, 1.5 and 1.2M: a value of whatever size */
export function value(number) {
  return Math.abs(number) < 1000 ? FINE.format(number) : SHORT.format(number);
}

/** 12.3 % */
export function percent(share) {
  return `${share > 0 && share < 0.001 ? '<0.1' : ONE.format(share * 100)}\u00a0%`;
}

/** 2026-08-22 13:00:05.123 */
export function time(iso) {
  const at = new Date(iso);
  return Number.isNaN(at.getTime()) ? String(iso) : at.toISOString().replace('T', ' ').replace('Z', '');
}

/** The same, or as this browser has it. */
export function stamp(iso, local) {
  const at = new Date(iso);
  return time(local ? new Date(at.getTime() - at.getTimezoneOffset() * 60_000).toISOString() : iso);
}

/** 2026-08-22 13:00 */
export function minute(iso) {
  return time(iso).slice(0, 16);
}

/** 13:00:05 */
export function clock(iso) {
  return time(iso).slice(11, 19);
}

/** 12 s ago */
export function ago(iso, now = Date.now()) {
  const seconds = (now - new Date(iso).getTime()) / 1000;
  return seconds < 2 ? 'just now' : `${duration(Math.round(seconds))} ago`;
}

/** 1 object, 2 objects */
export function plural(number, one, many = `${one}s`) {
  return `${count(number)} ${number === 1 ? one : many}`;
}
