import { Prisma } from "@/prisma/generated/client";
import type { ClosedMonth } from "@/server/periods/closed-month";
import { overwrites } from "./apply-rules";
import {
  type AttributionRule,
  type NamedRuleField,
  type RuleCondition,
  type RuleField,
  type SettableField,
  settableFields,
} from "./schemas";

/** Rules in SQL, on the ledger's rows as `c`: they say there what rule-value.ts and apply-rules.ts say of a call that comes in. */

const raw = (text: string) => Prisma.raw(text);

const fieldColumns: Record<NamedRuleField, string> = {
  feature: "c.feature",
  userId: "c.user_id",
  accountId: "c.account_id",
  team: "c.team",
  environment: "c.environment",
  promptId: "c.prompt_id",
  promptVersion: "c.prompt_version",
  route: "c.route",
  region: "c.region",
  model: "nullif(c.model, '')",
  provider: "nullif(c.provider, '')",
  source: "c.source",
  keyId: "c.key_id::text",
};

export const settableColumns = {
  feature: "feature",
  team: "team",
  environment: "environment",
  accountId: "account_id",
  promptId: "prompt_id",
} as const satisfies Record<SettableField, string>;

const isFree = (field: RuleField): field is `tags.${string}` => field.startsWith("tags.");

function valueSql(field: RuleField): Prisma.Sql {
  if (!isFree(field)) return raw(fieldColumns[field]);
  return Prisma.sql`c.tags ->> ${field.slice("tags.".length)}::text`;
}

function conditionSql(condition: RuleCondition): Prisma.Sql {
  const value = valueSql(condition.field);
  switch (condition.op) {
    case "is":
      return Prisma.sql`${value} = ${condition.value}`;
    case "isNot":
      return Prisma.sql`(${value}) IS DISTINCT FROM ${condition.value}`;
    case "startsWith":
      return Prisma.sql`starts_with(${value}, ${condition.value})`;
    case "isMissing":
      return Prisma.sql`(${value}) IS NULL`;
  }
}

export type RuleTerms = Pick<AttributionRule, "conditions" | "sets">;

export interface Effect {
  field: SettableField;
  column: string;
  value: string;
  /** Whether the rule changes this field of the row, given that its conditions hold. */
  changes: (row: "c" | "p") => Prisma.Sql;
}

export function effectsOf(rule: RuleTerms): Effect[] {
  return settableFields.flatMap((field) => {
    const value = rule.sets[field];
    if (value === undefined) return [];
    const column = settableColumns[field];
    const overwrite = overwrites(rule, field);
    const changes = (row: "c" | "p") =>
      overwrite
        ? Prisma.sql`${raw(`${row}.${column}`)} IS DISTINCT FROM ${value}`
        : Prisma.sql`${raw(`${row}.${column}`)} IS NULL`;
    return [{ field, column, value, changes }];
  });
}

/** All conditions hold, and something would change. */
export function matchSql(rule: RuleTerms): Prisma.Sql {
  const conditions = Prisma.join(rule.conditions.map(conditionSql), " AND ");
  const changes = Prisma.join(
    effectsOf(rule).map(({ changes }) => changes("c")),
    " OR ",
  );
  return Prisma.sql`${conditions} AND (${changes})`;
}

/** Only calls without a feature can match, which have an index of their own. */
export function wantsNoFeature(rule: RuleTerms): boolean {
  return rule.conditions.some(({ field, op }) => field === "feature" && op === "isMissing");
}

export function frozenSql(closed: readonly ClosedMonth[]): Prisma.Sql {
  if (closed.length === 0) return raw("false");
  const months = closed.map(
    ({ from, to }) =>
      Prisma.sql`(c.occurred_at >= ${from}::timestamptz AND c.occurred_at < ${to}::timestamptz)`,
  );
  return Prisma.sql`(${Prisma.join(months, " OR ")})`;
}
