// A form that puts a record on a stream, to see what becomes of it.

import { post } from '../api.js';
import { fill, h } from '../dom.js';
import * as live from '../live.js';
import { href } from '../router.js';
import { button, card, field, toast } from '../ui.js';

export function putForm(place, { stream }) {
  const data = h('textarea', { rows: '8', name: 'data', spellcheck: 'false', value: sample() });
  const key = h('input', { type: 'text', name: 'partitionKey', maxlength: '256', placeholder: 'a random one' });
  const result = h('div', { class: 'status', role: 'status' });
  const submit = h('button', { class: 'button primary' }, 'Put');
  const put = async (event) => {
    event.preventDefault();
    submit.disabled = true;
    try {
      const placed = await post(`/api/kinesis/stream/${encodeURIComponent(stream)}/records`, { data: data.value, partitionKey: key.value || null });
      const link = href('streams', [stream, 'records'], { shard: placed.shard, from: 'AT_SEQUENCE_NUMBER', sequence: placed.sequenceNumber });
      fill(result, 'Kinesis has it: ', h('a', { class: 'mono', href: link }, `${placed.shard}, ${placed.sequenceNumber}`));
    } catch (error) {
      fill(result);
      toast(`Not put: ${error.message}`, 'bad');
    } finally {
      submit.disabled = false;
    }
  };
  const locked = live.last.summary && !live.last.summary.app.writable;
  fill(
    place,
    card(
      '',
      h(
        'form',
        { class: 'body stack', onsubmit: put },
        locked ? h('p', { class: 'hint' }, 'Set DASHBOARD_TOKEN to put records: this is not the embedded cloud, or other machines can reach this port.') : null,
        field('Record, put as it is', data),
        h('div', { class: 'form' }, field('Partition key', key, 'grow'), button('A new sample', () => { data.value = sample(); }), submit),
        result,
      ),
    ),
  );
}

function sample() {
  return JSON.stringify({ timestamp: new Date().toISOString(), service: 'checkout', level: 'INFO', message: 'A test record', trace_id: crypto.randomUUID?.() ?? String(Math.random()) }, null, 2);
}
