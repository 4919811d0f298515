import { requireRight } from "@/server/auth/permissions";
import type { Ctx } from "@/server/context";
import { Usd, usdText } from "@/server/prices/decimal";
import { RequestCostInput } from "./coverage-schemas";
import { attemptsOf } from "./retry-query";

const dayMs = 86_400_000;
const mostAttempts = 1_000;

/** What one request cost: the sum of its attempts, each at its own model and price. Unpriced ones are counted beside it. */
export async function requestCost(ctx: Ctx, input: RequestCostInput) {
  requireRight(ctx.actor, "calls:read");
  const { rootRequestId, at } = RequestCostInput.parse(input);
  const around = new Date(at).getTime();
  const question = {
    tenantId: ctx.tenant.id,
    from: new Date(around - dayMs),
    to: new Date(around + dayMs),
  };
  const attempts = await ctx.db.read((db) => attemptsOf(db, question, rootRequestId, mostAttempts + 1));
  const shown = attempts.slice(0, mostAttempts);
  const sum = shown.reduce((total, { costUsd }) => total.add(costUsd ?? 0), new Usd(0));
  return {
    attempts: shown,
    costUsd: usdText(sum),
    unpricedAttempts: shown.filter(({ costUsd }) => costUsd === null).length,
    /** There are more attempts, which are not in the sum. */
    truncated: attempts.length > mostAttempts,
  };
}
