import type { Ctx } from "@/server/context";
import type { BudgetSubject } from "@/server/budgets/schemas";
import { setBudget } from "@/server/budgets/set";
import { dailyCosts } from "@/server/budgets/spent-query";
import { readFreshness } from "@/server/analytics/freshness";
import { addDays, type LocalDay, localDay } from "@/server/calendar/local-day";
import { firstOfMonth } from "@/server/calendar/month";
import { Usd } from "@/server/prices/decimal";
import { as, type DemoPeople } from "./demo-people";
import { instantDaysAgo } from "./rhythm";
import { stories } from "./stories";

/** How an amount was found, in parts of what the subject costs. */
type Basis =
  /** Of a usual month or day, before this one. */
  | { usual: number }
  /** What this month has cost so far is so much of it; in the first days, what three usual days cost. */
  | { usedNow: number };

interface Planted {
  subject: BudgetSubject;
  period: "month" | "day";
  basis: Basis;
  owner: keyof DemoPeople;
  /** When it was set, in days before today. */
  daysAgo: number;
  note: string;
}

const feature = (key: string): BudgetSubject => ({ kind: "feature", key });
const team = (key: string): BudgetSubject => ({ kind: "team", key });

/** None asks the gate for anything: nobody of the demo calls it. */
const planted: readonly Planted[] = [
  { subject: { kind: "tenant", key: "" }, period: "month", basis: { usual: 1.25 }, owner: "finance", daysAgo: 58, note: "Approved with the plan of the year" },
  { subject: team("support"), period: "month", basis: { usual: 1.3 }, owner: "admin", daysAgo: 58, note: "Chat and triage together" },
  { subject: feature(stories.heavierPrompt.feature), period: "month", basis: { usual: 0.85 }, owner: "admin", daysAgo: 58, note: "As it cost with prompt v3" },
  { subject: feature(stories.retryLoop.feature), period: "month", basis: { usedNow: 0.86 }, owner: "owner", daysAgo: 52, note: "Pilot: no more than this until it is reviewed" },
  { subject: feature("support-chat"), period: "day", basis: { usual: 1.8 }, owner: "admin", daysAgo: 41, note: "A day's cap, against runaway conversations" },
]; // prettier-ignore

const usualDays = 28;
const daysOfMonth = 30.4;

async function costOf(ctx: Ctx, { kind, key }: BudgetSubject, first: LocalDay, last: LocalDay): Promise<Usd> {
  const { id: tenantId, timeZone } = ctx.tenant;
  return ctx.db.read(async (db) => {
    const { built } = await readFreshness(db, ctx);
    const costs = await dailyCosts(db, { tenantId, timeZone, built, kind, keys: [key] }, first, last);
    return (costs.get(key)?.exactUsd ?? []).reduce((sum, usd) => sum.plus(usd), new Usd(0));
  });
}

async function amountOf(ctx: Ctx, { subject, period, basis }: Planted): Promise<string> {
  const today = localDay(ctx.now, ctx.tenant.timeZone);
  const usual = await costOf(ctx, subject, addDays(today, -usualDays), addDays(today, -1));
  const days = period === "day" ? 1 : daysOfMonth;
  if ("usual" in basis) return rounded(usual.div(usualDays).times(days).times(basis.usual));
  const soFar = await costOf(ctx, subject, firstOfMonth(today), today);
  return rounded(Usd.max(soFar, usual.div(usualDays).times(3)).div(basis.usedNow));
}

/** As people write amounts: two digits that count, and nothing below a cent. */
function rounded(usd: Usd): string {
  const amount = usd.toSignificantDigits(2, Usd.ROUND_HALF_UP).toDecimalPlaces(2, Usd.ROUND_HALF_UP);
  return Usd.max(amount, "0.01").toFixed();
}

/** Budgets as members have set them weeks ago, by what their subjects cost. */
export async function plantBudgets(ctx: Ctx, people: DemoPeople): Promise<void> {
  for (const one of planted) {
    const { subject, period, owner, daysAgo, note } = one;
    const amountUsd = await amountOf(ctx, one);
    const at = instantDaysAgo(ctx.now, ctx.tenant.timeZone, daysAgo, 10);
    await setBudget(as(ctx, people.finance, at), {
      subject,
      period,
      amountUsd,
      ownerId: people[owner].personId,
      note,
    });
  }
}
