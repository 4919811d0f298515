export type Operation = "SELECT" | "INSERT" | "UPDATE" | "MOVE" | "DELETE";

export interface Exception {
  role: string;
  relation: string;
  operations: Operation[];
  reason: string;
}

const all: Operation[] = ["SELECT", "INSERT", "UPDATE", "DELETE"];
const signIn = "sign-in and key look-ups come before the tenant is known";
const prices = "the price book is everybody's, and holds nothing of a tenant";
const runner = "the runner's own state; only its role reads it";

/**
 * Everything that a role may do to rows of a tenant that it has not named. The test demands that each of these works
 * and that nothing else does.
 */
export const exceptions: Exception[] = [
  ...["tenant", "member", "invitation"].map((relation) => ({
    role: "tokenledger_auth",
    relation,
    operations: ["SELECT" as const],
    reason: signIn,
  })),
  {
    role: "tokenledger_auth",
    relation: "api_key",
    operations: ["SELECT", "UPDATE"],
    reason: `${signIn}; a key's last use is noted`,
  },
  {
    role: "tokenledger_auth",
    relation: "person",
    operations: ["SELECT", "INSERT", "UPDATE"],
    reason: signIn,
  },
  {
    role: "tokenledger_auth",
    relation: "oauth_account",
    operations: ["SELECT", "INSERT", "DELETE"],
    reason: signIn,
  },
  {
    role: "tokenledger_auth",
    relation: "sign_in_token",
    operations: ["SELECT", "INSERT", "DELETE"],
    reason: signIn,
  },
  { role: "tokenledger_auth", relation: "sign_in_throttle", operations: all, reason: signIn },
  ...["tenant", "rollup_dirty", "rollup_state"].map((relation) => ({
    role: "tokenledger_jobs",
    relation,
    operations: ["SELECT" as const],
    reason: "the roll-up asks who has work before it takes one tenant at a time",
  })),
  ...["activity_dirty", "activity_pending", "activity_state"].map((relation) => ({
    role: "tokenledger_jobs",
    relation,
    operations: ["SELECT" as const],
    reason: "the refresh of activity asks who has days to tell anew before it takes one tenant at a time",
  })),
  ...["price_version", "price_rate"].flatMap((relation) => [
    { role: "tokenledger_app", relation, operations: ["SELECT" as const], reason: prices },
    { role: "tokenledger_ingest", relation, operations: ["SELECT" as const], reason: prices },
    {
      role: "tokenledger_jobs",
      relation,
      operations: ["SELECT" as const, "INSERT" as const],
      reason: prices,
    },
  ]),
  {
    role: "tokenledger_jobs",
    relation: "inbox",
    operations: ["SELECT"],
    reason:
      "the inbox job asks who has deliveries before it takes one tenant at a time; what they hold is sealed",
  },
  ...["settle_mark", "source_connection", "reprice_run", "attribution_run", "erasure"].map((relation) => ({
    role: "tokenledger_jobs",
    relation,
    operations: ["SELECT" as const],
    reason: "a job asks who has work before it takes one tenant at a time; credentials are sealed",
  })),
  ...["delivery", "incident_told", "incident_event"].map((relation) => ({
    role: "tokenledger_jobs",
    relation,
    operations: ["SELECT" as const],
    reason:
      "the delivery job asks whose messages wait before it takes one tenant at a time; it may read their keys, states and times alone",
  })),
  {
    role: "tokenledger_jobs",
    relation: "billing_connection",
    operations: ["SELECT"],
    reason:
      "the billing job asks who has something to bill before it takes one tenant at a time; it may read ids and states alone",
  },
  {
    role: "tokenledger_jobs",
    relation: "bill_connection",
    operations: ["SELECT"],
    reason:
      "the job that reads bills asks what is to be read before it takes one tenant at a time; it may read ids and states alone",
  },
  {
    role: "tokenledger_jobs",
    relation: "period_closing",
    operations: ["SELECT"],
    reason:
      "the closing job asks which months wait to be closed before it takes one tenant at a time; it may read which alone",
  },
  ...["kill_review", "kill_decision"].map((relation) => ({
    role: "tokenledger_jobs",
    relation,
    operations: ["SELECT" as const],
    reason:
      "the kill review's job asks whose is missing and whose decisions come due; it may read their keys and dates alone",
  })),
  { role: "tokenledger_app", relation: "price_feed", operations: ["SELECT"], reason: prices },
  {
    role: "tokenledger_jobs",
    relation: "price_feed",
    operations: ["SELECT", "INSERT", "UPDATE"],
    reason: prices,
  },
  { role: "tokenledger_jobs", relation: "job_run", operations: all, reason: runner },
  { role: "tokenledger_jobs", relation: "job_step", operations: all, reason: runner },
];

/** Functions that a role may call, none of which gives or takes a tenant's rows. */
export const callable: { role: string; signature: string }[] = [
  {
    role: "tokenledger_app",
    signature: "bi_create_reader(uuid,text,text,text,text,timestamp with time zone)",
  },
  { role: "tokenledger_app", signature: "bi_rotate_reader(uuid,text,timestamp with time zone)" },
  { role: "tokenledger_app", signature: "bi_revoke_reader(uuid)" },
  { role: "tokenledger_ingest", signature: "create_month(date)" },
  { role: "tokenledger_jobs", signature: "create_month(date)" },
];
