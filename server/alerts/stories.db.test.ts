import { describe, expect, it } from "vitest";
import { acme } from "@/prisma/seed/acme";
import { generateCalls, type Telling } from "@/prisma/seed/generate";
import { plantPrices } from "@/prisma/seed/plant-price";
import { rollUpHours } from "@/prisma/seed/roll-up-hours";
import { seedCalls } from "@/prisma/seed/seed-calls";
import { seedContext, seedTenant } from "@/prisma/seed/seed-tenant";
import { instantDaysAgo } from "@/prisma/seed/rhythm";
import { stories } from "@/prisma/seed/stories";
import { plantedCalls, told } from "@/prisma/seed/story-calls";
import { readFreshness } from "@/server/analytics/freshness";
import type { Ctx } from "@/server/context";
import { listIncidents } from "@/server/incidents/list";
import type { Incident } from "@/server/incidents/schemas";
import { appendSnapshot } from "@/server/prices/append-snapshot";
import { loadFacts } from "./facts/load";
import { find } from "./find";
import { replay } from "./replay";
import { Settings } from "./settings";

const now = new Date("2026-11-19T12:00:00Z");
const dayMs = 86_400_000;

/** As the demo is made, with another number of calls. */
async function seeded(slug: string, calls: number, telling?: Telling): Promise<Ctx> {
  await appendSnapshot({ now });
  const ctx = seedContext({ slug, timeZone: acme.timeZone, now });
  if (telling) await plantPrices(ctx, acme.days);
  const hours = await seedCalls(ctx, generateCalls(acme, { now, seed: 20_261, calls }, telling));
  await rollUpHours(ctx, hours);
  await seedTenant(ctx);
  return ctx;
}

async function incidentsOf(ctx: Ctx, days: number): Promise<Incident[]> {
  await replay(ctx, { from: new Date(now.getTime() - days * dayMs), to: now });
  const states = ["open", "acknowledged", "snoozed", "resolved"] as const;
  const { incidents, hasMore } = await listIncidents(ctx, { states: [...states], limit: 1_000 });
  expect(hasMore).toBe(false);
  return incidents;
}

/** Minutes have no past to replay: each of them is looked at as it would have been when it was over. */
async function loopsOf(ctx: Ctx, days: number): Promise<string[]> {
  const settings = new Settings([]);
  const { id: tenantId, timeZone } = ctx.tenant;
  const found = new Set<string>();
  for (let back = days; back > 0; back -= 1) {
    const [first, last] = [back, back - 1].map((ago) => new Date(now.getTime() - ago * dayMs));
    if (!first || !last) continue;
    const [facts] = await ctx.db.read(async (db) => {
      const { built } = await readFreshness(db, ctx);
      const question = { rules: ["loop"] as const, settings, first, last, budgets: [] };
      return loadFacts(db, { tenantId, timeZone, built }, [question] as const);
    });
    for (let at = first.getTime(); at < last.getTime(); at += 60_000)
      for (const { subject, window } of find(["loop"], facts, settings, new Date(at)))
        found.add(`${subject.key} from ${window.from.toISOString()}`);
  }
  return [...found];
}

const ago = (daysAgo: number, hour = 0) => instantDaysAgo(now, acme.timeZone, daysAgo, hour).toISOString();
const line = ({ rule, subject, window, openedAt }: Incident) =>
  `${rule} of ${subject.key}: from ${window.from.toISOString()}, told ${openedAt.toISOString()}`;

const { retryLoop, heavierPrompt, unpricedModel } = stories;
const loopDay = retryLoop.daysAgo;
const promptDay = heavierPrompt.daysAgo;
const unpriced = `${unpricedModel.provider}/${unpricedModel.model}`;

/** What each story raises: rule, subject, the stretch's first hour, and the hour at whose end it is told. */
const expected: [rule: Incident["rule"], subject: string, from: string, told: string][] = [
  // The night itself, at the end of its first hour.
  ["spike", retryLoop.feature, ago(loopDay, retryLoop.fromHour), ago(loopDay, retryLoop.fromHour + 1)],
  ["hour-out-of-band", retryLoop.feature, ago(loopDay, retryLoop.fromHour), ago(loopDay, retryLoop.fromHour + 1)],
  ["retry-rate", retryLoop.feature, ago(loopDay, retryLoop.fromHour), ago(loopDay, retryLoop.fromHour + 1)],
  ["day-over-mean", retryLoop.feature, ago(loopDay), ago(loopDay, retryLoop.fromHour + 1)],
  // Replayed, a user's day is whole at its first hour.
  ["user-runaway", "usr_nightly_agent", ago(loopDay), ago(loopDay, 1)],
  // And when the day was over.
  ["latency-cost", retryLoop.feature, ago(loopDay), ago(loopDay - 1)],
  ["week-over-week", retryLoop.feature, ago(loopDay + 6), ago(loopDay - 1)],
  // A heavier prompt: its first day is dearer at the same traffic; the week shows it when three days of it are in.
  ["cost-without-traffic", heavierPrompt.feature, ago(promptDay), ago(promptDay - 1)],
  ["latency-cost", heavierPrompt.feature, ago(promptDay), ago(promptDay - 1)],
  ["week-over-week", heavierPrompt.feature, ago(promptDay + 4), ago(promptDay - 3)],
  // Within the hour.
  ["unpriced-model", unpriced, ago(unpricedModel.sinceDaysAgo), ago(unpricedModel.sinceDaysAgo, 1)],
]; // prettier-ignore

describe("the demo's stories", () => {
  it("raise exactly these incidents in 75 days, and nothing else does", async () => {
    const ctx = await seeded("stories", 196_000, { planted: plantedCalls, told });
    const incidents = await incidentsOf(ctx, 75);
    expect(incidents.map(line).sort()).toEqual(
      expected.map(([rule, subject, from, at]) => `${rule} of ${subject}: from ${from}, told ${at}`).sort(),
    );

    const of = (rule: Incident["rule"], subject: string) =>
      incidents.find((incident) => incident.rule === rule && incident.subject.key === subject);
    // The cause is named, by the decomposition of "why did it change".
    const leading = (incident?: Incident) => incident?.details.contributors[0]?.label;
    const version = `prompt ${heavierPrompt.promptId} ${heavierPrompt.after}`;
    expect(leading(of("cost-without-traffic", heavierPrompt.feature))).toBe(version);
    expect(leading(of("week-over-week", heavierPrompt.feature))).toBe(version);
    expect(leading(of("spike", retryLoop.feature))).toBe("retries");
    // What has ended is resolved; what goes on is not.
    expect(incidents.filter(({ state }) => state !== "resolved").map(({ rule }) => rule)).toEqual([
      "unpriced-model",
    ]);

    const hours = Array.from({ length: retryLoop.hours }, (_, nth) => ago(loopDay, retryLoop.fromHour + nth));
    expect(await loopsOf(ctx, 30)).toEqual(hours.map((hour) => `${retryLoop.feature} from ${hour}`));

    // Again, the same stretch opens and tells nothing.
    expect(await replay(ctx, { from: new Date(now.getTime() - 75 * dayMs), to: now })).toEqual([]);
  }, 400_000);

  it("are what raises them: without, 30 days raise none", async () => {
    const ctx = await seeded("clean", 100_000);
    expect((await incidentsOf(ctx, 30)).map(line)).toEqual([]);
    expect(await loopsOf(ctx, 30)).toEqual([]);
  }, 300_000);
});
