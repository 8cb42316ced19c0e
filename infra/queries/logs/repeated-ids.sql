-- Ids that occur more than once in an hour: copies that came further apart than DEDUPE_WINDOW_MS.
SELECT coalesce(record_id, ingest_id) AS id, count(*) AS copies
FROM ${table}
WHERE service = 'checkout'
  AND year = 2026 AND month = 11 AND day = 20 AND hour = 9
  AND coalesce(record_id, ingest_id) IS NOT NULL
GROUP BY coalesce(record_id, ingest_id)
HAVING count(*) > 1
ORDER BY copies DESC
