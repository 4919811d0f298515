import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  afterPage,
  beginPull,
  isSettled,
  type LangfuseResume,
  sliceEnd,
  withSmallerPages,
} from "./langfuse-window";

const at = (text: string) => new Date(`2026-11-${text}Z`);
const now = at("20T12:00:00");
const place = (more: Partial<LangfuseResume> = {}): LangfuseResume => ({
  until: now,
  from: at("20T00:00:00"),
  type: "GENERATION",
  cursor: null,
  pageSize: 1_000,
  heldBack: null,
  ...more,
});

describe("a run begins", () => {
  it.each([
    ["as far back as asked at first", null, 30, "2026-10-21T12:00:00.000Z"],
    ["with the last hour at least", null, 0, "2026-11-20T11:00:00.000Z"],
    ["an hour before what it had", at("20T11:30:00"), 30, "2026-11-20T10:30:00.000Z"],
    ["after a long pause with all that it missed", at("01T00:00:00"), 2, "2026-10-31T23:00:00.000Z"],
    ["in the past even when the clock went back", at("25T00:00:00"), 30, "2026-11-20T11:00:00.000Z"],
  ])("%s", (_name, pulledTo, daysBack, from) => {
    expect(beginPull(pulledTo, now, daysBack)).toEqual(place({ from: new Date(from) }));
  });
});

describe("a row is settled", () => {
  it.each([
    ["a quarter of an hour after its end", "20T10:00:00", "20T11:45:00", true],
    ["not earlier", "20T10:00:00", "20T11:45:00.001", false],
    ["not before its end", "20T10:00:00", "20T13:00:00", false],
    ["not while it runs", "20T10:00:00", null, false],
    ["a day after its start when nobody ended it", "19T12:00:00", null, true],
    ["not a moment earlier", "19T12:00:00.001", null, false],
  ])("%s", (_name, start, end, settled) => {
    expect(isSettled({ startedAt: at(start), endedAt: end === null ? null : at(end) }, now)).toBe(settled);
  });
});

describe("after a page", () => {
  const none = { cursor: null, heldBack: [] };
  it("comes the next one of the slice", () => {
    expect(afterPage(place(), { cursor: "c", heldBack: [] })).toEqual({ resume: place({ cursor: "c" }), pulledTo: null });
  });
  it("comes the other type, from its beginning", () => {
    expect(afterPage(place({ cursor: "c" }), none)).toEqual({ resume: place({ type: "EMBEDDING" }), pulledTo: null });
  });
  it("comes the next slice", () => {
    const before = place({ from: at("17T00:00:00"), type: "EMBEDDING", cursor: "c" });
    expect(sliceEnd(before)).toEqual(at("18T00:00:00"));
    expect(afterPage(before, none)).toEqual({ resume: place({ from: at("18T00:00:00") }), pulledTo: at("18T00:00:00") });
  });
  it("comes the end", () => {
    expect(sliceEnd(place())).toEqual(now);
    expect(afterPage(place({ type: "EMBEDDING" }), none)).toEqual({ resume: null, pulledTo: now });
  });
  it("a row that was left for later holds everything back, through all that follows", () => {
    const held = afterPage(place(), { cursor: null, heldBack: [at("20T11:55:00"), at("20T11:00:00")] }).resume;
    expect(held).toEqual(place({ type: "EMBEDDING", heldBack: at("20T11:00:00") }));
    expect(afterPage(held ?? place(), { cursor: null, heldBack: [at("20T11:30:00")] })).toEqual({ resume: null, pulledTo: at("20T11:00:00") });
  });
}); // prettier-ignore

it("pages get smaller, and not too small", () => {
  const sizes: number[] = [];
  for (let next: LangfuseResume | null = place(); next; next = withSmallerPages(next))
    sizes.push(next.pageSize);
  expect(sizes).toEqual([1_000, 250, 62, 50]);
});

/** Runs of an hour each over rows that end and appear when they like; pages of two. */
function taken(rows: readonly { start: number; lasts: number | null; lag: number }[], hours: number): Set<number> {
  const minute = 60_000;
  const begin = at("01T00:00:00").getTime();
  const found = new Set<number>();
  let pulledTo: Date | null = null;
  for (let hour = 1; hour <= hours; hour += 1) {
    const clock = new Date(begin + hour * 60 * minute);
    for (let next: LangfuseResume | null = beginPull(pulledTo, clock, 30); next; ) {
      const { from, type } = next;
      const to = sliceEnd(next);
      const skipped = Number(next.cursor ?? 0);
      const visible = rows.flatMap((row, index) => {
        const startedAt = new Date(begin + row.start * minute);
        const isShown = startedAt >= from && startedAt < to && begin + (row.start + row.lag) * minute <= clock.getTime();
        const endedAt = row.lasts === null ? null : new Date(startedAt.getTime() + row.lasts * minute);
        // What is still running shows no end.
        return isShown && type === "GENERATION" ? [{ index, startedAt, endedAt: endedAt && endedAt <= clock ? endedAt : null }] : [];
      });
      const page = visible.slice(skipped, skipped + 2);
      page.filter((row) => isSettled(row, clock)).forEach(({ index }) => found.add(index));
      const heldBack = page.filter((row) => !isSettled(row, clock)).map(({ startedAt }) => startedAt);
      const after = afterPage(next, { cursor: visible.length > skipped + 2 ? String(skipped + 2) : null, heldBack });
      pulledTo = after.pulledTo ?? pulledTo;
      next = after.resume;
    }
  }
  return found;
} // prettier-ignore

it("whenever rows end, and however late within the hour they appear, each is taken in the end", () => {
  const row = fc.record({
    start: fc.integer({ min: 0, max: 600 }),
    lasts: fc.option(fc.integer({ min: 0, max: 300 })),
    lag: fc.integer({ min: 0, max: 59 }),
  });
  fc.assert(
    fc.property(fc.array(row, { maxLength: 12 }), (rows) => {
      expect(taken(rows, 40).size).toBe(rows.length);
    }),
    { numRuns: 200 },
  );
});
