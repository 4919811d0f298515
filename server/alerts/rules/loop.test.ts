import { describe, expect, it } from "vitest";
import { Calendar } from "../calendar";
import { usualParams } from "../schemas";
import { empty, nothing, type Point, range, Series } from "../series";
import { loop, loopMinutes, type LoopFacts, type RefusedMinute } from "./loop";

const now = new Date("2026-11-18T12:07:30Z");
const calendar = new Calendar("UTC", now);
const params = usualParams("loop");
const hour = calendar.hourOf(now);
const day = calendar.dayOfHour(hour);
const minute = Math.floor(now.getTime() / 60_000);

/** Four weeks of a feature that costs so much each hour; null: it is new. */
function feature(usdAnHour: number | null): LoopFacts["feature"] {
  const subject = { kind: "feature" as const, key: "agent" };
  if (usdAnHour === null) return { calendar, subject, hours: empty, days: empty };
  const points = (numbers: number[], usd: number) =>
    new Series(
      new Map(numbers.map((at): [number, Point] => [at, { ...nothing, costUsd: String(usd), calls: 9 }])),
    );
  return {
    calendar,
    subject,
    hours: points(range(hour - 700, hour - 1), usdAnHour),
    days: points(range(day - 28, day), 24 * usdAnHour),
  };
}
/** So many calls of one prompt in each of these minutes before now, the running one first. */
const repeated = (calls: number, usd: string, back: readonly number[] = range(0, loopMinutes - 1)) => ({
  prompt: "prompt plan v5",
  minutes: new Map(back.map((ago) => [minute - ago, { calls, usd }])),
});
const found = (usual: number | null, prompts: LoopFacts["prompts"], refusals: RefusedMinute[] = []) =>
  loop({ feature: feature(usual), prompts, refusals }, params, now);

// 1.2 dollars an hour are 10 cents in five minutes: five times that is 50 cents, and a dollar more is $1.10.
describe("the same prompt again and again", () => {
  it.each<[string, ReturnType<typeof found>, string | undefined]>([
    ["49 calls", found(1.2, [repeated(49, "9", [0])]), undefined],
    ["50 calls", found(1.2, [repeated(50, "9", [0])]), "9"],
    ["50 calls, spread over the minutes", found(1.2, [repeated(10, "2")]), "10"],
    ["the same, begun before", found(1.2, [repeated(10, "2", range(1, 5))]), undefined],
    ["over before", found(1.2, [repeated(900, "9", range(5, 30))]), undefined],
    ["not a dollar more than usual", found(1.2, [repeated(60, "1.099999", [0])]), undefined],
    ["a dollar more than usual", found(1.2, [repeated(60, "1.1", [0])]), "1.1"],
    ["five times what is usual", found(12, [repeated(600, "5", [0])]), undefined],
    ["more than five times", found(12, [repeated(600, "5.01", [0])]), "5.01"],
    ["a batch that always comes at this time", found(60, [repeated(5_000, "4")]), undefined],
    ["a feature that usually costs nothing", found(0, [repeated(60, "1", [0])]), "1"],
    ["a new feature, below the floor", found(null, [repeated(60, "4.99", [0])]), undefined],
    ["a new feature, at the floor", found(null, [repeated(60, "5", [0])]), "5"],
    ["two users, none of them often enough", found(1.2, [repeated(40, "9", [0]), repeated(40, "9", [0])]), undefined],
    ["two prompts: the dearer one", found(1.2, [repeated(80, "2", [0]), repeated(60, "3", [0])]), "3"],
    ["nothing", found(1.2, []), undefined],
  ])("%s", (_case, finding, usd) => expect(finding?.actual).toBe(usd)); // prettier-ignore

  it("says which prompt, and nobody's name", () => {
    expect(found(1.2, [repeated(12, "2")])).toMatchObject({
      severity: "critical",
      unit: "usd",
      expected: "0.1",
      impactUsd: "9.9",
      window: { from: new Date("2026-11-18T12:00:00Z"), to: new Date("2026-11-18T13:00:00Z") },
      contributors: [{ label: "prompt plan v5", deltaUsd: "10" }],
      sentence:
        "agent: one user's calls repeat prompt plan v5 60 times within 5 minutes, for $10.00; the feature usually costs $0.10 in that time.",
    });
  });

  it("is judged at a whole hour by the minutes before it", () => {
    const noon = new Date("2026-11-18T12:00:00Z");
    const last = noon.getTime() / 60_000 - 1;
    const prompts = [{ prompt: "prompt plan", minutes: new Map([[last, { calls: 60, usd: "9" }]]) }];
    const facts = { feature: feature(1.2), prompts, refusals: [] };
    expect(loop(facts, params, noon)?.window.to).toEqual(noon);
    expect(loop(facts, params, new Date(noon.getTime() + 4 * 60_000))?.actual).toBe("9");
    expect(loop(facts, params, new Date(noon.getTime() + 4 * 60_000 + 1))).toBeNull();
  });
});

describe("what the gate turned away", () => {
  const refused = (ago: number, count: number, more: Partial<RefusedMinute> = {}): RefusedMinute => {
    return { minute: minute - ago, reason: "loop", refused: count, peak: "61", ...more };
  };
  it.each<[string, RefusedMinute[], string | undefined]>([
    ["nothing", [], undefined],
    ["one call", [refused(0, 1)], "1"],
    ["in several minutes", [refused(0, 20), refused(4, 41)], "61"],
    ["five minutes ago", [refused(5, 100)], undefined],
  ])("%s", (_case, refusals, calls) => expect(found(1.2, [], refusals)?.actual).toBe(calls));

  it("is told by its worst minute", () => {
    const sentence = (refusals: RefusedMinute[]) => found(1.2, [], refusals)?.sentence;
    expect(sentence([refused(0, 1), refused(1, 2, { peak: "84" })])).toBe(
      "The gate turned 3 calls of agent away within 5 minutes: the same prompt 84 times a minute.",
    );
    expect(sentence([refused(0, 1, { reason: "usd-per-minute", peak: "3.2" })])).toBe(
      "The gate turned 1 call of agent away within 5 minutes: one user's would have cost $3.20 a minute.",
    );
  });

  it("waits for as many as are asked for", () => {
    const strict = { ...params, minRefused: 3 };
    const facts = { feature: feature(1.2), prompts: [], refusals: [refused(0, 2)] };
    expect(loop(facts, strict, now)).toBeNull();
    expect(loop({ ...facts, refusals: [refused(0, 3)] }, strict, now)?.unit).toBe("calls");
  });

  it("says less than money that was spent", () =>
    expect(found(1.2, [repeated(60, "9", [0])], [refused(0, 500)])?.unit).toBe("usd"));
});
