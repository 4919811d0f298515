import type { Kind, MeasuredDay, Subject } from "@/server/recommendations/schemas";
import { z } from "zod";
import { Usd } from "@/server/prices/decimal";
import type { Ctx } from "@/server/context";
import type { Db } from "@/server/db";
import { readFreshness } from "../freshness";
import type { SpendFilter } from "../schemas";
import { sourceSql } from "../source-query";
import { retryDays } from "./retry-days-query";
import type { Looked } from "./looked";

/** Whose cost per call tells whether it worked. A feature's as a whole, where its calls may have moved to another model. */
function filterOf(kind: Kind, { feature, provider, model, prompt }: Subject): SpendFilter {
  switch (kind) {
    case "batch":
      return { feature: [feature], provider: [provider], model: [model] };
    case "model":
      return { feature: [feature], kind: ["llm"] };
    case "cache":
    case "prompt":
      return { feature: [feature], prompt: [prompt] };
    case "retry":
      return { feature: [feature] };
  }
}

const count = z.coerce.number().int();
const Day = z.object({ day: z.string(), calls: count, firstCalls: count, costUsd: z.string() });

async function days(db: Db, ctx: Ctx, range: Looked["range"], filter: SpendFilter) {
  const { id: tenantId, timeZone } = ctx.tenant;
  const { built } = await readFreshness(db, ctx);
  const source = sourceSql({
    tenantId,
    timeZone,
    built,
    range,
    filter,
    dimensions: [],
    granularity: "day",
    knownAt: null,
  });
  const rows = await db.$queryRaw`
    SELECT bucket::text AS day, sum(calls - unpriced_calls)::text AS calls, sum(calls - retry_calls)::text AS "firstCalls", trim_scale(sum(cost_usd))::text AS "costUsd"
    FROM ${source} AS source GROUP BY bucket ORDER BY bucket`;
  return z.array(Day).parse(rows);
}

/**
 * What a recommendation is measured by, day by day: calls with a price and what they cost; of retries, first attempts and
 * what those beyond them cost, by that cause. Days without calls are left out.
 * @param range whole local days
 */
export async function scopeDays(
  db: Db,
  ctx: Ctx,
  kind: Kind,
  subject: Subject,
  range: Looked["range"],
): Promise<MeasuredDay[]> {
  const ofScope = await days(db, ctx, range, filterOf(kind, subject));
  if (kind !== "retry") return ofScope.map(({ day, calls, costUsd }) => ({ day, calls, costUsd }));
  const retries = await retryDays(db, { tenantId: ctx.tenant.id, range });
  const costOf = new Map(
    retries
      .filter(({ feature, cause }) => feature === subject.feature && cause === subject.cause)
      .map(({ day, costUsd }) => [day, costUsd]),
  );
  return ofScope.map(({ day, firstCalls }) => ({
    day,
    calls: firstCalls,
    costUsd: new Usd(costOf.get(day) ?? 0).toFixed(),
  }));
}
