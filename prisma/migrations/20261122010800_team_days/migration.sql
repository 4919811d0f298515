-- What is asked of one team reads that team's rows; a day's are written in the order of its teams from here on.
CREATE INDEX rollup_day_team ON rollup_day (tenant_id, team, day);

-- Sizes of the runs of one feature, team or environment lie together, and are read from the index alone.
ALTER TABLE rollup_run_size DROP CONSTRAINT rollup_run_size_pkey;
ALTER TABLE rollup_run_size ADD PRIMARY KEY (tenant_id, dimension, value, day, measure, bucket) INCLUDE (runs);
-- Days are replaced whole.
CREATE INDEX rollup_run_size_day ON rollup_run_size (tenant_id, day);
