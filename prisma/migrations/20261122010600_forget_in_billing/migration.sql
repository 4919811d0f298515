-- Erasing a person who is an account changes a name in what left for billing, never an amount.
ALTER POLICY tenant_only ON billing_customer TO tokenledger_app, tokenledger_jobs;
ALTER POLICY tenant_only ON billing_export TO tokenledger_app, tokenledger_jobs;
ALTER POLICY tenant_only ON account_revenue TO tokenledger_app, tokenledger_jobs;
GRANT SELECT, DELETE, UPDATE (account_id, name) ON billing_customer TO tokenledger_jobs;
GRANT SELECT, UPDATE (account_id, revision, total) ON billing_export TO tokenledger_jobs;
GRANT SELECT, DELETE, UPDATE (account_id) ON account_revenue TO tokenledger_jobs;
