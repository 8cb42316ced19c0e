// Records that could not be delivered: why, and what to do with them.

import { ApiError, get, postLines } from '../api.js';
import { fill, h } from '../dom.js';
import { ago, bytes, count, plural, time } from '../format.js';
import * as live from '../live.js';
import { remember } from '../router.js';
import { badge, button, card, confirm, copyButton, empty, fail, field, load, pageHead, record, toast } from '../ui.js';

export function show(place, { query, signal }) {
  const letters = new Letters(query, signal);
  fill(place, pageHead('Dead letters', button('Look again', () => letters.look(0))), h('div', { class: 'stack' }, letters.element));
  letters.look(0);
}

const MOST_TOTALS = 8;
const PAGE = 200;

/** What was seen of the queue so many seconds ago does for another filter or page. */
const MAX_AGE = 60;

/** As many as can be replayed or discarded at once. */
const MOST_AT_ONCE = 100_000;

class Letters {
  constructor(query, signal) {
    this.signal = signal;
    this.chosen = new Set();
    this.looks = 0;
    this.reason = h('input', { type: 'search', name: 'reason', placeholder: 'any, or codes with commas', list: 'reasons', value: query.reason ?? '' });
    this.service = h('input', { type: 'text', name: 'service', placeholder: 'any', value: query.service ?? '' });
    this.reasons = h('datalist', { id: 'reasons' });
    this.setService = h('input', { type: 'text', name: 'set-service', placeholder: 'leave as it is' });
    this.setTime = h('input', { type: 'datetime-local', step: '1', name: 'set-timestamp' });
    this.replay = button('Replay', () => this.change('replay'), 'primary');
    this.discard = button('Discard', () => this.change('discard'), 'danger');
    this.all = button('Choose all', () => this.chooseAll(), 'slim');
    this.replay.disabled = this.discard.disabled = true;
    this.which = h('span', { class: 'small muted status', role: 'status' }, ' ');
    this.list = h('div');
    this.locked = h('p', { class: 'hint', hidden: true }, 'Set DASHBOARD_TOKEN to replay and discard: this is not the embedded cloud, or other machines can reach this port.');
    const showLock = ({ app }) => { this.locked.hidden = app.writable; };
    live.on('summary', showLock, signal);
    if (live.last.summary) {
      showLock(live.last.summary);
    }
    this.element = [
      card('', h('form', { class: 'body form', onsubmit: (event) => { event.preventDefault(); this.look(MAX_AGE); } }, field('Reason', this.reason, 'grow'), field('Service', this.service), h('button', { class: 'button' }, 'Filter'), this.reasons)),
      card(
        '',
        [
          h(
            'div',
            { class: 'body stack' },
            this.locked,
            h('div', { class: 'form' }, field('Where missing or bad, set the service', this.setService), field('and the time, UTC', this.setTime), this.replay, this.discard),
            h('div', { class: 'form' }, this.all, this.which),
          ),
          this.list,
        ],
      ),
    ];
  }

  filter() {
    return { reason: this.reason.value.replaceAll(' ', ''), service: this.service.value.trim() };
  }

  /** Shows what is seen each second until all of the queue is: SQS has it in no order. */
  async look(maxAge) {
    this.chosen.clear();
    this.isAll = false;
    this.entries = new Map();
    remember(this.filter());
    this.looks += 1;
    fill(this.list);
    await load(this.list, this.signal, () => this.get(0, maxAge), (found) => {
      this.goOn(found, this.looks);
      return this.show(found);
    });
  }

  async goOn({ looking }, look) {
    while (looking && look === this.looks && !this.signal.aborted) {
      try {
        const found = await this.get(0, MAX_AGE);
        if (look === this.looks) {
          looking = found.looking;
          fill(this.list, this.show(found));
        }
      } catch (error) {
        if (look === this.looks && !this.signal.aborted) {
          fail(this.list, error, () => this.look(0));
        }
        return;
      }
    }
  }

  get(offset, maxAge, wait = 1) {
    return get('/api/dead-letters', { ...this.filter(), offset, limit: PAGE, maxAge, wait }, this.signal);
  }

