import { parse } from "csv-parse/sync";
import { beforeAll, describe, expect, it, vi } from "vitest";
import type { Tenant } from "@/server/context";
import { asAdmin, contextOf, loadPrices, makeTenant, personWith } from "@/tests/factories/tenant";
import { oddDays, storeZonedCalls } from "@/tests/ledger/zoned-calls";
import { promptChanges } from "../prompts/prompt-changes";
import { promptVersions } from "../prompts/prompt-versions";
import * as runVerb from "../runs/runs";
import { exportTable } from "./export";

const { runs } = runVerb;
const now = new Date("2026-11-20T12:00:00Z");
const [, day] = oddDays("America/New_York");
const range = { from: "2026-10-01", to: "2026-11-20" };
let tenant: Tenant;
const reader = () => contextOf(tenant, personWith("viewer"), now);
const cell = (value: unknown) => (typeof value === "string" ? value : typeof value === "number" ? String(value) : ""); // prettier-ignore

async function csv(table: string, input: unknown) {
  const { body } = await exportTable(reader(), { table, input, bom: false, onError: vi.fn() });
  const text = await new Response(body).text();
  return parse<Record<string, string>>(text, { columns: true, record_delimiter: "\r\n" });
}

beforeAll(async () => {
  await loadPrices(now);
  await asAdmin(
    "SELECT create_month(m::date) FROM generate_series(DATE '2026-01-01', DATE '2026-11-01', interval '1 month') AS m",
  );
  tenant = await makeTenant({ timeZone: "America/New_York" });
  await storeZonedCalls(tenant, now);
});

describe("a file of runs", () => {
  it("has every run and every digit of the API", async () => {
    const filter = { team: ["red"] };
    const answer = await runs(reader(), { ...range, filter, order: "newest", limit: 10_000 });
    expect(answer.rows.length).toBeGreaterThan(5);
    const file = await csv("runs", { ...range, filter, order: "newest" });
    expect(file).toEqual(
      answer.rows.map(({ feature, team, user, account, environment, ...row }) => ({
        ...Object.fromEntries(Object.entries(row).map(([name, value]) => [name, cell(value)])),
        ...Object.fromEntries(
          Object.entries({ feature, team, user, account, environment }).flatMap(([name, tag]) => [
            [name, cell(tag.key)],
            [`${name}Others`, cell(tag.others)],
          ]),
        ),
      })),
    );
  });

  it("breaks off when figures change between two pages", async () => {
    const answer = await runs(reader(), range);
    vi.spyOn(runVerb, "runs").mockImplementation((_, { offset }) =>
      Promise.resolve({ ...answer, total: { ...answer.total, runs: 20_000, calls: offset ?? 0 } }),
    );
    await expect(csv("runs", range)).rejects.toThrow();
    vi.restoreAllMocks();
  });
});

describe("files of prompts", () => {
  it("have every version and what it changed", async () => {
    const { prompts } = await promptVersions(reader(), range);
    const file = await csv("promptVersions", range);
    expect(file).toHaveLength(prompts.flatMap(({ versions }) => versions).length);
    const line = file.find(({ version }) => version === "2");
    const version = prompts
      .find(({ prompt }) => prompt === "greeting")
      ?.versions.find((one) => one.version === "2");
    expect(version?.change).not.toBeNull();
    expect(line).toMatchObject({
      prompt: "greeting",
      versions: "1",
      firstDay: version?.firstDay,
      calls: cell(version?.calls),
      costUsd: version?.costUsd,
      costPerCallUsd: version?.costPerCallUsd,
      changedOn: version?.change?.changedOn,
      previousVersion: version?.change?.previousVersion,
    });
  });

  it("have every change, in the order of the list", async () => {
    const spring = { from: oddDays("America/New_York")[0], to: day };
    const { rows } = await promptChanges(reader(), spring);
    const file = await csv("promptChanges", spring);
    expect(rows.length).toBeGreaterThan(0);
    expect(file).toMatchObject(
      rows.map(({ prompt, version, change }) => ({
        prompt,
        version,
        extraUsd: change.extraUsd,
        perCallUsd: change.perCallUsd,
        pricedCallsBefore: cell(change.before.pricedCalls),
        costPerCallAfterUsd: change.after.costPerCallUsd,
      })),
    );
  });
});
