// The app in a process of its own, as its users start it.

import { spawn } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { until } from './until.mjs';

/** JSON array of a program and its arguments. */
const COMMAND = JSON.parse(process.env.APP_COMMAND);

export class App {
  #process;
  #output = '';

  /** Beside the jar there may be one more, as its users put it into `lib`. */
  constructor(env = {}, beside = undefined) {
    const jar = COMMAND.indexOf('-jar');
    this.command = beside ? [...COMMAND.slice(0, jar), '-cp', `${COMMAND[jar + 1]}:${beside}`, 'routes.CamelApp'] : COMMAND;
    this.home = mkdtempSync(join(tmpdir(), 'camel-app-browser-'));
    this.inbox = join(this.home, 'inbox');
    this.lake = join(this.home, 'data', 's3', 'md-raw-logs');
    this.routes = join(this.home, 'routes-yaml');
    mkdirSync(this.inbox);
    cpSync(join(import.meta.dirname, '..', '..', '..', 'routes-yaml'), this.routes, { recursive: true });
    this.env = {
      LOCAL_CLOUD_PORT: '0',
      INGEST_PORT: '0',
      OTLP_GRPC_PORT: '0',
      DASHBOARD_PORT: '0',
      DEMO_PORT: '0',
      DATA_DIR: join(this.home, 'data'),
      INBOX_DIR: this.inbox,
      INBOX_FINISHED_AFTER_MS: '300',
      FLUSH_INTERVAL_MS: '300',
      SPEED_JDBC_URL: 'embedded',
      SPEED_INTERVAL: '0.5',
      ...env,
    };
  }

  /** Starts it, on the port it had before if it ran already. */
  async start() {
    this.#output = '';
    const [program, ...args] = this.command;
    this.#process = spawn(program, args, { cwd: this.home, env: this.env, stdio: ['ignore', 'pipe', 'pipe'] });
    const keep = (text) => { this.#output += text; };
    this.#process.stdout.on('data', keep);
    this.#process.stderr.on('data', keep);
    try {
      this.intake = await this.#shown(/intake +(https?:\S+:\d+)/);
      this.url = await this.#shown(/dashboard +(https?:\S+:\d+)/);
    } catch (failure) {
      this.#process.kill('SIGKILL');
      throw failure;
    }
    this.env.DASHBOARD_PORT = new URL(this.url).port;
    return this;
  }

  async stop() {
    const ended = new Promise((resolve) => this.#process.once('exit', resolve));
    this.#process.kill();
    await ended;
  }

  async close() {
    await this.stop();
    rmSync(this.home, { recursive: true });
  }

  /** Sends records and waits until all of them are in the lake. */
  async deliver(records, signal) {
    const before = await this.total('deliveredRecords');
    await this.send(records, signal);
    await until(`${records.length} records are delivered`, async () => (await this.total('deliveredRecords')) === before + records.length);
  }

  /** Sends records of a signal, logs unless it is another. */
  async send(records, signal = 'logs') {
    const answer = await fetch(`${this.intake}/api/ingest/batch?signal=${signal}`, { method: 'POST', body: JSON.stringify(records) });
    if (!answer.ok) {
      throw new Error(await answer.text());
    }
  }

  async total(series) {
    return (await this.get('/api/stats/summary')).totals[series];
  }

  async get(path) {
    return (await fetch(this.url + path)).json();
  }

  #shown(address) {
    return until(`it tells ${address}`, () => {
      if (this.#process.exitCode !== null) {
        throw new Error(`The app ended:\n${this.#output}`);
      }
      return address.exec(this.#output)?.[1];
    }, 180_000);
  }
}
