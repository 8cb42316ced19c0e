-- The latest value of a gauge or sum, by the attributes of its series.
SELECT attributes, max_by(value, "timestamp") AS latest, max("timestamp") AS at
FROM ${table}
WHERE service = 'checkout'
  AND year = 2026 AND month = 11 AND day = 20 AND hour = 9
  AND name = 'http.server.active_requests'
  AND value IS NOT NULL
GROUP BY attributes
ORDER BY attributes
