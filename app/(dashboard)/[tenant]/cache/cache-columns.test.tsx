import { renderToStaticMarkup } from "react-dom/server";
import { expect, it } from "vitest";
import { ReportTable } from "@/app/_components/tables/report-table";
import type { CacheFigures, CacheRow } from "@/server/analytics/cache/cache-schemas";
import { cacheColumns, changeOfRate } from "./cache-columns";

const figures = (over: Partial<CacheFigures> = {}): CacheFigures => ({
  calls: 10,
  inputTokens: 1_000,
  cacheReadTokens: 400,
  cacheWriteTokens: 50,
  hitRate: "0.4",
  costUsd: "2.5",
  unpricedCalls: 0,
  savedByReadingUsd: "1.25",
  paidForWritingUsd: "0.25",
  netSavingUsd: "1",
  costWithoutCacheUsd: "3.5",
  unratedTokens: 0,
  ...over,
});
const none = figures({ calls: 0, inputTokens: 0, hitRate: null });
const rows: CacheRow[] = [
  { key: "search", current: figures(), previous: figures({ hitRate: "0.1" }) },
  { key: "loses", current: figures({ netSavingUsd: "-0.5" }), previous: none },
  {
    key: "own-model",
    current: figures({ savedByReadingUsd: null, paidForWritingUsd: null, netSavingUsd: null, costWithoutCacheUsd: null, unratedTokens: 450 }),
    previous: null,
  },
  { key: null, current: none, previous: figures() },
]; // prettier-ignore
const total = { current: figures({ netSavingUsd: "0.5", unratedTokens: 450 }), previous: null };
const html = renderToStaticMarkup(
  <ReportTable
    caption="The cache"
    rows={rows}
    keyOf={({ key }) => key ?? ""}
    name={{ header: "Feature", of: ({ key }) => ({ text: key ?? "Unattributed" }) }}
    columns={cacheColumns(total)}
    total={{ label: "All" }}
    empty={null}
  />,
);
const lines = [...html.matchAll(/<tr[^>]*>([^]*?)<\/tr>/g)].map(([line]) => line.replaceAll(/<[^>]+>/g, " ").replaceAll(/\s+/g, " ")); // prettier-ignore
const lineOf = (name: string) => lines.find((line) => line.includes(name)) ?? "";

it("tells rate, saving and what it would have cost", () => {
  expect(html).not.toMatch(/NaN|undefined|\[object/);
  expect(lineOf("search")).toMatch(
    /40% before 10% .*300% .*\$1\.00 .*\$1\.25 .*\$0\.25 .*\$2\.50 .*\$3\.50 .*1,000/,
  );
});
it("shows a loss as one", () => expect(lineOf("loses")).toContain("−$0.50"));
it("claims no saving where nobody knows the rates, and counts those tokens", () => {
  expect(lineOf("own-model")).toContain("+ 450 tokens unrated");
  expect(lineOf("own-model")).not.toMatch(/\$(?!2\.50)/);
});
it("has no hit rate without input", () => expect(lineOf("Unattributed")).toMatch(/– before 40%/));
it("says what is missing from the total", () => expect(lines.at(-1)).toContain("+ 450 tokens unrated"));
it.each([
  ["new", figures(), none, "new"],
  ["gone", none, figures(), "gone"],
  ["better", figures(), figures({ hitRate: "0.1" }), "up"],
  ["not compared", figures(), null, "unknown"],
])("compares rates: %s", (_name, current, previous, kind) =>
  expect(changeOfRate(current, previous).kind).toBe(kind),
);
