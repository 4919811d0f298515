import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { localDay } from "@/server/calendar/local-day";
import { acme } from "./acme";
import { generateCalls, type Telling } from "./generate";
import { Random } from "./random";
import { plantedCalls, told } from "./story-calls";

const telling: Telling = { planted: plantedCalls, told };
const now = new Date("2026-11-21T08:40:00Z");
const generate = (over: Partial<{ now: Date; seed: number; calls: number }> = {}) =>
  [...generateCalls(acme, { now, seed: 7, calls: 9_000, ...over }, telling)].flat();
const digest = (calls: unknown) => createHash("sha256").update(JSON.stringify(calls)).digest("hex");

describe("the demo's calls", () => {
  const calls = generate();

  it("are the same for the same seed and hour, and others for another seed", () => {
    expect(digest(generate({ now: new Date("2026-11-21T08:05:00Z") }))).toBe(digest(calls));
    expect(digest(generate({ seed: 8 }))).not.toBe(digest(calls));
  });

  it("have ids of their own and lie in the 90 days before the hour", () => {
    expect(new Set(calls.map(({ call }) => call.id)).size).toBe(calls.length);
    const times = calls.map(({ call }) => call.occurredAt).sort();
    expect(times[0]?.slice(0, 10)).toBe("2026-08-23");
    expect(times.at(-1)?.slice(0, 13)).toBe("2026-11-21T07");
  });

  it("fit into the context of every model: none is at a long prompt's price", () => {
    const many = generate({ now: new Date("2026-11-23T05:00:00Z"), seed: 20_261, calls: 196_000 });
    const inputs = many.map(({ call }) => call.usage?.inputTokens ?? 0);
    expect(inputs.reduce((most, input) => Math.max(most, input))).toBe(120_000);
  });

  it("are received after they occurred and never in the future", () => {
    const early = calls.filter(
      ({ call, receivedAt }) => receivedAt < new Date(call.occurredAt) || receivedAt > now,
    );
    expect(early).toEqual([]);
  });

  it("follow the working week of the tenant's zone", () => {
    const office = calls.filter(({ call }) => call.feature === "code-review");
    const weekend = office.filter(({ call }) => {
      const day = new Date(localDay(new Date(call.occurredAt), acme.timeZone)).getUTCDay();
      return day === 0 || day === 6;
    });
    expect(weekend.length / office.length).toBeGreaterThan(0);
    expect(weekend.length / office.length).toBeLessThan(0.1);
  });

  it("come in about the number that was asked for, the stories' on top", () => {
    const everyday = calls.filter(
      ({ call }) => !call.userId?.startsWith("usr_") || /^usr_[0-9a-f]{8}$/.test(call.userId),
    );
    expect(everyday.length / 9_000).toBeCloseTo(1, 1);
  });
});

it("a seeded generator spreads evenly", () => {
  const random = new Random(1);
  const values = Array.from({ length: 10_000 }, () => random.int(0, 9));
  for (let digit = 0; digit < 10; digit += 1) {
    expect(values.filter((value) => value === digit).length).toBeGreaterThan(900);
  }
});
