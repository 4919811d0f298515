-- A screen with its scope under a name: a person's own, or everybody's of the tenant.
CREATE TABLE saved_view (
  tenant_id  uuid NOT NULL,
  id         uuid NOT NULL DEFAULT gen_random_uuid(),
  name       text NOT NULL,
  screen     text NOT NULL,
  -- [["range", "7d"], ["f", "feature:chat"]]: what the screen's address says, in its order.
  params     jsonb NOT NULL,
  shared     boolean NOT NULL,
  created_by uuid NOT NULL,
  created_at timestamptz NOT NULL,
  updated_at timestamptz NOT NULL,
  -- Can be had back for a day.
  deleted_at timestamptz,
  PRIMARY KEY (tenant_id, id)
);
CREATE UNIQUE INDEX saved_view_shared_name ON saved_view (tenant_id, lower(name)) WHERE shared AND deleted_at IS NULL;
CREATE UNIQUE INDEX saved_view_own_name ON saved_view (tenant_id, created_by, lower(name))
  WHERE NOT shared AND deleted_at IS NULL;

CALL internal.protect('saved_view', 'app');
GRANT SELECT, INSERT, UPDATE, DELETE ON saved_view TO tokenledger_app;
