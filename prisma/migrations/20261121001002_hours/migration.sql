-- Quarter hours of everything lie far apart, each among those of its hour's tags; a year of them is read from here alone.
CREATE INDEX rollup_slot_by_all ON rollup_slot_by (tenant_id, slot) INCLUDE (calls, cost_usd, unpriced_calls)
  WHERE dimension = 'all';
