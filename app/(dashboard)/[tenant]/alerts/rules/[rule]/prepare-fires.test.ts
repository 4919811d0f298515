import { describe, expect, it } from "vitest";
import { differenceOf, excessOf, type Fire, prepareFires, sumOf } from "./prepare-fires";

const fire = (key: string, from: string, to: string, more: Partial<Fire> = {}): Fire => ({
  subject: { kind: "feature", key },
  firedAt: `2026-11-${from}T16:00:00.000Z`,
  window: { from: `2026-11-${from}T15:00:00.000Z` },
  lastSeenAt: `2026-11-${to}T16:00:00.000Z`,
  isNoise: false,
  sentence: `${key} cost too much.`,
  beforeUsd: "3.10",
  missedUsd: "12.40",
  ...more,
});
const run = (...fires: Fire[]) => ({
  fires,
  total: fires.length,
  noise: fires.filter(({ isNoise }) => isNoise).length,
});

describe("what a run comes to", () => {
  it("adds up what is told in USD", () => {
    const told = run(fire("chat", "03", "05"), fire("mail", "04", "04", { isNoise: true, missedUsd: "0" }), fire("mail", "09", "09", { beforeUsd: null, missedUsd: null })); // prettier-ignore
    expect(sumOf(told)).toEqual({ total: 3, noise: 1, beforeUsd: "6.2", missedUsd: "12.4", notAdded: 0 });
  });

  it("says what is in no sum, and has none of nothing", () => {
    expect(sumOf({ ...run(fire("chat", "03", "05")), total: 501 }).notAdded).toBe(500);
    expect(sumOf(run()).missedUsd).toBeNull();
    expect(sumOf(run(fire("a", "01", "01", { beforeUsd: null, missedUsd: null }))).beforeUsd).toBeNull();
  });
});

describe("what differs between two runs", () => {
  const saved = run(fire("chat", "03", "05"), fire("mail", "10", "11"));
  it.each([
    ["nothing when both told the same stretch, one later than the other", run(fire("chat", "04", "06"), fire("mail", "10", "10")), [], []],
    ["one that the draft leaves out", run(fire("chat", "03", "05")), ["mail"], []],
    ["one that only the draft has", run(...saved.fires, fire("code", "07", "07")), [], ["code"]],
    ["another stretch of the same subject", run(fire("chat", "03", "05"), fire("mail", "13", "14")), ["mail"], ["mail"]],
  ])("%s", (_, draft, lost, gained) => {
    const difference = differenceOf(saved, draft);
    expect(difference.lost.map(({ subject }) => subject.key)).toEqual(lost);
    expect(difference.gained.map(({ subject }) => subject.key)).toEqual(gained);
  }); // prettier-ignore

  it("is worth what was lost before and after the alert", () => {
    expect(excessOf([fire("chat", "03", "05"), fire("mail", "03", "05", { beforeUsd: null, missedUsd: null })])).toBe("15.5"); // prettier-ignore
    expect(excessOf([])).toBeNull();
  });
});

describe("the chart", () => {
  const days = ["2026-11-02", "2026-11-03", "2026-11-04"];
  const points = [null, { costUsd: "7.25" }, { costUsd: "0" }];
  const late = fire("chat", "03", "03", { firedAt: "2026-11-04T03:00:00.000Z", isNoise: true });
  const chart = prepareFires(days, points, run(late, fire("mail", "03", "03")), run(fire("mail", "04", "04")), "America/New_York"); // prettier-ignore

  it("puts an alert on the local day on which it would have been told", () => {
    expect(chart.days.map(({ saved, draft }) => [saved.fires, saved.noise, draft.fires])).toEqual([
      [0, 0, 0],
      [2, 1, 0],
      [0, 0, 1],
    ]);
  });

  it("keeps a gap apart from a day without cost", () => {
    expect(chart.days.map(({ costUsd }) => costUsd)).toEqual([null, "7.25", "0"]);
    expect(chart.top).toBe(8);
  });
});
