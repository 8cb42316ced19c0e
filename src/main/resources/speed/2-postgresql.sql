-- Partitions, so that what is old goes as a whole: of minutes one a day, of hours one a month, and
-- one each for what has none yet.
ALTER TABLE speed.figures RENAME TO figures_1;
CREATE TABLE speed.figures (LIKE speed.figures_1) PARTITION BY LIST (seconds);
ALTER TABLE speed.figures ADD PRIMARY KEY (seconds, start, signal, service, series);
CREATE TABLE speed.minutes PARTITION OF speed.figures FOR VALUES IN (60) PARTITION BY RANGE (start);
CREATE TABLE speed.hours PARTITION OF speed.figures FOR VALUES IN (3600) PARTITION BY RANGE (start);
CREATE TABLE speed.minutes_other PARTITION OF speed.minutes DEFAULT;
CREATE TABLE speed.hours_other PARTITION OF speed.hours DEFAULT;
INSERT INTO speed.figures SELECT * FROM speed.figures_1;
DROP TABLE speed.figures_1;

-- Drops what lies before a time, and makes the partitions of what is there and of what comes until
-- another. With the rights of who made it, so that the app needs none to create or drop.
CREATE FUNCTION speed.keep(of_seconds integer, since timestamp with time zone, until timestamp with time zone)
  RETURNS void LANGUAGE plpgsql SECURITY DEFINER
  -- Who waits for a lock holds up those that come after; the next time will do.
  SET lock_timeout = '5s' SET search_path = pg_catalog, pg_temp SET timezone = 'UTC' AS $$
DECLARE
  parent text := CASE of_seconds WHEN 60 THEN 'minutes' ELSE 'hours' END;
  unit text := CASE of_seconds WHEN 60 THEN 'day' ELSE 'month' END;
  length interval := ('1 ' || unit)::interval;
  part text;
  begin_at timestamp with time zone;
BEGIN
  PERFORM pg_advisory_xact_lock(hashtext('speed.keep'));
  FOR part IN
    SELECT relname FROM pg_inherits JOIN pg_class ON oid = inhrelid
    WHERE inhparent = ('speed.' || parent)::regclass AND relname <> parent || '_other'
      AND to_timestamp(right(relname, 8), 'YYYYMMDD') + length <= since
  LOOP
    EXECUTE format('DROP TABLE speed.%I', part);
  END LOOP;
  EXECUTE format('DELETE FROM speed.%I WHERE start < $1', parent || '_other') USING since;
  FOR begin_at IN EXECUTE format(
    'SELECT DISTINCT date_trunc($1, start) FROM speed.%I WHERE start < $2
     UNION SELECT generate_series(date_trunc($1, now()), $2, $3)', parent || '_other')
    USING unit, until, length
  LOOP
    part := parent || to_char(begin_at, '_YYYYMMDD');
    IF to_regclass('speed.' || part) IS NULL THEN
      EXECUTE format('LOCK TABLE speed.%I IN ACCESS EXCLUSIVE MODE', parent || '_other');
      EXECUTE format('CREATE TABLE speed.%I (LIKE speed.%I INCLUDING ALL)', part, parent);
      EXECUTE format(
        'WITH moved AS (DELETE FROM speed.%I WHERE start >= $1 AND start < $1 + $2 RETURNING *)
         INSERT INTO speed.%I SELECT * FROM moved', parent || '_other', part)
        USING begin_at, length;
      EXECUTE format(
        'ALTER TABLE speed.%I ATTACH PARTITION speed.%I FOR VALUES FROM (%L) TO (%L)',
        parent, part, begin_at, begin_at + length);
    END IF;
  END LOOP;
END $$;

REVOKE ALL ON FUNCTION speed.keep FROM PUBLIC;
