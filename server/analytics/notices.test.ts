import { describe, expect, it } from "vitest";
import type { ContractVersion, PriceRule } from "@/server/contracts/contract";
import { TenantBook } from "@/server/contracts/tenant-book";
import { PriceBook } from "@/server/prices/book";
import { type Bucket, buckets } from "@/server/prices/buckets";
import type { PriceRate, PriceVersion } from "@/server/prices/price-version";
import type { ModelUsage } from "./model-usage-query";
import { noticesOf } from "./notices";

const at = (text: string) => new Date(text);
const none = Object.fromEntries(buckets.map((bucket) => [bucket, "0"])) as Record<Bucket, string>;
const rates = (input: string, output: string): PriceRate[] => [
  { service: "standard", unit: "fresh_input", tierStart: 0, usd: input, per: 1_000_000 },
  { service: "standard", unit: "visible_output", tierStart: 0, usd: output, per: 1_000_000 },
];
const sonnet = (id: string, some: Partial<PriceVersion>): PriceVersion => ({
  id, provider: "anthropic", model: "claude-sonnet-5", validFrom: null, validTo: null, dailyFrom: null, dailyTo: null,
  knownFrom: at("2026-05-01T00:00:00Z"), source: "genai-prices", sourceVersion: "1", rates: rates("2", "10"), ...some,
}); // prettier-ignore
const used = (feature: string, input: string, output: string, some: Partial<ModelUsage> = {}): ModelUsage => ({
  provider: "anthropic", model: "claude-sonnet-5", feature, calls: 100, costUsd: "0", unpricedCalls: 0,
  units: { ...none, freshInputTokens: input, visibleOutputTokens: output }, ...some,
}); // prettier-ignore

const september = at("2026-09-01T00:00:00Z");
const august = at("2026-08-10T00:00:00Z");
const calledOff = at("2026-08-21T00:00:00Z");
// As it went in 2026: the launch price was to end on 1 September, until the rise was cancelled on 21 August.
const announced = [
  sonnet("launch", { validTo: september }),
  sonnet("rise", { validFrom: september, rates: rates("3", "15") }),
];
const cancelled = [...announced, sonnet("stays", { validFrom: calledOff, knownFrom: calledOff })];
const usage = [used("chat", "10000000", "1000000"), used("", "1000000", "0"), used("idle", "0", "0")];

const bookOf = (versions: PriceVersion[], contracts: ContractVersion[] = [], rules: PriceRule[] = []) =>
  new TenantBook(new PriceBook(versions, "test"), { contracts, rules });
const ninetyDays = (now: Date) => new Date(now.getTime() + 90 * 86_400_000);
const notices = (book: TenantBook, now = august, of: ModelUsage[] = usage) =>
  noticesOf(book, of, now, ninetyDays(now));
const said = { validFrom: null, validTo: null, knownFrom: at("2026-01-01T00:00:00Z"), setBy: "x", note: "", withdrawnFrom: null }; // prettier-ignore
const discount = (factor: string, some: Partial<PriceRule>): PriceRule => ({
  id: `rule ${factor}`, provider: "anthropic", model: null, factor, ...said, ...some,
}); // prettier-ignore

describe("noticesOf", () => {
  it("tells an announced rise: when, by how much for 30 days' usage, of which features", () => {
    const found = notices(bookOf(announced));
    expect(found).toMatchObject([
      {
        at: "2026-09-01T00:00:00.000Z",
        deltaUsd: "16",
        features: ["chat", null],
        losesPrice: 0,
        gainsPrice: 0,
      },
    ]);
    expect(found[0]?.lines.map(({ feature, beforeUsd, afterUsd }) => [feature, beforeUsd, afterUsd])).toEqual(
      [
        ["chat", "30", "45"],
        [null, "2", "3"],
      ],
    );
  });

  it("tells it no longer once it is called off", () => {
    expect(notices(bookOf(cancelled), calledOff)).toEqual([]);
    expect(notices(bookOf(cancelled).asKnownAt(august))).toHaveLength(1);
  });

  it.each([
    ["a moment before", new Date(september.getTime() - 1), 1],
    ["when it has come", september, 0],
    ["90 days ahead", new Date(september.getTime() - 90 * 86_400_000), 1],
    ["further ahead", new Date(september.getTime() - 90 * 86_400_000 - 1), 0],
  ])("%s", (_name, now, count) => {
    expect(notices(bookOf(announced), now)).toHaveLength(count);
  });

  it("says nothing of models that are not used, or of a rise that a contract keeps away", () => {
    expect(
      notices(bookOf(announced), august, [used("chat", "5", "5", { model: "claude-haiku-4-5" })]),
    ).toEqual([]);
    const contract: ContractVersion = {
      id: "c", provider: "anthropic", model: "claude-sonnet-5", feature: null, region: null, ...said, rates: rates("2", "10"),
    }; // prettier-ignore
    expect(notices(bookOf(announced, [contract]))).toEqual([]);
  });

  it("tells the end of a discount, with the note that was made of it", () => {
    const end = at("2026-08-20T00:00:00Z");
    const book = bookOf([sonnet("list", {})], [], [discount("0.5", { validTo: end, note: "Launch" })]);
    expect(notices(book)).toMatchObject([
      { at: end.toISOString(), deltaUsd: "16", lines: [{ before: { factor: "0.5", note: "Launch" }, after: { ruleId: null } }, {}] },
    ]); // prettier-ignore
  });

  it("tells a contract's end for the feature that has it, and calls that lose their price in calls", () => {
    const end = at("2026-08-20T00:00:00Z");
    const own: ContractVersion = {
      id: "c", provider: "in-house", model: "router", feature: "chat", region: null, ...said, validTo: end, rates: rates("1", "1"),
    }; // prettier-ignore
    const of = [
      used("chat", "1000000", "0", { provider: "in-house", model: "router" }),
      used("other", "1000000", "0", { provider: "in-house", model: "router" }),
    ];
    expect(notices(bookOf([], [own]), august, of)).toMatchObject([
      { deltaUsd: "0", features: ["chat"], losesPrice: 100, gainsPrice: 0, lines: [{ beforeUsd: "1", afterUsd: null, after: null }] },
    ]); // prettier-ignore
  });

  it("estimates at the lowest tier: a sum does not tell how large each call was", () => {
    const tiered = (usd: string): PriceRate[] => [
      { service: "standard", unit: "fresh_input", tierStart: 0, usd, per: 1_000_000 },
      { service: "standard", unit: "fresh_input", tierStart: 200_001, usd: "99", per: 1_000_000 },
    ];
    const book = bookOf([
      sonnet("a", { validTo: september, rates: tiered("1") }),
      sonnet("b", { validFrom: september, rates: tiered("2") }),
    ]);
    expect(notices(book, august, [used("chat", "10000000", "0")])).toMatchObject([{ deltaUsd: "10" }]);
  });

  it("puts what changes together into one notice, the greatest change first", () => {
    const book = bookOf(announced, [], [discount("0.9", { provider: "openai", validTo: september })]);
    const list = sonnet("gpt", { provider: "openai", model: "gpt-4o" });
    const two = bookOf([...announced, list], [], [...book.said.rules]);
    const of = [...usage, used("draft", "1000000000", "0", { provider: "openai", model: "gpt-4o" })];
    expect(notices(two, august, of)).toMatchObject([{ deltaUsd: "216", features: ["draft", "chat", null] }]);
  });
});
