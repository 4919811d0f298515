import { everydayCalls, plan } from "./everyday-calls";
import type { SeedCall } from "./make-call";
import { makePeople } from "./people";
import type { TenantProfile } from "./profile";
import { Random } from "./random";
import { hoursBefore, type Hour } from "./rhythm";

export interface Telling {
  /** Calls of the hour beyond the everyday ones. */
  planted(random: Random, profile: TenantProfile, hour: Hour): SeedCall[];
  /** An everyday call as the stories change it. */
  told(random: Random, call: SeedCall, hour: Hour): SeedCall;
}

export interface Window {
  /** The end; whole hours before it are filled. */
  now: Date;
  seed: number;
  /** Everyday calls, nearly exactly. */
  calls: number;
}

const untold: Telling = { planted: () => [], told: (_random, call) => call };

/** `now` down to the whole hour (UTC): within one hour, the demo is the same. */
export function wholeHour(now: Date): Date {
  return new Date(Math.floor(now.getTime() / 3_600_000) * 3_600_000);
}

/** A tenant's calls, hour by hour. The same for the same profile, seed and hour. */
export function* generateCalls(
  profile: TenantProfile,
  window: Window,
  telling = untold,
): Generator<SeedCall[]> {
  const end = wholeHour(window.now);
  const random = new Random(window.seed + Math.floor(end.getTime() / 3_600_000));
  const people = makePeople(random, profile);
  const hours = hoursBefore(end, profile.days, profile.timeZone);
  const expected = plan(profile, hours, window.calls);
  for (const hour of hours) {
    const everyday = profile.features.flatMap((feature) =>
      everydayCalls(random, profile, people, feature, hour, expected(feature, hour)),
    );
    const all = [
      ...everyday.map((call) => telling.told(random, call, hour)),
      ...telling.planted(random, profile, hour),
    ];
    // What was still on its way at the end would have been received in the future.
    yield all.map((seeded) => (seeded.receivedAt > end ? { ...seeded, receivedAt: end } : seeded));
  }
}
