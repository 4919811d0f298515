-- What a week came to, as it was known when it was looked at. The figures are never changed: who wants others takes the
-- next week's.
CREATE TABLE weekly_review (
  tenant_id uuid NOT NULL,
  -- Its Monday, in the zone that the tenant had then.
  week      date NOT NULL CHECK (extract(isodow FROM week) = 1),
  time_zone text NOT NULL,
  taken_at  timestamptz NOT NULL,
  made_by   text NOT NULL,
  -- Of the figures, so that later versions of the product read earlier reviews.
  shape     integer NOT NULL CHECK (shape >= 1),
  figures   jsonb NOT NULL,
  -- The member who walks through it; null: there was nobody.
  owner_id  uuid,
  -- When whoever takes reports was told; null: not yet.
  told_at   timestamptz,
  done_at   timestamptz,
  done_by   text,
  PRIMARY KEY (tenant_id, week),
  CHECK ((done_at IS NULL) = (done_by IS NULL))
);

-- A part of a review that somebody has been through.
CREATE TABLE weekly_review_step (
  tenant_id uuid NOT NULL,
  week      date NOT NULL,
  step      text NOT NULL,
  note      text,
  ticked_at timestamptz NOT NULL,
  ticked_by text NOT NULL,
  PRIMARY KEY (tenant_id, week, step),
  FOREIGN KEY (tenant_id, week) REFERENCES weekly_review
);

-- Who walks through reviews to come; without a row it is the tenant's owner.
CREATE TABLE weekly_review_setting (
  tenant_id  uuid NOT NULL,
  owner_id   uuid NOT NULL,
  updated_by text NOT NULL,
  updated_at timestamptz NOT NULL,
  PRIMARY KEY (tenant_id)
);

CALL internal.protect('weekly_review', 'app');
CALL internal.protect('weekly_review_step', 'app');
CALL internal.protect('weekly_review_setting', 'app');
GRANT SELECT, INSERT ON weekly_review TO tokenledger_app;
GRANT UPDATE (told_at, done_at, done_by) ON weekly_review TO tokenledger_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON weekly_review_step, weekly_review_setting TO tokenledger_app;
