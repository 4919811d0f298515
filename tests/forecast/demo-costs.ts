import { generateCalls, type Telling } from "@/prisma/seed/generate";
import { instantDaysAgo } from "@/prisma/seed/rhythm";
import type { TenantProfile } from "@/prisma/seed/profile";
import { stories } from "@/prisma/seed/stories";
import { plantedCalls, told } from "@/prisma/seed/story-calls";
import { addDays, localDay } from "@/server/calendar/local-day";
import { admit } from "@/server/calls/admit";
import { priceAdmitted } from "@/server/calls/price-admitted";
import { TenantBook } from "@/server/contracts/tenant-book";
import { PriceBook } from "@/server/prices/book";
import { readBundled } from "@/server/prices/bundled";

/** What each subject of a seeded tenant cost by local day and hour, in USD: `days.get(name)[day][hour]`. */
export interface SeededCosts {
  days: string[];
  /** By "tenant", "team <name>" and "feature <name>": a row for each day, of 24 hours. */
  hours: Map<string, number[][]>;
}

const telling: Telling = { planted: plantedCalls, told };

/** The prices that the demo's tenant pays (prisma/seed/plant-price.ts), without a database. */
async function demoBook(now: Date, profile: TenantProfile): Promise<TenantBook> {
  const knownFrom = new Date("2020-01-01T00:00:00Z");
  const listed = await readBundled();
  const book = new PriceBook(
    listed.map((version, at) => ({ ...version, id: String(at), knownFrom })),
    "bundled",
  );
  const said = { feature: null, region: null, validFrom: null, knownFrom, setBy: "seed", note: "", withdrawnFrom: null }; // prettier-ignore
  const { priceChange, endingDiscount } = stories;
  return new TenantBook(book, {
    contracts: [
      {
        id: "contract",
        ...said,
        provider: priceChange.provider,
        model: priceChange.bookModel,
        validTo: instantDaysAgo(now, profile.timeZone, priceChange.daysAgo),
        rates: [...priceChange.earlierRates],
      },
    ],
    rules: [
      {
        id: "rule",
        ...said,
        provider: endingDiscount.provider,
        model: null,
        factor: endingDiscount.factor,
        validTo: null,
      },
    ],
  });
}

/** A tenant's calls of the demo (with its stories, or without), priced and summed. */
export async function seededCosts(
  profile: TenantProfile,
  { now, seed, calls, withStories }: { now: Date; seed: number; calls: number; withStories: boolean },
): Promise<SeededCosts> {
  const book = await demoBook(now, profile);
  const { timeZone } = profile;
  const format = new Intl.DateTimeFormat("en-GB", { timeZone, hour: "2-digit", hourCycle: "h23" });
  const days: string[] = [];
  const today = localDay(now, timeZone);
  for (let back = profile.days; back >= 0; back -= 1) days.push(addDays(today, -back));
  const placeOf = new Map(days.map((day, at) => [day, at]));
  const hours = new Map<string, number[][]>();
  const add = (name: string, day: number, hour: number, usd: number) => {
    let rows = hours.get(name);
    if (!rows) hours.set(name, (rows = days.map(() => new Array<number>(24).fill(0))));
    const row = rows[day];
    if (row) row[hour] = (row[hour] ?? 0) + usd;
  };
  const places = new Map<number, [day: number, hour: number]>();
  const placeOfHour = (ms: number): [number, number] => {
    const hourMs = Math.floor(ms / 3_600_000) * 3_600_000;
    let place = places.get(hourMs);
    if (!place) {
      const at = new Date(hourMs);
      place = [placeOf.get(localDay(at, timeZone)) ?? -1, Number(format.format(at))];
      places.set(hourMs, place);
    }
    return place;
  };
  for (const chunk of generateCalls(profile, { now, seed, calls }, withStories ? telling : undefined)) {
    for (const { call, receivedAt } of chunk) {
      const admission = admit(call, 0, { now: receivedAt, pins: {}, anyAge: true });
      if (!admission.ok) throw new Error(`A seeded call would be refused: ${JSON.stringify(admission)}`);
      const usd = Number(priceAdmitted(book, admission.call, null).ledger.price.costUsd ?? 0);
      const [day, hour] = placeOfHour(Date.parse(call.occurredAt));
      if (day < 0) continue;
      add("tenant", day, hour, usd);
      if (call.feature !== undefined) add(`feature ${call.feature}`, day, hour, usd);
      if (call.team !== undefined) add(`team ${call.team}`, day, hour, usd);
    }
  }
  return { days, hours };
}
