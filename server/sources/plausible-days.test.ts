import { describe, expect, it } from "vitest";
import { beginDays, nextDays } from "./plausible-days";

const now = new Date("2026-11-20T03:00:00Z");
const at = (timeZone: string, daysBack = 30) => ({ timeZone, daysBack });

describe("a run begins", () => {
  it.each([
    ["as far back as asked", null, at("UTC"), { from: "2026-10-21", until: "2026-11-20" }],
    ["with the site's today, which may be yesterday", null, at("America/New_York", 0), { from: "2026-11-19", until: "2026-11-19" }],
    ["or with today where the day is older", null, at("Asia/Kolkata", 1), { from: "2026-11-19", until: "2026-11-20" }],
    ["three days before what it had", new Date("2026-11-20T02:00:00Z"), at("UTC"), { from: "2026-11-17", until: "2026-11-20" }],
    ["three local days before", new Date("2026-11-20T02:00:00Z"), at("America/New_York"), { from: "2026-11-16", until: "2026-11-19" }],
    ["after a long pause with all that it missed", new Date("2026-09-01T00:00:00Z"), at("UTC"), { from: "2026-08-29", until: "2026-11-20" }],
    ["never after today", new Date("2026-12-31T00:00:00Z"), at("UTC"), { from: "2026-11-20", until: "2026-11-20" }],
  ] as const)("%s", (_name, pulledTo, settings, place) => {
    expect(beginDays(pulledTo, now, settings)).toEqual(place);
  }); // prettier-ignore
});

describe("the days of a run", () => {
  it("are asked for a month at a time, each once", () => {
    const asked: string[] = [];
    let place: ReturnType<typeof nextDays>["resume"] = { from: "2026-01-01", until: "2026-03-05" };
    while (place) {
      const { from, to, resume } = nextDays(place);
      asked.push(`${from} ${to}`);
      place = resume;
    }
    expect(asked).toEqual(["2026-01-01 2026-01-31", "2026-02-01 2026-03-03", "2026-03-04 2026-03-05"]);
  });

  it("can be a single one", () => {
    expect(nextDays({ from: "2026-01-01", until: "2026-01-01" })).toEqual({ from: "2026-01-01", to: "2026-01-01", resume: null }); // prettier-ignore
  });
});
