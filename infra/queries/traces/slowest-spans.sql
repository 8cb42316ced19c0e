-- The slowest requests that a service answered, with their traces.
SELECT "timestamp", name, duration_nanos / 1e6 AS milliseconds, status_code, trace_id
FROM ${table}
WHERE service = 'checkout'
  AND year = 2026 AND month = 11 AND day = 20 AND hour = 9
  AND kind = 'SERVER'
ORDER BY duration_nanos DESC
LIMIT 100
