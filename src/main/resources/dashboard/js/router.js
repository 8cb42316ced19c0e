// Addresses such as #/lake/md-raw-logs?service=checkout: a page, what it shows, and its filters.

/** { page, path, query } of the address now; path is what follows the page's name. */
export function current() {
  const [path, query = ''] = location.hash.replace(/^#\/?/, '').split('?');
  const [page = '', ...rest] = path.split('/').map(decode);
  return { page: page || 'overview', path: rest, query: Object.fromEntries(new URLSearchParams(query)) };
}

/** The address of a page; slashes within a part of the path stay apart from those between parts. */
export function href(page, path = [], query = {}) {
  const parameters = new URLSearchParams(Object.entries(query).filter(([, value]) => value !== '' && value !== null && value !== undefined)).toString();
  return `#/${[page, ...path].map(encodeURIComponent).join('/')}${parameters ? `?${parameters}` : ''}`;
}

export function go(page, path, query) {
  location.hash = href(page, path, query);
}

/** Changes the filters in the address without loading the page again. */
export function remember(query) {
  const { page, path } = current();
  history.replaceState(null, '', href(page, path, query));
}

function decode(part) {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
