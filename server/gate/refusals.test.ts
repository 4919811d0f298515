import { expect, it } from "vitest";
import { inAll, refusalsOf } from "./refusals";
import type { Decision, Reason } from "./schemas";

const loop: Reason = { kind: "loop", perMinute: 61, limit: 60 };
const pace: Reason = { kind: "usd-per-minute", usdPerMinute: "1.25", limitUsd: "1" };
const run: Reason = { kind: "run-tokens", runId: "r", limitTokens: 1, spentTokens: 1, heldTokens: 0 };
const denied = (...reasons: Reason[]): Decision => ({ outcome: "deny", reasons, message: "no" });

it.each<[string, Decision, ReturnType<typeof refusalsOf>]>([
  ["an allowed call", { outcome: "allow", reasons: [], message: "" }, []],
  ["a call that a run's limit denies", denied(run), []],
  ["a loop", denied(loop), [{ feature: "chat", reason: "loop", refused: 1, peak: "61" }]],
  ["a pace", denied(run, pace), [{ feature: "chat", reason: "usd-per-minute", refused: 1, peak: "1.25" }]],
  ["both: it is counted once", denied(pace, loop), [{ feature: "chat", reason: "loop", refused: 1, peak: "61" }]],
])("%s", (_case, decision, refusals) => expect(refusalsOf("chat", decision)).toEqual(refusals)); // prettier-ignore

it("sums by feature and reason, and keeps the highest peak", () => {
  const one = (feature: string, peak: string, refused = 1) => ({
    feature,
    reason: "loop" as const,
    refused,
    peak,
  });
  const paced = { feature: "chat", reason: "usd-per-minute" as const, refused: 2, peak: "3" };
  expect(
    inAll([one("chat", "61"), one("mail", "9"), one("chat", "100", 4), paced, one("chat", "62")]),
  ).toEqual([one("chat", "100", 6), one("mail", "9"), paced]);
});
