import { describe, expect, it } from "vitest";
import { evidence } from "@/tests/factories/kill-figures";
import { suggest } from "./suggest";

const middle = { uses: 1_000, perUserUsd: 0.5, perConversionUsd: 2 };
const facts = (change: object = {}) =>
  evidence({ uses: 40, usesRatio: "1", activeUsers: 30, costUsd: "5", ...change });
const guard = { guard: "new" as const, sentence: "New." };
const signed = (count: number, eachUsd: string | null) => ({
  conversion: { event: "Signed", count, eachUsd },
});
const shared = (users: number, of: number) => ({
  overlap: { feature: "chat", users, of, share: String(users / of) },
});
const dearest = (costShare: string) => ({ dearestUsers: { users: 3, of: 30, costShare } });
const enough = { uses: 900 };

describe("what is suggested", () => {
  it.each([
    ["hardly any use", { uses: 50 }, "kill"],
    ["a little more than hardly any", { uses: 51 }, "keep"],
    ["none at all", { uses: 0, usesRatio: "0" }, "kill"],
    ["none at all, and it converts all the same", { uses: 0, ...signed(1, "9") }, "keep"],
    ["hardly any, but rising", { uses: 40, usesRatio: "1.25" }, "keep"],
    ["hardly any, rising from next to nothing", { uses: 19, usesRatio: "4" }, "kill"],
    ["little and falling", { uses: 250, usesRatio: "0.75" }, "kill"],
    ["little, falling a little", { uses: 250, usesRatio: "0.76" }, "keep"],
    ["more than little, falling", { uses: 251, usesRatio: "0.1" }, "keep"],
    ["hardly any, but it converts cheaply", { uses: 5, ...signed(2, "2") }, "keep"],
    ["hardly any, conversions that cost more: never killed", { uses: 5, ...signed(2, "2.01") }, "keep"],
    ["no conversion of an event that is named", { uses: 5, ...signed(0, null) }, "kill"],
    ["shared users", { ...enough, ...shared(12, 20) }, "merge"],
    ["not quite enough of them", { ...enough, ...shared(59, 100) }, "keep"],
    ["too few to say", { ...enough, ...shared(4, 4) }, "keep"],
    ["cost that few cause", { ...enough, ...dearest("0.5") }, "throttle"],
    ["cost that is spread", { ...enough, ...dearest("0.49") }, "keep"],
    ["dear users", { ...enough, perUserUsd: "1.5" }, "throttle"],
    ["users a little less dear", { ...enough, perUserUsd: "1.49" }, "keep"],
    ["dear users, too few of them", { ...enough, perUserUsd: "9", activeUsers: 19 }, "keep"],
    ["dear users, nobody knows how many", { ...enough, perUserUsd: null, activeUsers: null }, "keep"],
    ["dear users of next to nothing", { ...enough, perUserUsd: "9", costUsd: "0.99" }, "keep"],
    ["killing comes before merging", { uses: 5, ...shared(20, 20) }, "kill"],
    ["merging before throttling", { ...enough, ...shared(20, 20), ...dearest("0.9") }, "merge"],
  ])("%s", (_name, change, suggestion) => {
    expect(suggest(facts(change), null, middle, 20).suggestion).toBe(suggestion);
  });

  it("is to keep what is guarded, whatever its figures", () => {
    expect(suggest(facts({ uses: 0 }), guard, middle, 20)).toEqual({ suggestion: "keep", reason: "New." });
  });

  it("claims nothing where there is nothing to hold it against", () => {
    const alone = { uses: null, perUserUsd: null, perConversionUsd: null };
    expect(suggest(facts({ uses: 1, perUserUsd: "90", ...signed(3, "1") }), null, alone, 20).suggestion).toBe(
      "keep",
    );
  });
});

it.each([
  [{ uses: 5, usesRatio: "0.25" }, "Hardly any use: 5 uses by 30 users, where the middle feature has 1,000 uses; falling to 25 % of the two months before; no conversion is counted for it."],
  [{ uses: 0, ...signed(0, null) }, "Nobody used it in the month; no Signed came of it."],
  [{ uses: 5, usesRatio: null, activeUsers: null }, "Hardly any use: 5 uses, where the middle feature has 1,000 uses; no conversion is counted for it."],
  [{ ...enough, ...shared(12, 20) }, "12 of its 20 users (60 %) use chat too, of the same team or prompt: it could take this one over."],
  [{ ...enough, ...dearest("0.5") }, "Few cause most of its cost: 3 users of 30 make 50 % of what its users cost."],
  [{ ...enough, perUserUsd: "1.5" }, "A user of it costs $1.50, 3.00 × what one of the middle feature does."],
  [{ uses: 5, ...signed(2, "2") }, "Little used, but it works cheaply: 2 conversions (Signed) at $2.00 each."],
])("says why: %j", (change, reason) => {
  expect(suggest(facts(change), null, middle, 20).reason).toBe(reason);
}); // prettier-ignore
