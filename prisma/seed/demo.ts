import { randomBytes } from "node:crypto";
import { refreshAll } from "@/server/activity/refresh";
import type { Role } from "@/server/auth/permissions";
import type { Ctx } from "@/server/context";
import { patiently } from "@/server/imports/patiently";
import { appendSnapshot } from "@/server/prices/append-snapshot";
import { refreshRecommendations } from "@/server/recommendations/refresh";
import { makeReview } from "@/server/weekly-review/make";
import { acme } from "./acme";
import type { DemoPeople } from "./demo-people";
import { wordsOf } from "./end-users";
import { generateCalls, type Telling, wholeHour } from "./generate";
import { globex } from "./globex";
import { plantBills } from "./plant-bills";
import { plantBudgets } from "./plant-budgets";
import { plantClosedMonth } from "./plant-closed-month";
import { plantFeatures } from "./plant-features";
import { plantIncidents } from "./plant-incidents";
import { plantInvoices } from "./plant-invoices";
import { auditPrices, plantPrices } from "./plant-price";
import type { TenantProfile } from "./profile";
import { Random } from "./random";
import { reviewLastMonth } from "./review-last-month";
import { instantDaysAgo } from "./rhythm";
import { rollUpHours } from "./roll-up-hours";
import { seedCalls } from "./seed-calls";
import { seedKey } from "./seed-key";
import { seedPerson } from "./seed-person";
import { seedContext, seedTenant } from "./seed-tenant";
import { seedUsage } from "./seed-usage";
import { plantedCalls, told } from "./story-calls";
import { heard, UsageTeller } from "./tell-usage";

export interface SeedDemoOptions {
  now?: Date;
  /** Calls so far, of about so many. */
  progress?: (done: number, total: number) => void;
  seed?: number;
  /** Everyday calls of the main tenant; the stories' come on top. */
  calls?: number;
}

/** What one needs to use the demo. */
export interface DemoFacts {
  email: string;
  password: string;
  ingestKey: string;
  readKey: string;
  tenant: string;
}

const acmeTelling: Telling = { planted: plantedCalls, told };
/** An hour to roll up takes about as long as so many calls. */
const callsPerHour = 20;
/** And to look back at an hour for what would have been an incident. */
const callsPerHourLookedAt = 12;

async function fill(
  profile: TenantProfile,
  options: { now: Date; seed: number; calls: number; tick: (done: number) => void },
  telling?: Telling,
  plant: (ctx: Ctx) => Promise<void> = () => Promise.resolve(),
): Promise<Ctx> {
  const ctx = seedContext({
    slug: profile.slug,
    name: profile.name,
    timeZone: profile.timeZone,
    now: options.now,
  });
  await plant(ctx);
  const end = wholeHour(options.now);
  // A row of numbers of its own: what is told of use changes no call.
  const random = new Random(options.seed + 1 + Math.floor(end.getTime() / 3_600_000));
  const teller = new UsageTeller(random, profile, end);
  const calls = heard(generateCalls(profile, options, telling), teller);
  const hours = await seedCalls(ctx, calls, options.tick);
  if (teller.events.length > 0)
    await seedUsage(ctx, teller.events, wordsOf(random, teller.users(), profile.accounts, end));
  await rollUpHours(ctx, hours, (count) => options.tick(count * callsPerHour));
  await patiently(() => refreshAll(ctx));
  return ctx;
}

/**
 * Two tenants with 90 days of calls up to `now` (prisma/seed/stories.ts tells what happened in the first). The calls are the
 * same for the same seed and hour; passwords and keys are new each time. The tenants appear when their calls are in; then
 * come the main one's budgets, the incidents of its weeks, and a month that finance has closed and billed.
 */
export async function seedDemo(options: SeedDemoOptions = {}): Promise<DemoFacts> {
  const { now = new Date(), seed = 20_261, calls = 196_000, progress = () => undefined } = options;
  const globexCalls = Math.round(calls / 60);
  const total = calls + globexCalls + acme.days * 24 * (2 * callsPerHour + callsPerHourLookedAt);
  let done = 0;
  const tick = (count: number) => progress((done = Math.min(total, done + count)), total);
  // Known as long as the tenant's own prices: what was closed since then was closed with it.
  await appendSnapshot({ now: instantDaysAgo(now, acme.timeZone, acme.days + 1) });

  const main = await fill(acme, { now, seed, calls, tick }, acmeTelling, (ctx) =>
    plantPrices(ctx, acme.days),
  );
  const other = await fill(globex, { now, seed, calls: globexCalls, tick });
  const password = randomBytes(12).toString("base64url");
  const person = async (name: string, email: string) => (await seedPerson({ name, email, password })).id;
  const createdAt = new Date(wholeHour(now).getTime() - acme.days * 86_400_000);
  const owner = { personId: await person("Priya Raman", "globex@tokenledger.dev"), role: "owner" as const };
  await seedTenant(other, { createdAt, members: [owner] });
  const email = "demo@tokenledger.dev";
  const member = async <R extends Role>(role: R, name: string, address: string) => {
    const personId = await person(name, address);
    return { kind: "person" as const, personId, email: address, role };
  };
  const people: DemoPeople = {
    owner: await member("owner", "Dana Demo", email),
    admin: await member("admin", "Alex Kim", "admin@tokenledger.dev"),
    finance: await member("finance", "Fiona Marsh", "finance@tokenledger.dev"),
    viewer: await member("viewer", "Victor Lund", "viewer@tokenledger.dev"),
  };
  await seedTenant(main, { createdAt, members: Object.values(people) });
  await auditPrices(main);
  await plantBudgets(main, people);
  await plantFeatures(main, people);
  await plantIncidents(main, people);
  await makeReview(main);
  await reviewLastMonth(main);
  await refreshRecommendations(main);
  await plantBills(main, people);
  await plantInvoices(main, people);
  await plantClosedMonth(main, people);
  const ingestKey = await seedKey(main, { name: "Demo app", scopes: ["ingest"] });
  const readKey = await seedKey(main, { name: "Reports", scopes: ["read"] });
  progress(total, total);
  return { email, password, ingestKey, readKey, tenant: acme.slug };
}
