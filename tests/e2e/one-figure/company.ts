import { randomUUID } from "node:crypto";
import { acme } from "@/prisma/seed/acme";
import { generateCalls } from "@/prisma/seed/generate";
import type { SeedCall } from "@/prisma/seed/make-call";
import { plantedCalls, told } from "@/prisma/seed/story-calls";
import { addDays, localDay, startOfDay } from "@/server/calendar/local-day";
import { maxCallsPerBatch } from "@/server/calls/schemas";
import { demoFacts } from "@/tests/setup/demo";
import { expect, people } from "../fixtures";
import { ledger, only } from "../ledger";
import { type OwnTenant, ownTenant, query } from "../own-tenant";

/** Half an hour off the hours of UTC, so that no figure is right by chance. */
export const timeZone = "Asia/Kolkata";
/** Fewer than a month has: its days are read one by one. */
const days = 27;

export interface Company extends OwnTenant {
  slug: string;
  /** Local days of all its calls; `to` is not included, and is today. */
  from: string;
  to: string;
}

/**
 * Calls that everyday use has none of: shared ones, written caches, failures that may be billed, answers of an own cache,
 * tools whose price has all the digits that there can be.
 */
function oddCalls(midnight: Date): SeedCall["call"][] {
  const at = (hours: number) => new Date(midnight.getTime() - hours * 3_600_000).toISOString();
  const model = { provider: "anthropic", model: "claude-sonnet-4-5", environment: "production" };
  const numbers = Array.from({ length: 40 }, (_, n) => n);
  return numbers.flatMap((n): SeedCall["call"][] => [
    {
      ...model,
      id: `shared-${String(n)}`,
      occurredAt: at(30 + 13 * n),
      team: "support",
      userId: "usr_shared",
      // No thirds of these are whole: the parts end in different digits.
      usage: { inputTokens: 1_001 + n, outputTokens: 101 + n },
      shares: [
        { feature: "support-chat", weight: 1 },
        { feature: "doc-search", weight: 1 },
        { feature: "email-drafts", weight: 1 },
      ],
    },
    {
      ...model,
      id: `written-${String(n)}`,
      occurredAt: at(31 + 13 * n),
      feature: "code-review",
      team: "engineering",
      userId: "usr_writer",
      prompt: { id: "review-diff", version: "v2" },
      usage: { inputTokens: 9_000 + n, cacheReadTokens: 3_000, cacheWrite5mTokens: 2_000 + n, cacheWrite1hTokens: 500, outputTokens: 300 },
    },
    {
      ...model,
      id: `maybe-billed-${String(n)}`,
      occurredAt: at(32 + 13 * n),
      feature: "research-agent",
      team: "research",
      userId: "usr_unlucky",
      errorClass: "stream_broke",
      billed: n % 2 === 0 ? "unknown" : "yes",
      usage: { inputTokens: 700 + n, outputTokens: 33 },
    },
    {
      ...model,
      id: `own-cache-${String(n)}`,
      occurredAt: at(33 + 13 * n),
      feature: "support-chat",
      team: "support",
      cache: "exact",
      usage: { inputTokens: 400, outputTokens: 60 },
    },
    {
      id: `tool-${String(n)}`,
      occurredAt: at(34 + 13 * n),
      kind: "tool",
      provider: "web-search",
      environment: "staging",
      feature: ["support-chat", "research-agent", undefined][n % 3],
      team: ["support", "research", undefined][n % 3],
      userId: "usr_nightly_agent",
      accountId: "northwind",
      attempt: 1 + (n % 2),
      usage: { toolUnits: 1 },
      reportedCostUsd: `0.001234567890123${String(100 + n)}`,
    },
  ]); // prettier-ignore
}

async function send(tenant: OwnTenant, calls: readonly SeedCall["call"][]): Promise<void> {
  for (let at = 0; at < calls.length; at += maxCallsPerBatch) {
    const batch = calls.slice(at, at + maxCallsPerBatch);
    const answer = await fetch(`${demoFacts().url}/api/trpc/ingest.calls`, {
      method: "POST",
      headers: { Authorization: `Bearer ${tenant.ingestKey}`, "Content-Type": "application/json" },
      body: JSON.stringify({ calls: batch }),
    });
    const { result } = (await answer.json()) as { result?: { data: object } };
    expect(result?.data).toMatchObject({ accepted: batch.length, duplicates: 0, rejected: [] });
  }
}

/** Until every call is in the roll-ups, and in the counters that are made with them. */
async function rolledUp(tenant: OwnTenant, range: { from: string; to: string }): Promise<void> {
  const calls = async () => {
    const { waiting, stored } = only(
      await ledger<{ waiting: number; stored: number }>(
        `SELECT (SELECT count(*)::int FROM rollup_dirty WHERE tenant_id = $1) AS waiting,
           (SELECT count(DISTINCT coalesce(share_of, call_id))::int FROM call WHERE tenant_id = $1) AS stored`,
        [tenant.id],
      ),
    );
    const { total } = await query<{ total: { calls: number } }>(tenant, "reports.spend", range);
    return { waiting, missing: stored - total.calls };
  };
  await expect.poll(calls, { timeout: 180_000, intervals: [1_000] }).toEqual({ waiting: 0, missing: 0 });
}

/** A tenant of its own with some 7,000 calls up to yesterday, sent through the door and rolled up; the demo's owner is a member. */
export async function makeCompany(): Promise<Company> {
  const slug = `one-figure-${randomUUID().slice(0, 8)}`;
  const tenant = await ownTenant(slug);
  await ledger("UPDATE tenant SET time_zone = $2 WHERE tenant_id = $1", [tenant.id, timeZone]);
  await ledger(
    "INSERT INTO member (tenant_id, person_id, role) SELECT $1, id, 'owner' FROM person WHERE email = $2",
    [tenant.id, people.owner],
  );
  const to = localDay(new Date(), timeZone);
  const midnight = startOfDay(to, timeZone);
  const profile = { ...acme, slug, timeZone, days };
  const everyday = [...generateCalls(profile, { now: midnight, seed: 4, calls: 5_000 }, { planted: plantedCalls, told })]; // prettier-ignore
  await send(tenant, [...everyday.flat().map(({ call }) => call), ...oddCalls(midnight)]);
  // The first hours of the window may belong to the day before.
  const range = { from: addDays(to, -days - 1), to };
  await rolledUp(tenant, range);
  return { ...tenant, slug, ...range };
}
