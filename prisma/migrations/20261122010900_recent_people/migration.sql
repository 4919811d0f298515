-- People of the last 30 and 90 days, and of those before, are summed once a day beside the blocks (server/rollups/recent-days.ts):
-- as of the beginning of which day, and when that was begun.
ALTER TABLE rollup_state ADD COLUMN recent_to date, ADD COLUMN recent_at timestamptz;
