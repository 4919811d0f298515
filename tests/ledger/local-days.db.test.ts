import { expect, it } from "vitest";
import { addDays, localDay, startOfDay } from "@/server/calendar/local-day";
import { asAdmin } from "../factories/tenant";
import { zones } from "./zones";

interface Day {
  zone: string;
  day: string;
  /** First quarter hour whose local date this is, and how many there are. */
  start: Date;
  quarters: number;
}

/** The days as PostgreSQL cuts them, told from every quarter hour and not from any day's bounds. */
const postgresDays = (names: readonly string[], from: string, to: string) =>
  asAdmin<Day & Record<string, unknown>>(
    `SELECT zone, to_char(day, 'YYYY-MM-DD') AS day, min(t) AS start, count(*)::int AS quarters FROM (
       SELECT zone, t, (t AT TIME ZONE zone)::date AS day
       FROM unnest($1::text[]) AS zone, generate_series($2::timestamptz, $3::timestamptz - interval '1 ms', interval '15 minutes') AS t) AS cut
     GROUP BY zone, day ORDER BY zone, day`,
    [names, from, to],
  );

let years: Promise<Day[]> | null = null;
/** A moment more on both sides, so that the years themselves are whole. */
const eightYears = () => (years ??= postgresDays(zones, "2019-12-30T00:00:00Z", "2028-01-03T00:00:00Z"));

const ms = 1;
const quarterMs = 15 * 60_000;

/** Faults of one day: its start, the instants beside it, and that the next day begins where it ends. */
function faultsOf({ zone, day, start, quarters }: Day, next: Day | undefined): string[] {
  const said: [string, unknown, unknown][] = [
    ["starts at", startOfDay(day, zone).toISOString(), start.toISOString()],
    ["first instant lies in", localDay(start, zone), day],
    ["the instant before lies in", localDay(new Date(start.getTime() - ms), zone) < day, true],
  ];
  if (next?.zone === zone) {
    const end = new Date(start.getTime() + quarters * quarterMs);
    said.push(["ends at", next.start.toISOString(), end.toISOString()]);
    said.push(["last instant lies in", localDay(new Date(end.getTime() - ms), zone), day]);
  }
  return said
    .filter(([, ours, theirs]) => ours !== theirs)
    .map(([what, ours, theirs]) => `${zone} ${day} ${what} ${String(ours)}, not ${String(theirs)}`);
}

function compare(days: readonly Day[]) {
  // The first and the last day of each zone are cut off by the range.
  const whole = days.filter((day, at) => days[at - 1]?.zone === day.zone && days[at + 1]?.zone === day.zone);
  const faults = whole.flatMap((day, at) => faultsOf(day, whole[at + 1]));
  return { whole, faults };
}

it("days are PostgreSQL's, in every zone with a habit, for 2020 to 2027", async () => {
  const { whole, faults } = compare(await eightYears());
  expect(faults).toEqual([]);
  const odd = whole.filter(({ quarters }) => quarters !== 96);
  // Two changes a year where there are any, and none missing.
  expect(odd.filter(({ zone }) => zone === "Europe/Berlin").map(({ quarters }) => quarters)).toEqual(
    Array.from({ length: 8 }, () => [92, 100]).flat(),
  );
  expect(odd.filter(({ zone }) => zone === "Australia/Lord_Howe").map(({ quarters }) => quarters)).toEqual(
    Array.from({ length: 8 }, () => [98, 94]).flat(),
  );
  expect(odd.filter(({ zone }) => ["Asia/Kolkata", "Asia/Kathmandu", "UTC"].includes(zone))).toEqual([]);
  console.info(
    `local days: ${whole.length} days of ${zones.length} zones as PostgreSQL cuts them, ${odd.length} of them not 24 hours long`,
  );
});

it("every quarter hour of a day with a change lies in that day and in no other", async () => {
  const days = (await eightYears()).filter(
    ({ quarters, day }) => quarters !== 96 && day > "2020" && day < "2028",
  );
  let instants = 0;
  const wrong: string[] = [];
  for (const { zone, day } of days) {
    const [start, end] = [startOfDay(day, zone).getTime(), startOfDay(addDays(day, 1), zone).getTime()];
    for (let at = start - 4 * quarterMs; at < end + 4 * quarterMs; at += quarterMs) {
      instants += 1;
      if ((localDay(new Date(at), zone) === day) !== (at >= start && at < end))
        wrong.push(`${zone} ${new Date(at).toISOString()}`);
    }
  }
  expect(wrong).toEqual([]);
  console.info(
    `local days: ${instants} quarter hours around ${days.length} changes of the clock, each in one day`,
  );
});

it("all zones that both sides know agree on today's and on the last change's days", async () => {
  const known = await asAdmin<{ name: string }>("SELECT name FROM pg_timezone_names");
  const both = Intl.supportedValuesOf("timeZone").filter((zone) => known.some(({ name }) => name === zone));
  expect(both.length).toBeGreaterThan(400);
  const ranges = [["2026-03-26T00:00:00Z", "2026-04-01T00:00:00Z"], ["2026-10-22T00:00:00Z", "2026-10-28T00:00:00Z"]] as const; // prettier-ignore
  let days = 0;
  for (const [from, to] of ranges) {
    const { whole, faults } = compare(await postgresDays(both, from, to));
    expect(faults).toEqual([]);
    days += whole.length;
  }
  console.info(`local days: ${days} days of ${both.length} zones agree`);
});

it("a day that was skipped has no length and no instant", () => {
  // Samoa went from 29 to 31 December 2011.
  expect(startOfDay("2011-12-30", "Pacific/Apia")).toEqual(startOfDay("2011-12-31", "Pacific/Apia"));
  expect(localDay(new Date(startOfDay("2011-12-31", "Pacific/Apia").getTime() - 1), "Pacific/Apia")).toBe(
    "2011-12-29",
  );
});

it("sees days cut by a fixed offset (mutation control)", async () => {
  const days = await postgresDays(["Europe/Berlin"], "2026-03-01T00:00:00Z", "2026-11-30T00:00:00Z");
  const naive = days.filter(
    ({ day, start }) => new Date(Date.parse(`${day}T00:00:00+01:00`)).getTime() !== start.getTime(),
  );
  expect(naive.length).toBeGreaterThan(200);
  expect(
    compare(days.map((day) => (day.day === "2026-10-25" ? { ...day, quarters: 96 } : day))).faults,
  ).not.toEqual([]);
});
