/** What a restricted key must be allowed, in the words of Stripe's form; everything else stays at “None”. */
export const keyRights = [
  ["Accounts", "Read", "whose key it is"],
  ["Billing meters", "Read", "which meters there are, and what they add up to"],
  ["Billing meter events", "Write", "sending usage"],
  ["Customers", "Read", "whom accounts belong to"],
  ["Invoices", "Read", "whether invoices bill what was sent"],
  ["Prices", "Read", "which meter a line of an invoice is of"],
  ["Subscriptions", "Read", "recurring revenue"],
  ["Events", "Read", "what Stripe refused after it had accepted it"],
] as const;

/** What the webhook must be told of: the first two are thin events, the others snapshots. */
export const webhookEvents = [
  "v1.billing.meter.error_report_triggered",
  "v1.billing.meter.no_meter_found",
  "invoice.created",
  "invoice.finalized",
] as const;
