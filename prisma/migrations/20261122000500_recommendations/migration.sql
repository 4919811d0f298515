-- What could be had for less, as the ledger tells it: found each morning, taken up or dismissed by somebody, and measured
-- once it was taken up. A row is one thing (its kind and what it is about), however often it is found.
CREATE TABLE recommendation (
  tenant_id      uuid NOT NULL,
  id             uuid NOT NULL,
  kind           text NOT NULL CHECK (kind IN ('batch', 'model', 'cache', 'prompt', 'retry')),
  -- What it is about, in one spelling.
  subject_key    text NOT NULL,
  -- Of what follows, so that later versions of the product read earlier findings.
  shape          integer NOT NULL CHECK (shape >= 1),
  -- What was counted when its condition held last.
  finding        jsonb NOT NULL,
  first_found_at timestamptz NOT NULL,
  found_at       timestamptz NOT NULL,
  -- Whether its condition held at the last look.
  holds          boolean NOT NULL,
  state          text NOT NULL CHECK (state IN ('open', 'accepted', 'dismissed', 'verified', 'not_seen', 'gone')),
  -- Who saw to its present state, and why; a job by its name.
  decided_at     timestamptz,
  decided_by     text,
  note           text CHECK (note <> ''),
  -- The member who answers for it, once it is accepted, and by when.
  owner_id       uuid,
  due_on         date,
  -- The days before it was accepted, which those after it are measured against; and what that came to.
  baseline       jsonb,
  measured       jsonb,
  -- What it would have saved when it was dismissed: it comes back when that has doubled.
  dismissed_usd  numeric(38, 18),
  PRIMARY KEY (tenant_id, id),
  UNIQUE (tenant_id, kind, subject_key),
  CHECK (baseline IS NOT NULL OR state NOT IN ('accepted', 'verified', 'not_seen')),
  CHECK (dismissed_usd IS NOT NULL OR state <> 'dismissed')
);

-- The last look at the tenant's calls: when, at which days of its zone, and at how much.
CREATE TABLE recommendation_look (
  tenant_id uuid NOT NULL,
  looked_at timestamptz NOT NULL,
  first_day date NOT NULL,
  last_day  date NOT NULL,
  shape     integer NOT NULL CHECK (shape >= 1),
  facts     jsonb NOT NULL,
  PRIMARY KEY (tenant_id)
);

CALL internal.protect('recommendation', 'app');
CALL internal.protect('recommendation_look', 'app');
GRANT SELECT, INSERT, UPDATE ON recommendation, recommendation_look TO tokenledger_app;