  show(found) {
    const { items, byReason, byService, complete, looking, scanned, queue } = found;
    this.found = found;
    this.tell();
    fill(this.reasons, Object.keys(byReason).map((reason) => h('option', { value: reason })));
    // Counted when the look began; more may have come since.
    const onQueue = Math.max(scanned, queue.visible + queue.hidden);
    if (items.length === 0) {
      const any = Object.values(this.filter()).some(Boolean);
      return looking
        ? h('p', { class: 'body small muted' }, `${count(scanned)} of about ${plural(onQueue, 'message')} looked at …`)
        : any
          ? empty('No such dead letters', 'Leave a condition out to see others.')
          : empty(queue.hidden ? 'Nothing to see now' : 'No dead letters', queue.hidden ? `${plural(queue.hidden, 'message')} are being looked at elsewhere; look again in a minute.` : 'Records that can never be delivered would show here, with their reason.');
    }
    const progress = looking
      ? `, ${count(scanned)} of about ${plural(onQueue, 'message')} looked at …`
      : `; ${plural(scanned, 'message')} looked at, about ${count(onQueue)} on the queue.${complete ? '' : ' There are more than were looked at, so later ones too.'}`;
    const records = h('div', { class: 'records' }, items.map((letter) => this.entry(letter)));
    return [
      h('div', { class: 'body totals' }, this.totals('Reason', byReason, 'reason'), this.totals('Service', byService, 'service')),
      h('p', { class: 'body small muted', role: 'status' }, `${plural(found.found, 'letter')}${progress}`),
      records,
      this.more(records),
    ];
  }

  /** The next page, below what is there. */
  more(records) {
    const label = () => `${count(records.children.length)} of ${count(this.found.found)}, the latest first: show more`;
    const more = button(label(), async () => {
      more.disabled = true;
      try {
        const { items } = await this.get(records.children.length, MAX_AGE, 30);
        records.append(...items.map((letter) => this.entry(letter)));
        more.parentElement.hidden = items.length < PAGE;
        fill(more, label());
      } finally {
        more.disabled = false;
      }
    }, 'slim');
    return h('div', { class: 'body form', hidden: this.found.looking || this.found.found <= records.children.length }, more);
  }

  /** How many there are of each kind; a click shows that alone. */
  totals(title, counts, name) {
    const all = Object.entries(counts).sort(([, a], [, b]) => b - a);
    const only = (value) => {
      this[name].value = value;
      this.look(MAX_AGE);
    };
    return h('div', {}, h('h3', {}, title), all.slice(0, MOST_TOTALS).map(([value, number]) =>
      h('div', { class: 'facet-value' }, value ? h('button', { type: 'button', class: 'facet-name', onclick: () => only(value) }, h('span', {}, value), h('span', { class: 'number muted' }, count(number))) : h('span', { class: 'facet-name' }, h('span', { class: 'muted' }, 'none'), h('span', { class: 'number muted' }, count(number))), name === 'reason' ? this.replayAll(value, number) : null),
    ), all.length > MOST_TOTALS ? h('p', { class: 'small muted' }, `and ${count(all.length - MOST_TOTALS)} more`) : null);
  }

  /** All of a reason, and of the service that is asked for, in one step. */
  replayAll(reason, number) {
    const those = button('Replay', () => this.change('replay', { ...this.filtered(), all: undefined, reason: [reason] }, this.inWords(number)), 'slim');
    those.disabled = this.found.looking;
    those.setAttribute('aria-label', `Replay all with ${reason}`);
    return those;
  }

  /** Stays the same, opened or chosen, while later ones come above it. */
  entry(letter) {
    if (!this.entries.has(letter.id)) {
      this.entries.set(letter.id, this.newEntry(letter));
    }
    return this.entries.get(letter.id);
  }

  newEntry(letter) {
    const choose = h('input', { type: 'checkbox', checked: this.isAll, 'aria-label': `Choose ${letter.id}`, onchange: () => {
      this.isAll = false;
      this.chosen[choose.checked ? 'add' : 'delete'](letter.id);
      this.tell();
    } });
    const body = h('div', { class: 'entry-body' });
    const details = h(
      'details',
      { class: 'entry' },
      h(
        'summary',
        {},
        h('span', { class: 'mono muted nowrap', title: letter.at }, ago(letter.at)),
        badge(letter.reason, 'bad'),
        h('span', { class: 'service-name' }, letter.service ?? '–'),
        h('span', { class: 'excerpt' }, letter.message),
      ),
      body,
    );
    details.addEventListener('toggle', () => load(body, this.signal, () => this.whole(letter), about), { once: true });
    return h('div', { class: 'with-choice' }, choose, details);
  }

  /** The list has the beginning of long records only. */
  async whole(letter) {
    if (!letter.cut) {
      return letter;
    }
    const { items } = await get('/api/dead-letters', { id: letter.id }, this.signal);
    return items[0] ?? letter;
  }

