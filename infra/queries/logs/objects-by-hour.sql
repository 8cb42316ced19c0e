-- How many objects and records an hour has, and how large the objects are: small ones make queries slow.
SELECT hour,
       count(DISTINCT "$path") AS objects,
       count(*) AS records,
       count(*) / count(DISTINCT "$path") AS records_per_object
FROM ${table}
WHERE service = 'checkout'
  AND year = 2026 AND month = 11 AND day = 20
GROUP BY hour
ORDER BY hour
