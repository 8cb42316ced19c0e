-- What was logged within the spans that failed, each span beside its lines.
WITH failed AS (
SELECT trace_id, span_id, name, status_message
FROM ${table}
WHERE service = 'checkout'
  AND year = 2026 AND month = 11 AND day = 20 AND hour = 9
  AND status_code = 'ERROR'
)
SELECT failed.name, failed.status_message, logs."timestamp", logs.level, logs.message
FROM failed
JOIN ${logs} AS logs ON logs.trace_id = failed.trace_id AND logs.span_id = failed.span_id
WHERE logs.service = 'checkout'
  AND logs.year = 2026 AND logs.month = 11 AND logs.day = 20 AND logs.hour = 9
ORDER BY logs."timestamp"
