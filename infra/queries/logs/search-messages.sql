-- The latest records whose message matches, with the objects they lie in.
SELECT "timestamp", level, message, "$path" AS object
FROM ${table}
WHERE service = 'checkout'
  AND year = 2026 AND month = 11 AND day = 20 AND hour = 9
  AND regexp_like(message, '(?i)timed? ?out')
ORDER BY "timestamp" DESC
LIMIT 100
