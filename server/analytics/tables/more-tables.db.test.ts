import { parse } from "csv-parse/sync";
import { beforeAll, describe, expect, it, vi } from "vitest";
import type { Tenant } from "@/server/context";
import { contextOf, asAdmin, loadPrices, makeTenant, personWith } from "@/tests/factories/tenant";
import { storeZonedCalls } from "@/tests/ledger/zoned-calls";
import { addDiscount } from "@/server/contracts/add-discount";
import { showModelPrices } from "@/server/contracts/show-model-prices";
import { cache } from "../cache/cache";
import { coverage } from "../coverage";
import { errors } from "../errors/errors";
import { figureNames } from "../figures";
import { hours } from "../hours/hours";
import { outliers } from "../outliers/outliers";
import { retryTax } from "../retry-tax";
import { listUsedModels } from "../used-models";
import { growth } from "../windows/growth";
import { windows } from "../windows/windows";
import { windowNames } from "../windows/windows-schemas";
import { exportTable } from "./export";

const now = new Date("2026-11-02T22:40:00Z");
const range = { from: "2026-10-30", to: "2026-11-03" };
const compare = { from: "2026-10-01", to: "2026-10-31" };
let tenant: Tenant;
const reader = () => contextOf(tenant, personWith("viewer"), now);

beforeAll(async () => {
  await loadPrices(new Date("2026-01-01T00:00:00Z"));
  await asAdmin(
    "SELECT create_month(m::date) FROM generate_series(DATE '2026-01-01', DATE '2026-11-01', interval '1 month') AS m",
  );
  tenant = await makeTenant({ timeZone: "America/New_York" });
  await storeZonedCalls(tenant, new Date("2026-11-20T12:00:00Z"));
});

async function csv(table: string, input: unknown) {
  const { body } = await exportTable(reader(), { table, input, bom: false, onError: vi.fn() });
  return parse<Record<string, string>>(await new Response(body).text(), { columns: true, record_delimiter: "\r\n" }); // prettier-ignore
}
type Cell = string | number | boolean | null | undefined;
const cells = (row: Record<string, Cell>) =>
  Object.fromEntries(Object.entries(row).map(([name, value]) => [name, value === null || value === undefined ? "" : String(value)])); // prettier-ignore
const prefixed = (prefix: string, figures: object | null) =>
  Object.fromEntries(Object.entries(figures ?? {}).map(([name, value]) => [`${prefix}${name.charAt(0).toUpperCase()}${name.slice(1)}`, value as Cell])); // prettier-ignore
const joined = (parts: readonly Record<string, Cell>[]): Record<string, Cell> =>
  Object.fromEntries(parts.flatMap((part) => Object.entries(part)));
const picked = (figures: object) =>
  Object.fromEntries(figureNames.map((name) => [name, (figures as Record<string, Cell>)[name]]));

