// The two ways to ask the lake.

import { h } from '../dom.js';
import { href } from '../router.js';

const WAYS = [['logs', 'Query'], ['sql', 'SQL']];

export function tabs(shown) {
  return h('nav', { class: 'tabs', 'aria-label': 'Ways to ask' }, WAYS.map(([page, title]) => h('a', { href: href(page), 'aria-current': page === shown ? 'page' : null }, title)));
}
