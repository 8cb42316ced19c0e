-- All spans of one trace, across services, in the order in which they began.
SELECT service, "timestamp", name, kind, duration_nanos / 1e6 AS milliseconds, status_code, span_id, parent_span_id
FROM ${table}
WHERE service IN ('checkout', 'shipping')
  AND year = 2026 AND month = 11 AND day = 20 AND hour BETWEEN 9 AND 10
  AND trace_id = '4bf92f3577b34da6a3ce929d0e0e4736'
ORDER BY from_iso8601_timestamp_nanos("timestamp")
