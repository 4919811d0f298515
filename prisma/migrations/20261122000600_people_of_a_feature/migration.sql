-- People and features together by four days and by month, without the other tags of their days: who uses a feature over a
-- year is read from a row for each of them and month.
CREATE TABLE rollup_user_month (LIKE rollup_user_day);
ALTER TABLE rollup_user_month
  DROP COLUMN n, DROP COLUMN provider, DROP COLUMN model, DROP COLUMN team, DROP COLUMN environment;
CREATE TABLE rollup_user_block (LIKE rollup_user_month);
ALTER TABLE rollup_user_month RENAME COLUMN day TO month;
ALTER TABLE rollup_user_block RENAME COLUMN day TO block;
-- The feature first, for it is what is asked about; months and blocks are replaced by themselves.
ALTER TABLE rollup_user_month ADD PRIMARY KEY (tenant_id, feature, month, user_id, account_id);
ALTER TABLE rollup_user_block ADD PRIMARY KEY (tenant_id, feature, block, user_id, account_id);
CREATE INDEX rollup_user_month_of ON rollup_user_month (tenant_id, month);
CREATE INDEX rollup_user_block_of ON rollup_user_block (tenant_id, block);

CALL internal.protect('rollup_user_month', 'app', 'jobs');
CALL internal.protect('rollup_user_block', 'app', 'jobs');
GRANT SELECT ON rollup_user_month, rollup_user_block TO tokenledger_app;
GRANT SELECT, INSERT, DELETE ON rollup_user_month, rollup_user_block TO tokenledger_jobs;
