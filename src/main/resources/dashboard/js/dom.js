// Elements are made here and nowhere else. Text becomes a text node, never markup: what logs say
// cannot turn into anything.

/**
 * @param {string} tag
 * @param {Object} attributes `on…` are listeners, `class` and the rest attributes; null and false are left out
 * @param {...(Node|string|number|null|Array)} children
 */
export function h(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) {
      continue;
    }
    if (name.startsWith('on')) {
      element.addEventListener(name.slice(2), value);
    } else if (name === 'value') {
      element.value = value;
    } else {
      element.setAttribute(name, value === true ? '' : value);
    }
  }
  element.append(...nodes(children));
  return element;
}

/** Puts these in the place of what an element holds. */
export function fill(element, ...children) {
  element.replaceChildren(...nodes(children));
  return element;
}

function nodes(children) {
  return children
    .flat(Infinity)
    .filter((child) => child !== null && child !== undefined && child !== false)
    .map((child) => (child instanceof Node ? child : document.createTextNode(String(child))));
}

const PATHS = {
  overview: 'M3 12h4l3-8 4 16 3-8h4',
  streams: 'M3 6h13m-4-4 4 4-4 4M21 18H8m4-4-4 4 4 4',
  lake: 'M4 6c0-1.7 3.6-3 8-3s8 1.3 8 3-3.6 3-8 3-8-1.3-8-3zm0 0v12c0 1.7 3.6 3 8 3s8-1.3 8-3V6M4 12c0 1.7 3.6 3 8 3s8-1.3 8-3',
  logs: 'M4 5h16M4 10h16M4 15h10M4 20h6',
  metrics: 'M4 20V10m5 10V4m5 16v-7m5 7V8',
  figures: 'M3 20h18M4 15l5-6 4 4 7-9',
  letters: 'M3 5h18v14H3zM3 6l9 7 9-7',
  routes: 'M6 3v12m0 0a3 3 0 1 0 0 6 3 3 0 0 0 0-6zm12-6a3 3 0 1 0 0-6 3 3 0 0 0 0 6zm0 0c0 5-6 4-10 7',
  more: 'M5 12h.01M12 12h.01M19 12h.01',
  sun: 'M12 8a4 4 0 1 0 0 8 4 4 0 0 0 0-8zM12 2v2m0 16v2M4 12H2m20 0h-2M5 5l1.5 1.5M17.5 17.5 19 19M19 5l-1.5 1.5M6.5 17.5 5 19',
  moon: 'M20 14.5A8.5 8.5 0 0 1 9.5 4 8.5 8.5 0 1 0 20 14.5z',
  arrow: 'M5 12h14m-5-5 5 5-5 5',
  warning: 'M12 3 2 20h20L12 3zm0 7v5m0 2.5v.5',
  check: 'M4 12.5 9.5 18 20 6.5',
  inbox: 'M3 13h5l1.5 3h5L16 13h5M3 13l3-8h12l3 8v6H3z',
  unplugged: 'M9 3v5m6-5v5M7 8h10v3a5 5 0 0 1-10 0V8zm5 8v5M3 3l18 18',
};

/** An icon of lines in the colour of the text; `arrow` for example. */
export function icon(name, size = 18) {
  const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
  const set = { viewBox: '0 0 24 24', width: size, height: size, fill: 'none', stroke: 'currentColor', 'stroke-width': 2, 'stroke-linecap': 'round', 'stroke-linejoin': 'round', 'aria-hidden': 'true' };
  Object.entries(set).forEach(([key, value]) => svg.setAttribute(key, value));
  const path = document.createElementNS(svg.namespaceURI, 'path');
  path.setAttribute('d', PATHS[name]);
  svg.append(path);
  return svg;
}
