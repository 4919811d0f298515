import { expect } from "vitest";
import { addDays, startOfDay } from "@/server/calendar/local-day";
import { recordCalls } from "@/server/calls/record";
import type { Tenant } from "@/server/context";
import { rollUp } from "@/server/rollups/roll-up";
import { sumRecentDays } from "@/server/rollups/sum-recent-days";
import { contextOf, system } from "../factories/tenant";

/** Zones of half hours and quarter hours off, and with a day of 23, 23½, 24½ or 25 hours. */
export const reportZones = ["Asia/Kolkata", "America/New_York", "Australia/Lord_Howe"] as const;

/** Days of 2026 on which the zone's clocks change; ordinary ones where they never do. */
export function oddDays(zone: string): [string, string] {
  if (zone === "America/New_York") return ["2026-03-08", "2026-11-01"];
  return zone === "Australia/Lord_Howe" ? ["2026-04-05", "2026-10-04"] : ["2026-03-29", "2026-10-25"];
}

const pick = <T>(values: readonly T[], n: number): T => values[n % values.length] as T;

/**
 * Calls every 20 minutes of five local days, told by their number: of seven users and nobody, of runs that last for hours and
 * over midnight and short ones of one user, of two prompts of which one changes its version on the third day; some fail, are repeated, are shared by
 * two, have no price, cost nothing.
 */
function callsAround(day: string, zone: string): object[] {
  const start = startOfDay(addDays(day, -2), zone).getTime();
  const end = startOfDay(addDays(day, 3), zone).getTime();
  const change = startOfDay(day, zone).getTime();
  return Array.from({ length: Math.floor((end - start) / 1_200_000) }, (_, n) => {
    const at = start + n * 1_200_000 + (n % 7) * 61_000;
    const solo = n % 8 === 3;
    const user = solo ? { userId: "user-solo" } : n % 8 === 7 ? {} : { userId: `user-${String((n * n) % 7)}`, accountId: `account-${String(n % 3)}` };
    return {
      id: `${day}-${String(n)}`,
      occurredAt: new Date(at).toISOString(),
      provider: n % 11 === 10 ? "acme" : "openai",
      model: n % 11 === 10 ? "in-house-7b" : pick(["gpt-4o", "gpt-4o-mini", "o4-mini"], n),
      kind: n % 13 === 5 ? "tool" : "llm",
      ...user,
      feature: n % 9 === 8 ? undefined : pick(["chat", "mail"], Math.floor(n / 30)),
      team: pick(["red", "blue"], Math.floor(n / 30)),
      environment: n % 17 === 3 ? "staging" : "production",
      ...(solo ? { runId: `solo-${day}-${String(Math.floor(n / 16))}` } : n % 4 === 3 ? {} : { runId: `run-${day}-${String(Math.floor(n / 25))}` }),
      ...(n % 5 === 4 ? {} : { prompt: n % 2 === 0 ? { id: "greeting", version: at < change ? "1" : "2" } : { id: "summary" } }),
      ...(n % 10 === 9 ? { errorClass: "timeout", billed: "unknown" } : {}),
      attempt: n % 10 === 0 && n > 0 ? 2 : 1,
      latencyMs: n % 6 === 5 ? undefined : 100 + n * 37,
      cache: n % 19 === 4 ? "exact" : "none",
      usage: { inputTokens: 500 + n * 13, outputTokens: 50 + (n % 23) * 9, cacheReadTokens: n % 3 === 0 ? 100 : 0 },
      ...(n % 29 === 2 ? { shares: [{ userId: "user-0", weight: 2 }, { userId: "user-shared" }] } : {}),
    };
  });
} // prettier-ignore

/** Stores calls around both odd days of the tenant's zone, and rolls them up. @returns how many */
export async function storeZonedCalls(tenant: Tenant, now: Date): Promise<number> {
  const ctx = contextOf(tenant, system, now);
  let stored = 0;
  for (const day of oddDays(tenant.timeZone)) {
    const calls = callsAround(day, tenant.timeZone);
    const answer = await recordCalls(ctx, { calls }, { source: "test", anyAge: true });
    expect(answer.rejected).toEqual([]);
    stored += calls.length;
  }
  while ((await rollUp(ctx)).more);
  await sumRecentDays(ctx);
  return stored;
}
