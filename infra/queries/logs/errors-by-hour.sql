-- Errors of one service by hour of one day.
SELECT hour, level, count(*) AS records
FROM ${table}
WHERE service = 'checkout'
  AND year = 2026 AND month = 11 AND day = 20
  AND level IN ('ERROR', 'FATAL')
GROUP BY hour, level
ORDER BY hour, level
