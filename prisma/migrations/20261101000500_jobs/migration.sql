-- State of the embedded job runner: what the Inngest server keeps, on a machine that has none. Rows may name a tenant
-- inside an event, so no role but jobs reads them.

CREATE TABLE job_run (
  id            uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  function_id   text NOT NULL,
  -- A cron tick or an event id: the same cause never starts a function twice.
  cause         text NOT NULL,
  events        jsonb NOT NULL,
  state         text NOT NULL CHECK (state IN ('queued', 'running', 'done', 'failed')),
  attempt       integer NOT NULL DEFAULT 0,
  run_after     timestamptz NOT NULL,
  -- Runs of one function with the same key go one after another.
  concurrency_key text NOT NULL DEFAULT '',
  failure       text,
  created_at    timestamptz NOT NULL,
  finished_at   timestamptz,
  UNIQUE (function_id, cause)
);
CREATE INDEX job_run_due ON job_run (run_after) WHERE state IN ('queued', 'running');
CREATE INDEX job_run_finished ON job_run (finished_at) WHERE finished_at IS NOT NULL;

CREATE TABLE job_step (
  run_id  uuid NOT NULL REFERENCES job_run (id) ON DELETE CASCADE,
  step_id text NOT NULL,
  seq     integer NOT NULL,
  attempt integer NOT NULL DEFAULT 0,
  -- {"data": …} or {"error": …} once the step is settled; {"until": …} while it sleeps, {"retryAt": …} before another try.
  result  jsonb,
  PRIMARY KEY (run_id, step_id)
);

ALTER TABLE job_run ENABLE ROW LEVEL SECURITY;
ALTER TABLE job_run FORCE ROW LEVEL SECURITY;
ALTER TABLE job_step ENABLE ROW LEVEL SECURITY;
ALTER TABLE job_step FORCE ROW LEVEL SECURITY;
CREATE POLICY jobs_own ON job_run TO tokenledger_jobs USING (true) WITH CHECK (true);
CREATE POLICY jobs_own ON job_step TO tokenledger_jobs USING (true) WITH CHECK (true);
GRANT SELECT, INSERT, UPDATE, DELETE ON job_run, job_step TO tokenledger_jobs;
