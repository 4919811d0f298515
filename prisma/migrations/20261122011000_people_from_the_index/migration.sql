-- What the people of one feature cost is read from the index alone, as by day already.
ALTER TABLE rollup_user_block DROP CONSTRAINT rollup_user_block_pkey;
ALTER TABLE rollup_user_block ADD PRIMARY KEY (tenant_id, feature, days, block, user_id, account_id)
  INCLUDE (cost_usd, calls, unpriced_calls, unpriced_tokens);
