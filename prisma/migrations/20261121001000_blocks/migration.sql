-- Four days in one, aligned whatever the month: what lies between whole months and single days. Of the work's tags together
-- and of people, whose days are many rows; one tag of the work at a time has few.
CREATE TABLE rollup_block (LIKE rollup_day);
ALTER TABLE rollup_block RENAME COLUMN day TO block;
ALTER TABLE rollup_block ADD PRIMARY KEY (tenant_id, block, n);

CREATE TABLE rollup_block_by (LIKE rollup_day_by);
ALTER TABLE rollup_block_by RENAME COLUMN day TO block;
ALTER TABLE rollup_block_by ADD PRIMARY KEY (tenant_id, dimension, block, value);

-- One user among the days of all.
CREATE INDEX rollup_user_day_user ON rollup_user_day (tenant_id, user_id, day);

CALL internal.protect('rollup_block', 'app', 'jobs');
CALL internal.protect('rollup_block_by', 'app', 'jobs');
GRANT SELECT ON rollup_block, rollup_block_by TO tokenledger_app;
GRANT SELECT, INSERT, DELETE ON rollup_block, rollup_block_by TO tokenledger_jobs;
