import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { type ConditionalPrice, type ModelInfo, type Provider, waitForUpdate } from "@pydantic/genai-prices";
import { describe, expect, it } from "vitest";
import { Usd, usdDecimals } from "./decimal";
import { isValidAt, type NewPriceVersion } from "./price-version";
import { readSnapshot, snapshotSourceVersion, versionsOf } from "./snapshot";

const snapshot = await readSnapshot();
const of = (provider: string, model: string) =>
  snapshot.filter((version) => version.provider === provider && version.model === model);

/** A provider list of one model, as the package types it. */
function listOf(prices: ModelInfo["prices"]): Provider[] {
  const model = { id: "m", match: { equals: "m" }, prices };
  return [{ id: "p", name: "P", api_pattern: "p", models: [model] }];
}

describe("readSnapshot", () => {
  it("names the release that is installed", () => {
    const entry = createRequire(import.meta.url).resolve("@pydantic/genai-prices");
    const manifest: unknown = JSON.parse(readFileSync(new URL("../package.json", `file://${entry}`), "utf8"));
    expect(manifest).toMatchObject({ version: snapshotSourceVersion });
  });

  it("has every model that has a rate, and each version with its rates", async () => {
    const providers = (await waitForUpdate()) ?? [];
    const hasRate = ({ prices }: ModelInfo) =>
      (Array.isArray(prices) ? prices : [{ prices }]).some((entry) => Object.keys(entry.prices).length > 0);
    const priced = providers.flatMap(({ id, models }) =>
      models.filter(hasRate).map((model) => `${id} ${model.id}`),
    );
    expect(priced.length).toBeGreaterThan(1_000);
    expect(new Set(snapshot.map(({ provider, model }) => `${provider} ${model}`))).toEqual(new Set(priced));
    expect(snapshot.every(({ rates }) => rates.length > 0)).toBe(true);
  });

  it("covers every instant once", () => {
    const instants = [-Infinity, ...snapshot.flatMap(({ validFrom, validTo }) => [validFrom, validTo])].map(
      Number,
    );
    const byModel = new Map<string, NewPriceVersion[]>();
    for (const version of snapshot) {
      const key = `${version.provider} ${version.model}`;
      byModel.set(key, [...(byModel.get(key) ?? []), version]);
    }
    for (const versions of [...byModel.values()].filter(({ length }) => length > 1)) {
      for (const at of new Set(instants)) {
        for (let second = 0; second < 86_400; second += 1_800) {
          expect(versions.filter((version) => isValidAt(version, at, second))).toHaveLength(1);
        }
      }
    }
  });

  it("keeps start dates: o3 before and after its price cut", () => {
    expect(of("openai", "o3")).toMatchObject([
      { validFrom: null, validTo: new Date("2025-06-10T00:00:00Z") },
      { validFrom: new Date("2025-06-10T00:00:00Z"), validTo: null },
    ]);
  });

  it("begins a tier one token above its listed start, where the package begins it", () => {
    const tiers = of("anthropic", "claude-sonnet-4-5")[0]?.rates.filter(({ unit }) => unit === "fresh_input");
    expect(tiers).toEqual([
      { service: "standard", unit: "fresh_input", tierStart: 0, usd: "3", per: 1_000_000 },
      { service: "standard", unit: "fresh_input", tierStart: 200_001, usd: "6", per: 1_000_000 },
    ]);
  });

  it("writes rates in their shortest digits, all of which the ledger can hold", () => {
    for (const { usd } of snapshot.flatMap(({ rates }) => rates)) {
      expect(usd).toMatch(/^\d+(\.\d*[1-9])?$/);
      expect(new Usd(usd).decimalPlaces()).toBeLessThanOrEqual(usdDecimals);
    }
  });

  it("reads small numbers without an exponent", () => {
    expect(versionsOf(listOf({ input_mtok: 1e-7 }))[0]?.rates[0]?.usd).toBe("0.0000001");
  });

  it("makes no version of a model without rates: listed is not free", () => {
    expect(versionsOf(listOf({}))).toEqual([]);
    const later: ConditionalPrice[] = [
      { prices: {} },
      { constraint: { type: "start_date", start_date: "2026-01-01" }, prices: { input_mtok: 1 } },
    ];
    expect(versionsOf(listOf(later))).toMatchObject([{ validFrom: new Date("2026-01-01"), validTo: null }]);
  });

  it("refuses a price key whose quantity it does not know", () => {
    expect(() => versionsOf(listOf({ input_furlongs: 1 }))).toThrow("input_furlongs");
  });
});
