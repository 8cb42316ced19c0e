// Audit: whether all that arrived is accounted for, by hour, service and layer.

import { get } from '../api.js';
import { fill, h, icon } from '../dom.js';
import { bytes, count, minute, plural, time } from '../format.js';
import { href } from '../router.js';
import { TITLES } from '../signals.js';
import { badge, card, empty, load, pageHead, row, table } from '../ui.js';

const AGAIN = 60_000;

export function show(place, { signal }) {
  const result = h('div', { class: 'stack' });
  fill(place, pageHead('Audit'), h('p', { class: 'back' }, h('a', { href: href('lake') }, '← Lake')), result);
  load(result, signal, () => get('/api/audit', {}, signal), shown);
}

/** One line for the overview that leads here. Where the app does not say, there is none. */
export function auditLine(signal) {
  const line = h('div');
  const ask = async () => {
    try {
      fill(line, h('a', { class: 'audit-line', href: href('audit') }, verdict(await get('/api/audit', {}, signal))));
    } catch {
      fill(line);
    }
  };
  ask();
  const timer = setInterval(ask, AGAIN);
  signal.addEventListener('abort', () => clearInterval(timer));
  return line;
}

function verdict({ records, balanced, streams }) {
  const faults = streams.reduce((sum, stream) => sum + stream.faults.length, 0);
  const open = streams.reduce((sum, stream) => sum + stream.total.unaccounted, 0);
  const lost = streams.reduce((sum, stream) => sum + stream.accepted.missing, 0);
  const what = balanced ? 'all accounted for' : [lost && `${count(lost)} accepted and never read`, open && `${count(open)} not accounted for`, faults && `${plural(faults, 'fault')} in the lake`].filter(Boolean).join(', ');
  return h('div', { class: `alert ${balanced ? 'good' : 'bad'}` }, icon(balanced ? 'check' : 'warning'), h('span', {}, `${count(records)} on the ${new Set(streams.map(({ stream }) => stream)).size === 1 ? 'stream' : 'streams'} within a day, ${what}`));
}

function shown(audit) {
  const used = audit.streams.filter(({ hours, lake, faults }) => hours.length || lake.length || faults.length);
  return [
    verdict(audit),
    audit.balanced ? null : faultTable(audit.streams.flatMap((stream) => stream.faults)),
    used.length ? used.map(streamCard) : card('', empty('Nothing arrived within a day', 'What is read from the streams is counted here, with what became of it.')),
  ].filter(Boolean);
}

function faultTable(faults) {
  return card(
    'What does not add up',
    faults.length
      ? table(
          [['Hour, UTC'], ['Service'], ['Fault'], ['Object'], ['What'], ['Found, UTC']],
          faults.map((fault) => row([minute(fault.hour), 'nowrap'], [fault.service], [badge(fault.kind.toLowerCase(), 'bad')], [h('span', { class: 'mono' }, fault.where), 'key'], [fault.what], [minute(fault.since), 'nowrap'])),
          'Faults',
        )
      : empty('Records are not accounted for', 'The hours below say how many. To name each: java -jar camel-app.jar audit'),
  );
}

function acceptance({ acknowledged, underWay, losses }) {
  if (acknowledged + underWay === 0) {
    return null;
  }
  return h(
    'p',
    { class: 'body' },
    `Kinesis acknowledged ${plural(acknowledged, 'record')} to intakes`,
    losses.length ? '' : ', and at least as many were read',
    underWay ? `; ${count(underWay)} of hours that are still being read are not compared` : '',
    '. ',
    ...losses.map(({ shard, from, to, records }) => h('span', { class: 'mono' }, `${shard}: ${plural(records, 'record')} of ${minute(from)} to ${minute(to)} UTC never read. `)),
  );
}

function streamCard({ layer, signal, bucket, balanced, accepted, hours, lake, services }) {
  return card(
    h('span', {}, `${TITLES[signal]}, ${layer} layer `, badge(balanced ? 'all accounted for' : 'does not add up', balanced ? 'good' : 'bad')),
    [
      acceptance(accepted),
      table(
        [['Arrived, UTC'], ['Read', 'number'], ['In the lake', 'number'], ['Copies', 'number'], ['Rejected', 'number'], ['In flight', 'number'], ['Not accounted for', 'number']],
        hours.map((hour) => row([minute(hour.hour), 'nowrap'], ...['read', 'records', 'copies', 'rejected', 'inFlight', 'unaccounted'].map((name) => [count(hour[name]), 'number']))),
        `${TITLES[signal]} by hour of arrival, ${layer} layer`,
      ),
      h('details', { class: 'body' }, h('summary', {}, `${plural(lake.length, 'hour')} of the lake compared with what was put there`), lakeTable(lake, bucket)),
      h('details', { class: 'body' }, h('summary', {}, `${plural(services.length, 'service and hour', 'services and hours')} not yet closed`), serviceTable(services, bucket)),
    ].filter(Boolean),
  );
}

function lakeTable(lake, bucket) {
  return table(
    [['Hour of records, UTC'], ['Services', 'number'], ['Objects', 'number'], ['Records', 'number'], ['Compared, UTC']],
    lake.map((hour) => row([minute(hour.hour), 'nowrap'], [count(hour.services), 'number'], [count(hour.objects), 'number'], [count(hour.records), 'number'], [time(hour.compared), 'nowrap'])),
    `Hours of ${bucket} that were compared`,
  );
}

function serviceTable(services, bucket) {
  return table(
    [['Hour of records, UTC'], ['Service'], ['Objects', 'number'], ['Records', 'number'], ['Stored', 'number']],
    services.map((each) => row([minute(each.hour), 'nowrap'], [each.service], [count(each.objects), 'number'], [count(each.records), 'number'], [bytes(each.bytes), 'number'])),
    `Services in ${bucket}`,
  );
}
