-- All records of one trace, across services, in the order of their own timestamps.
SELECT service, "timestamp", level, message
FROM ${table}
WHERE service IN ('checkout', 'shipping')
  AND year = 2026 AND month = 11 AND day = 20 AND hour BETWEEN 9 AND 10
  AND trace_id = '4bf92f3577b34da6a3ce929d0e0e4736'
ORDER BY from_iso8601_timestamp("timestamp")
