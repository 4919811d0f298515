-- Blocks of 4, 8, 16, 32 and 64 days instead of four alone: any quarter is some eight of them and a day here and there, where
-- it was thirteen months, blocks and days. They are named by how many days they have and by the first of these.
DELETE FROM rollup_block;
DELETE FROM rollup_block_by;
DELETE FROM rollup_user_block;
ALTER TABLE rollup_block ADD COLUMN days smallint NOT NULL, DROP CONSTRAINT rollup_block_pkey;
ALTER TABLE rollup_block_by ADD COLUMN days smallint NOT NULL, DROP CONSTRAINT rollup_block_by_pkey;
ALTER TABLE rollup_user_block ADD COLUMN days smallint NOT NULL, DROP CONSTRAINT rollup_user_block_pkey;
DROP INDEX rollup_user_block_of;
ALTER TABLE rollup_block ADD PRIMARY KEY (tenant_id, days, block, n);
ALTER TABLE rollup_block_by ADD PRIMARY KEY (tenant_id, dimension, days, block, value);
ALTER TABLE rollup_user_block ADD PRIMARY KEY (tenant_id, feature, days, block, user_id, account_id);
CREATE INDEX rollup_user_block_of ON rollup_user_block (tenant_id, days, block);

-- Wide blocks that end before this day are summed. Releases before this one left none, and theirs are built anew.
ALTER TABLE rollup_state ADD COLUMN blocks_to date;
