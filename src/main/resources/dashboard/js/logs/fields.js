// The fields of a record, those within objects by names with dots.

const DEEPEST = 4;

/** Pairs of name and value as text. */
export function flat(record, prefix = '', depth = 0) {
  return Object.entries(record).flatMap(([name, value]) => {
    const path = prefix + name;
    const within = value !== null && typeof value === 'object' && !Array.isArray(value) && depth < DEEPEST;
    return within ? flat(value, `${path}.`, depth + 1) : [[path, typeof value === 'string' ? value : JSON.stringify(value)]];
  });
}

export function valueOf(record, path) {
  return flat(record).find(([name]) => name === path)?.[1];
}
