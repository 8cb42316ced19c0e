-- Which metrics a service sends, and how many data points an hour of each.
SELECT hour, name, type, unit, count(*) AS points, count(DISTINCT attributes) AS series
FROM ${table}
WHERE service = 'checkout'
  AND year = 2026 AND month = 11 AND day = 20
GROUP BY hour, name, type, unit
ORDER BY hour, points DESC
