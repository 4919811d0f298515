-- Who uses a feature, and what they cost with it, without a look at all that everybody did. The user is part of the key, so
-- that whoever is not asked about is passed over within the index.
CREATE INDEX rollup_user_day_feature ON rollup_user_day (tenant_id, feature, day, user_id)
  INCLUDE (account_id, cost_usd, calls, unpriced_calls, unpriced_tokens);
