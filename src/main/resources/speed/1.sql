-- What came of one service within one minute or hour, of one of its series.
CREATE TABLE IF NOT EXISTS speed.figures (
  seconds integer NOT NULL,                     -- 60 or 3600
  start timestamp with time zone NOT NULL,      -- of that time, by the records' own clocks
  signal varchar(16) NOT NULL,                  -- logs, metrics or traces
  service varchar(255) NOT NULL,
  series varchar(512) NOT NULL,                 -- level of logs, kind of spans, metric with its attributes
  records bigint NOT NULL,
  bytes bigint NOT NULL,                        -- of their lines in the lake, before compression
  errors bigint NOT NULL,
  traces bytea NOT NULL,                        -- HyperLogLog of the trace ids
  measured bigint NOT NULL,                     -- how many have a value: milliseconds, or a metric's
  total double precision NOT NULL,
  smallest double precision,
  largest double precision,
  latest double precision,
  latest_at timestamp with time zone,
  bins integer ARRAY NOT NULL,                  -- DDSketch of durations: bin b is about (101/99)^b ms
  counts bigint ARRAY NOT NULL,                 -- how many of them each of the bins holds
  PRIMARY KEY (seconds, start, signal, service, series)
);

-- How far each shard is counted; changes only together with the figures.
CREATE TABLE IF NOT EXISTS speed.positions (
  shard varchar(255) NOT NULL PRIMARY KEY,
  sequence_number varchar(129) NOT NULL,
  item integer NOT NULL,
  arrival timestamp with time zone,
  finished boolean NOT NULL
);

-- Whoever writes a signal's figures holds its row, so that writers take turns.
CREATE TABLE IF NOT EXISTS speed.turns (
  signal varchar(16) NOT NULL PRIMARY KEY
);

INSERT INTO speed.turns (signal) VALUES ('logs'), ('metrics'), ('traces') ON CONFLICT DO NOTHING;
