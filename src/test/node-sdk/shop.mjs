// A small program that tells of one purchase by three signals, and prints its trace id.
import { context, metrics, SpanKind, SpanStatusCode, trace } from '@opentelemetry/api';
import { logs, SeverityNumber } from '@opentelemetry/api-logs';
import { NodeSDK } from '@opentelemetry/sdk-node';

const sdk = new NodeSDK();
sdk.start();

const tracer = trace.getTracer('shop');
const buy = tracer.startSpan('buy', { kind: SpanKind.SERVER });
const inBuy = trace.setSpan(context.active(), buy);
const pay = tracer.startSpan('pay', { kind: SpanKind.CLIENT }, inBuy);
context.with(trace.setSpan(inBuy, pay), () => {
  pay.addEvent('retry', { tries: 2 });
  pay.setStatus({ code: SpanStatusCode.ERROR, message: 'No cards' });
  logs.getLogger('shop').emit({ severityNumber: SeverityNumber.ERROR, body: 'Card refused' });
  metrics.getMeter('shop').createCounter('orders').add(3);
  metrics.getMeter('shop').createHistogram('duration', { unit: 's' }).record(0.25);
});
pay.end();
buy.end();

await sdk.shutdown();
console.log(buy.spanContext().traceId);
