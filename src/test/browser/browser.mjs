// A browser, and what must hold for every page whatever it shows.

import assert from 'node:assert/strict';
import { mkdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import { until } from './until.mjs';

const AXE = createRequire(import.meta.url).resolve('axe-core/axe.min.js');
const PICTURES = process.env.PICTURES;
const WIDE = { width: 1280, height: 860 };
const NARROW = { width: 390, height: 844 };

export const PAGES = ['', 'streams', 'lake', 'logs', 'metrics', 'figures', 'dead-letters', 'routes'];

export async function launch() {
  return chromium.launch({
    executablePath: process.env.CHROMIUM,
    args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--disable-background-networking'],
  });
}

/** A tab of the browser that notes whatever a good page does not do. */
export class Tab {
  constructor(page, app) {
    this.page = page;
    this.app = app;
    this.faults = [];
    page.setDefaultTimeout(60_000);
    page.on('pageerror', (error) => this.faults.push(`error: ${error.stack}`));
    page.on('console', (message) => {
      if (message.type() === 'error') {
        this.faults.push(`console: ${message.text()}`);
      }
    });
    page.on('dialog', (dialog) => {
      this.faults.push(`dialog: ${dialog.message()}`);
      dialog.dismiss();
    });
    page.on('request', (request) => {
      if (!request.url().startsWith(app.url)) {
        this.faults.push(`request elsewhere: ${request.url()}`);
      }
    });
  }

  static async open(browser, app, colorScheme = 'light') {
    const context = await browser.newContext({ viewport: WIDE, colorScheme, timezoneId: 'America/New_York' });
    return new Tab(await context.newPage(), app);
  }

  /** Goes to a page, such as `streams/stage01-logs-stream`, as its address says. */
  async go(path) {
    // From elsewhere, so that the page is loaded even if only the part behind # differs.
    await this.page.goto('about:blank');
    await this.page.goto(`${this.app.url}/#/${path}`);
    await this.loaded();
  }

  /** Waits until nothing on the page says that it loads. */
  async loaded() {
    await this.page.locator('h1').first().waitFor();
    await this.page.waitForFunction(() => !document.querySelector('.loading'));
  }

  text(text) {
    return this.page.getByText(text).first();
  }

  button(name) {
    return this.page.getByRole('button', { name, exact: true });
  }

  async sees(text) {
    await this.text(text).waitFor();
  }

  /** Nothing failed, nothing came from elsewhere, and what records say has not become a part of the page. */
  async check() {
    await this.isClean();
    assert.equal(await this.page.locator('.state.bad').count(), 0);
    assert.deepEqual(this.faults, []);
  }

  /** What records, addresses and answers say has not become a part of the page. */
  async isClean(what) {
    const found = await this.page.evaluate(() => ({
      hacked: window.hacked ?? null,
      injected: [...document.querySelectorAll('body img:not([src="/icon.svg"]), main script, body iframe, body object, body a[href^="javascript:" i]')].map((element) => element.outerHTML),
    }));
    assert.deepEqual(found, { hacked: null, injected: [] }, what);
  }

  /** The times of the first and the last value of the charts, once there are `count` values. */
  async charts(count) {
    const label = await until(`the charts have ${count} values`, async () => {
      const text = await this.page.locator('.chart').first().getAttribute('aria-label');
      return Number(/: (\d+) values/.exec(text)?.[1] ?? 0) >= count && text;
    });
    const [, values, from, to] = /: (\d+) values from (\S+) to (\S+) UTC/.exec(label);
    return { values: Number(values), from, to };
  }

  /** Nothing of the page keeps people from using it, as far as axe finds out. */
  async accessible(name) {
    await this.page.evaluate(readFileSync(AXE, 'utf8'));
    const { violations } = await this.page.evaluate(() => window.axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa'] }));
    assert.deepEqual(violations.map(({ id, help, nodes }) => ({ id, help, nodes: nodes.slice(0, 3).map((node) => node.html.slice(0, 200)) })), [], name);
  }

  async fitsNarrowScreens(name) {
    await this.accessible(name);
    await this.page.setViewportSize(NARROW);
    // Charts take the new width with the next frame.
    await this.page.waitForFunction((width) => document.documentElement.scrollWidth <= width, NARROW.width).catch(async () => {
      const width = await this.page.evaluate(() => document.documentElement.scrollWidth);
      assert.fail(`${name} is ${width} px wide on a screen of ${NARROW.width}`);
    });
    await this.picture(`${name}-narrow`);
    await this.page.setViewportSize(WIDE);
  }

  async picture(name) {
    if (PICTURES) {
      mkdirSync(PICTURES, { recursive: true });
      await this.page.screenshot({ path: join(PICTURES, `${name}.png`) });
    }
  }
}