  /** All that fit the filter, also those that are not shown. */
  chooseAll() {
    this.isAll = !this.isAll;
    this.chosen.clear();
    this.list.querySelectorAll('.with-choice > input').forEach((choice) => { choice.checked = this.isAll; });
    this.tell();
  }

  /** How many are meant, in words. */
  meant() {
    return this.isAll ? this.inWords(this.found.found) : plural(this.chosen.size, 'dead letter');
  }

  /** So many were seen. */
  inWords(seen) {
    return `${this.found.complete ? '' : 'more than '}${plural(seen, 'dead letter')}`;
  }

  tell() {
    const { reason, service } = this.filter();
    const none = !this.isAll && this.chosen.size === 0;
    this.replay.disabled = this.discard.disabled = none;
    fill(this.all, this.isAll ? 'Choose none' : `Choose all ${this.found?.found ? count(this.found.found) : ''}${reason || service ? ' that fit the filter' : ''}`);
    this.all.disabled = !this.found?.found || this.found.looking;
    fill(this.which, none ? 'Choose those to replay or discard.' : `${this.meant()} chosen`);
  }

  async change(what, which = this.isAll ? this.filtered() : { id: [...this.chosen] }, many = this.meant()) {
    const set = what === 'replay' ? this.set() : undefined;
    const sure =
      what === 'replay'
        ? await confirm(`Replay ${many}?`, 'Their records are put on the stream again. Those still not acceptable come back.', 'Replay', 'primary')
        : await confirm(`Discard ${many}?`, 'Their records are gone for good.', 'Discard');
    if (!sure) {
      return;
    }
    this.replay.disabled = this.discard.disabled = true;
    try {
      const became = what === 'replay' ? replayed : discarded;
      let result;
      await postLines(`/api/dead-letters/${what}?progress=true`, { ...which, limit: MOST_AT_ONCE, ...(set ? { set } : {}) }, this.signal, (soFar) => {
        result = soFar;
        fill(this.which, `${became(soFar)} so far …`);
      });
      if (result.stopped) {
        throw new ApiError(503, `${became(result)}, then ${result.stopped}`);
      }
      toast(`${became(result)}${result.complete ? '' : '; there may be more'}`);
      await this.look(0);
    } catch (error) {
      if (!this.signal.aborted) {
        toast(`Not all was done: ${error.message}`, 'bad');
        await this.look(0);
      }
    } finally {
      this.tell();
    }
  }

  filtered() {
    const { reason, service } = this.filter();
    if (!reason && !service) {
      return { all: true };
    }
    return { ...(reason ? { reason: reason.split(',') } : {}), ...(service ? { service } : {}) };
  }

  set() {
    const set = {};
    if (this.setService.value.trim()) {
      set.service = this.setService.value.trim();
    }
    if (this.setTime.value) {
      set.timestamp = new Date(`${this.setTime.value}Z`).toISOString();
    }
    return Object.keys(set).length ? set : undefined;
  }
}

function replayed(result) {
  const parts = [`${plural(result.replayed, 'record')} put on the stream again`];
  if (result.invalid) {
    parts.push(`${count(result.invalid)} still not acceptable`);
  }
  if (result.missing) {
    parts.push(`${count(result.missing)} whose bytes are gone`);
  }
  return parts.join(', ');
}

function discarded(result) {
  return `${plural(result.discarded, 'letter')} discarded`;
}

function about(letter) {
  const source = Object.entries(letter.source ?? {}).map(([name, value]) => `${name} ${value}`).join(', ');
  const text = letter.record ?? letter.record_base64;
  return [
    h(
      'dl',
      { class: 'pairs' },
      [
        ['Why', letter.message],
        ['Given up', `${time(letter.at)} UTC by ${letter.stage}, attempt ${letter.attempts}${letter.copies > 1 ? `, ${letter.copies} copies on the queue` : ''}`],
        ['From', source],
        letter.time ? ['Its own time', `${time(letter.time)} UTC`] : null,
        [letter.records ? `${letter.records} records` : 'Record', `${bytes(letter.bytes)}${letter.record_base64 ? ', no UTF-8, so as Base64' : ''}`],
        ['Id', letter.id],
      ]
        .filter(Boolean)
        .map(([name, value]) => [h('dt', { class: 'muted' }, name), h('dd', {}, value)]),
    ),
    text !== undefined ? record(text) : h('p', { class: 'small muted' }, `Too large for the queue; kept as ${letter.record_object?.bucket}/${letter.record_object?.key}`),
    text !== undefined ? h('div', { class: 'form' }, copyButton(text)) : null,
  ];
}
