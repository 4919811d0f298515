-- Which features a month was worth: frozen once the month is over, whatever comes later.
CREATE TABLE kill_review (
  tenant_id uuid NOT NULL,
  -- Its first day, in the zone that the tenant had then.
  month     date NOT NULL CHECK (extract(day FROM month) = 1),
  time_zone text NOT NULL,
  taken_at  timestamptz NOT NULL,
  made_by   text NOT NULL,
  -- Of figures and evidence, so that later versions of the product read earlier reviews.
  shape     integer NOT NULL CHECK (shape >= 1),
  figures   jsonb NOT NULL,
  -- When whoever takes reports was told; null: not yet.
  told_at   timestamptz,
  PRIMARY KEY (tenant_id, month)
);

-- A feature in it, with all that its suggestion rests on.
CREATE TABLE kill_review_item (
  tenant_id  uuid NOT NULL,
  month      date NOT NULL,
  feature    text NOT NULL CHECK (feature <> ''),
  -- By uses, the least used first; features with as many uses share it.
  place      integer NOT NULL CHECK (place >= 1),
  is_bottom  boolean NOT NULL,
  -- Why it is not to be killed, whatever its figures say; null: it may.
  guard      text CHECK (guard IN ('protected', 'seasonal', 'new', 'too_little_data')),
  -- Null: not among the least used, so nothing is suggested.
  suggestion text CHECK (suggestion IN ('kill', 'throttle', 'merge', 'keep')),
  evidence   jsonb NOT NULL,
  PRIMARY KEY (tenant_id, month, feature),
  FOREIGN KEY (tenant_id, month) REFERENCES kill_review,
  CHECK (is_bottom = (suggestion IS NOT NULL))
);

-- What was decided about a feature, version by version; the newest holds.
CREATE TABLE kill_decision (
  tenant_id  uuid NOT NULL,
  feature    text NOT NULL,
  version    integer NOT NULL CHECK (version >= 1),
  -- The review that it was decided on.
  month      date NOT NULL,
  decision   text NOT NULL CHECK (decision IN ('kill', 'throttle', 'merge', 'keep', 'withdrawn')),
  reason     text NOT NULL CHECK (reason <> ''),
  -- The member who sees to it.
  owner_id   uuid,
  due_on     date,
  merge_into text,
  -- What it would have cost without the decision, as it was known when that was made.
  baseline   jsonb,
  decided_at timestamptz NOT NULL,
  decided_by text NOT NULL,
  PRIMARY KEY (tenant_id, feature, version),
  FOREIGN KEY (tenant_id, month, feature) REFERENCES kill_review_item,
  CHECK ((decision IN ('kill', 'throttle', 'merge')) = (due_on IS NOT NULL)),
  CHECK ((decision IN ('kill', 'throttle', 'merge')) = (baseline IS NOT NULL)),
  CHECK ((decision = 'merge') = (merge_into IS NOT NULL)),
  CHECK (merge_into <> feature)
);

-- What was said of a decision's due date, each once.
CREATE TABLE kill_reminder (
  tenant_id uuid NOT NULL,
  feature   text NOT NULL,
  version   integer NOT NULL,
  -- before, due, or the week after it: late-1, late-2 …
  kind      text NOT NULL,
  told_at   timestamptz NOT NULL,
  PRIMARY KEY (tenant_id, feature, version, kind),
  FOREIGN KEY (tenant_id, feature, version) REFERENCES kill_decision
);

CALL internal.protect('kill_review', 'app', 'jobs');
CALL internal.protect('kill_review_item', 'app');
CALL internal.protect('kill_decision', 'app', 'jobs');
CALL internal.protect('kill_reminder', 'app');
GRANT SELECT, INSERT ON kill_review, kill_review_item, kill_decision, kill_reminder TO tokenledger_app;
GRANT UPDATE (told_at) ON kill_review TO tokenledger_app;
-- Who has work, asked across tenants.
CREATE POLICY jobs_read ON kill_review FOR SELECT TO tokenledger_jobs USING (true);
CREATE POLICY jobs_read ON kill_decision FOR SELECT TO tokenledger_jobs USING (true);
GRANT SELECT (tenant_id, month, told_at) ON kill_review TO tokenledger_jobs;
GRANT SELECT (tenant_id, feature, version, decision, due_on) ON kill_decision TO tokenledger_jobs;
