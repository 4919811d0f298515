-- Bills that come as files: what a console or a cloud exports, kept as a read beside the pulls.
ALTER TABLE bill_pull
  ADD COLUMN file_format text CHECK (file_format IN ('openai-cost', 'anthropic-cost', 'anthropic-usage', 'focus')),
  -- Files of usage tell tokens and no amounts: alone they are no bill.
  ADD COLUMN file_kind text CHECK (file_kind IN ('cost', 'usage')),
  ADD COLUMN file_bytes bigint CHECK (file_bytes > 0),
  -- What the file held besides its lines: rows left out and why, organisations, invoices.
  ADD COLUMN file_facts jsonb,
  -- The provider has sent the invoice: what the file says is final without a second read.
  ADD COLUMN is_settled boolean NOT NULL DEFAULT false,
  -- Its reads count no more. Its lines stay, and sending the file again brings them back.
  ADD COLUMN removed_at timestamptz,
  ADD COLUMN removed_by text,
  ADD CONSTRAINT bill_pull_file_whole CHECK (
    (file_hash IS NULL) = (file_format IS NULL) AND (file_hash IS NULL) = (file_kind IS NULL)
    AND (file_hash IS NULL) = (file_bytes IS NULL) AND (file_hash IS NULL) = (file_facts IS NULL)),
  ADD CONSTRAINT bill_pull_removed CHECK (
    (removed_at IS NULL) = (removed_by IS NULL) AND (removed_at IS NULL OR file_hash IS NOT NULL));

-- The number that the provider's own invoice of the month bears, where somebody wrote it down.
ALTER TABLE bill_sign_off ADD COLUMN invoice_no text CHECK (invoice_no <> '' AND length(invoice_no) <= 200);
