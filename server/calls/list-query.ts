import { Prisma } from "@/prisma/generated/client";
import type { CallFilter, Condition } from "./schemas";

const columnOf = {
  kind: "kind",
  feature: "feature",
  userId: "user_id",
  accountId: "account_id",
  provider: "provider",
  model: "model",
  team: "team",
  environment: "environment",
  promptId: "prompt_id",
  promptVersion: "prompt_version",
  errorClass: "error_class",
  route: "route",
  source: "source",
  runId: "run_id",
  keyId: "key_id::text",
  priceStatus: "price_status",
} as const satisfies Partial<Record<keyof CallFilter, string>>;
type ListFilter = keyof typeof columnOf;

const raw = (text: string) => Prisma.raw(text);

/** What the list shows of a call. Amounts as text, so that no digit is lost on the way. */
export const callColumns =
  raw(`call_id AS "id", occurred_at AS "occurredAt", received_at AS "receivedAt", kind, provider, model,
  user_id AS "userId", account_id AS "accountId", feature, team, environment, prompt_id AS "promptId", prompt_version AS "promptVersion",
  attempt, error_class AS "errorClass", batch, cache, latency_ms AS "latencyMs",
  fresh_input_tokens + cache_read_tokens + cache_write_5m_tokens + cache_write_1h_tokens + audio_input_tokens AS "inputTokens",
  visible_output_tokens + reasoning_tokens + audio_output_tokens AS "outputTokens", cache_read_tokens AS "cacheReadTokens",
  trim_scale(cost_usd)::text AS "costUsd", price_status AS "priceStatus"`);

export interface CallsQuestion {
  tenantId: string;
  order: "newest" | "dearest";
  from: Date;
  to: Date;
  filter: CallFilter;
  after: { occurredAt: Date; id: string; costUsd: string | null } | null;
  limit: number;
}

const isText = (value: string | null): value is string => value !== null;
/** % and _ stand for themselves. */
const pattern = (word: string) => `%${word.replace(/[\\%_]/g, "\\$&")}%`;

/** Of columns in which null or '' is no tag: models and providers are never null. */
function conditionSql(column: string, condition: Condition): Prisma.Sql[] {
  const { is, not, contains } = Array.isArray(condition)
    ? { is: condition, not: undefined, contains: undefined }
    : condition;
  const name = raw(column);
  const named = is?.filter(isText) ?? [];
  const alternatives = [
    ...(named.length > 0 ? [Prisma.sql`${name} = ANY (${named}::text[])`] : []),
    ...(is?.includes(null) ? [Prisma.sql`coalesce(${name}, '') = ''`] : []),
  ];
  return [
    ...(alternatives.length > 0 ? [Prisma.sql`(${Prisma.join(alternatives, " OR ")})`] : []),
    ...(not ? [Prisma.sql`coalesce(${name}, '') <> ALL (${not.map((value) => value ?? "")}::text[])`] : []),
    ...(contains ? [Prisma.sql`${name} ILIKE ANY (${contains.map(pattern)}::text[])`] : []),
  ];
}

function conditions(filter: CallFilter): Prisma.Sql[] {
  const lists = (Object.keys(columnOf) as ListFilter[]).flatMap((name) => {
    const condition = filter[name];
    return condition ? conditionSql(columnOf[name], condition) : [];
  });
  const without = (filter.without ?? []).map((name) => Prisma.sql`${raw(columnOf[name])} IS NULL`);
  return [
    ...lists,
    ...without,
    ...(filter.onlyErrors ? [Prisma.sql`error_class IS NOT NULL`] : []),
    ...(filter.onlyRetries ? [Prisma.sql`attempt > 1`] : []),
    ...(filter.onlyFirstAttempts ? [Prisma.sql`attempt = 1`] : []),
    ...(filter.lateByMinutes === undefined
      ? []
      : [Prisma.sql`received_at > occurred_at + make_interval(mins => ${filter.lateByMinutes}::int)`]),
    ...(filter.id === undefined ? [] : [Prisma.sql`starts_with(call_id, ${filter.id})`]),
  ];
}

function afterCursor({ order, after }: CallsQuestion): Prisma.Sql[] {
  if (!after) return [];
  const younger = Prisma.sql`(occurred_at, call_id) < (${after.occurredAt}::timestamptz, ${after.id}::text)`;
  if (order === "newest") return [younger];
  // Unpriced calls stand last, as if below every amount.
  const cost = Prisma.sql`coalesce(cost_usd, -1)`;
  const last = Prisma.sql`coalesce(${after.costUsd}::numeric, -1)`;
  return [Prisma.sql`(${cost} < ${last} OR (${cost} = ${last} AND ${younger}))`];
}

/** SQL for one page of calls, bounded in time; a row more than asked for tells whether there is a next page. */
export function callsSql(question: CallsQuestion): Prisma.Sql {
  const where = [
    Prisma.sql`tenant_id = ${question.tenantId}::uuid`,
    Prisma.sql`occurred_at >= ${question.from}::timestamptz`,
    Prisma.sql`occurred_at < ${question.to}::timestamptz`,
    ...conditions(question.filter),
    ...afterCursor(question),
  ];
  const order =
    question.order === "newest"
      ? "occurred_at DESC, call_id DESC"
      : "coalesce(cost_usd, -1) DESC, occurred_at DESC, call_id DESC";
  return Prisma.sql`SELECT ${callColumns} FROM call WHERE ${Prisma.join(where, " AND ")} ORDER BY ${raw(order)} LIMIT ${question.limit + 1}`;
}
