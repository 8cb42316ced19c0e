-- What was logged within the spans that failed, each span beside its lines.
SELECT spans.name, spans.status_message, logs."timestamp", logs.service, logs.level, logs.message
FROM ${table} AS spans
JOIN ${logs} AS logs
  ON logs.trace_id = spans.trace_id AND logs.span_id = spans.span_id
WHERE spans.service = 'checkout'
  AND spans.year = 2026 AND spans.month = 11 AND spans.day = 20 AND spans.hour = 9
  AND spans.status_code = 'ERROR'
  AND logs.service = 'checkout'
  AND logs.year = 2026 AND logs.month = 11 AND logs.day = 20 AND logs.hour = 9
ORDER BY logs."timestamp"
