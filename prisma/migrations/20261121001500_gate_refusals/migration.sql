-- What the gate turned away as a loop, by minute: what was not made is in no ledger, and somebody should hear of it.
CREATE TABLE gate_refusal (
  tenant_id uuid NOT NULL,
  minute    timestamptz NOT NULL,
  -- '' is none.
  feature   text NOT NULL,
  reason    text NOT NULL CHECK (reason IN ('loop', 'usd-per-minute')),
  refused   integer NOT NULL CHECK (refused > 0),
  -- The most that was asked for within a minute: calls of one prompt, or USD.
  peak      numeric(38, 18) NOT NULL CHECK (peak >= 0),
  PRIMARY KEY (tenant_id, minute, feature, reason)
);

CALL internal.protect('gate_refusal', 'app');
GRANT SELECT, INSERT, UPDATE, DELETE ON gate_refusal TO tokenledger_app;