describe("files say what the API says, to the digit:", () => {
  it("cache", async () => {
    const answer = await cache(reader(), { ...range, groupBy: "model", compare });
    expect(answer.rows.length).toBeGreaterThan(3);
    expect(await csv("cache", { ...range, groupBy: "model", compare })).toEqual(
      answer.rows.map(({ key, current, previous }) => cells({ model: key, ...current, ...prefixed("previous", previous) })),
    );
  }); // prettier-ignore

  it("windows", async () => {
    const { rows } = await windows(reader(), { groupBy: "user" });
    expect(rows.length).toBeGreaterThan(5);
    const line = (row: (typeof rows)[number]) =>
      cells({
        user: row.key,
        ...joined(windowNames.map((name) => ({ ...prefixed(name, picked(row[name])), [`${name}CostShare`]: row.costShares[name] }))),
        change7Usd: row.change7Usd,
        change30Usd: row.change30Usd,
        cumulativeShare: row.cumulativeShare,
      });
    expect(await csv("windows", { groupBy: "user" })).toEqual(rows.map(line));
  }); // prettier-ignore

  it("growth", async () => {
    const input = { groupBy: "feature", minUsd: "0", minCalls: 1 } as const;
    const { rows } = await growth(reader(), input);
    expect(rows.length).toBeGreaterThan(1);
    expect(await csv("growth", input)).toEqual(
      rows.map(({ key, changeUsd, changeRatio, isNew, current, previous }) =>
        cells({ feature: key, changeUsd, changeRatio, isNew, ...picked(current), ...prefixed("previous", picked(previous)) })),
    );
  }); // prettier-ignore

  it("errors, by class, feature, model and both", async () => {
    const answer = await errors(reader(), { ...range, compare });
    const flat = (of: object | null, prefix = "") =>
      joined(Object.entries(of ?? {}).map(([billed, sums]) =>
        prefixed(prefix === "" ? billed : `${prefix}${billed.charAt(0).toUpperCase()}${billed.slice(1)}`, sums as object)));
    const rates = ({ calls, errorCalls, errorRate, costUsd }: (typeof answer)["total"]["current"]) => ({ calls, errorCalls, errorRate, costUsd });
    expect(answer.classes.length).toBeGreaterThan(0);
    expect(await csv("errors", { ...range, compare })).toEqual(
      answer.classes.map(({ errorClass, current, previous }) => cells({ errorClass, ...flat(current), ...flat(previous, "previous") })),
    );
    for (const by of ["feature", "model"] as const) {
      const { rows } = answer[`${by}s`];
      expect(await csv("errors", { ...range, compare, by })).toEqual(
        rows.map(({ key, current, previous }) => cells({
          [by]: key, ...rates(current), ...flat(current.failures),
          ...prefixed("previous", previous && rates(previous)), ...flat(previous && previous.failures, "previous"),
        })),
      );
    }
    expect(await csv("errors", { ...range, by: "classAndFeature" })).toEqual(
      answer.cells.map(({ errorClass, feature, failures }) => cells({ errorClass, feature, ...flat(failures) })),
    );
  }); // prettier-ignore

  it("retries, by feature and by cause", async () => {
    const { byFeature, byErrorClass } = await retryTax(reader(), range);
    expect(byFeature.length).toBeGreaterThan(0);
    expect(await csv("retries", range)).toEqual(byFeature.map((row) => cells(row)));
    expect(await csv("retries", { ...range, by: "cause" })).toEqual(
      byErrorClass.map(({ errorClass, ...row }) => cells({ cause: errorClass, ...row })),
    );
  });

  it("hours", async () => {
    const answer = await hours(reader(), range);
    expect(await csv("hours", range)).toEqual(answer.cells.map((cell) => cells(cell)));
  });

  it("outliers", async () => {
    const answer = await outliers(reader(), {});
    expect(answer.calls.length).toBeGreaterThan(20);
    expect(await csv("outliers", {})).toEqual(answer.calls.map((call) => cells(call)));
  });

  it("unattributed dollars, every origin of them", async () => {
    const input = { ...range, tag: "accountId" } as const;
    const { origins } = await coverage(reader(), input, 100_000);
    expect(origins.callSite.length).toBeGreaterThan(1);
    expect((await coverage(reader(), input, 1)).origins.callSite.at(-1)).toMatchObject({ isRest: true });
    for (const by of ["callSite", "key", "source"] as const) {
      const line = ({ kind, value, name, isRest, values, calls, costUsd, unpricedCalls }: (typeof origins)["callSite"][number]) =>
        cells({ lacking: "accountId", ...(by === "callSite" && { kind }), [by]: value, ...(by === "key" && { name }), isRest, values, calls, costUsd, unpricedCalls });
      expect(await csv("unattributed", { ...input, by })).toEqual(origins[by].map(line));
    }
  }); // prettier-ignore

  it("prices of the models in use, discounts included", async () => {
    await addDiscount(contextOf(tenant, personWith("finance"), now), {
      provider: "openai", factor: "0.5", note: "Half",
    });
    const { models } = await listUsedModels(reader());
    const rows = await csv("prices", {});
    expect(rows.map(({ provider, model, calls, unpricedCalls, costUsd }) => ({ provider, model, calls, unpricedCalls, costUsd }))).toEqual(
      models.map(({ provider, model, calls, unpricedCalls, costUsd }) => cells({ provider, model, calls, unpricedCalls, costUsd })),
    );
    // gpt-4o is listed at $2.50 and $10 a million.
    expect(rows.find(({ model }) => model === "gpt-4o")).toMatchObject({ factor: "0.5", inputUsdPerMillion: "1.25", outputUsdPerMillion: "5" });
    expect(rows.filter(({ layer }) => layer === "")).toHaveLength(models.filter(({ price }) => price === null).length);
  }); // prettier-ignore

  it("a price through time", async () => {
    const input = { provider: "openai", model: "gpt-4o" };
    const { scopes } = await showModelPrices(reader(), input);
    const rows = await csv("priceHistory", input);
    expect(rows.map(({ from, to, isNow, versionId }) => ({ from, to, isNow, versionId }))).toEqual(
      scopes.flatMap(({ stretches }) => stretches.map(({ from, to, isNow, price }) => cells({ from, to, isNow, versionId: price?.versionId }))),
    );
    expect(rows.filter(({ isNow }) => isNow === "true")).toMatchObject([{ ...input, feature: "", inputUsdPerMillion: "1.25" }]);
  }); // prettier-ignore
});
