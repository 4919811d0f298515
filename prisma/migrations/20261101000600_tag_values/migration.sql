-- Values of a tag that a tenant used on a day (UTC, of receipt), so that one runaway tag cannot swell every roll-up:
-- beyond the tag's cap a call is stored with the value __other__ (server/calls/tag-caps.ts). Forgotten after days.
CREATE TABLE tag_value (
  tenant_id uuid NOT NULL,
  day       date NOT NULL,
  tag       text NOT NULL,
  value     text NOT NULL,
  PRIMARY KEY (tenant_id, day, tag, value)
);

CALL internal.protect('tag_value', 'app', 'ingest', 'jobs');
GRANT SELECT, INSERT ON tag_value TO tokenledger_ingest;
GRANT SELECT, DELETE ON tag_value TO tokenledger_jobs;
GRANT SELECT ON tag_value TO tokenledger_app;
