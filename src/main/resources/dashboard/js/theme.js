// Runs before the page shows, so that it does not flash in the other colours.
(() => {
  const key = 'camel-app-theme';
  const system = matchMedia('(prefers-color-scheme: dark)');
  const chosen = () => {
    try {
      return localStorage.getItem(key);
    } catch {
      return null;
    }
  };
  const apply = () => {
    document.documentElement.dataset.theme = chosen() ?? (system.matches ? 'dark' : 'light');
    dispatchEvent(new Event('themechange'));
  };
  system.addEventListener('change', apply);
  window.toggleTheme = () => {
    const next = document.documentElement.dataset.theme === 'dark' ? 'light' : 'dark';
    try {
      localStorage.setItem(key, next);
    } catch {
      // Then it holds until the page is loaded again.
    }
    document.documentElement.dataset.theme = next;
    dispatchEvent(new Event('themechange'));
  };
  apply();
})();
