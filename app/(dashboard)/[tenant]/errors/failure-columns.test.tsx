import { renderToStaticMarkup } from "react-dom/server";
import { describe, expect, it } from "vitest";
import { ReportTable } from "@/app/_components/tables/report-table";
import type { ErrorFigures, FailureFigures } from "@/server/analytics/errors/errors-schemas";
import { changeOfFailures, failureColumns, rateColumns, type RateRow } from "./failure-columns";

const sums = (calls = 0, costUsd = "0", unpricedCalls = 0) => ({ calls, costUsd, unpricedCalls });
const failures = (over: Partial<FailureFigures> = {}): FailureFigures => ({
  billed: sums(),
  unknown: sums(),
  notBilled: sums(),
  ...over,
});
const figures = (errorRate: string | null, over: Partial<FailureFigures> = {}): ErrorFigures => ({
  calls: errorRate === null ? 0 : 100,
  errorCalls: 0,
  costUsd: "9",
  errorRate,
  failures: failures(over),
});

describe("the columns of failures", () => {
  const rows: RateRow[] = [
    { key: "agent", current: figures("0.06", { billed: sums(3, "1.5"), unknown: sums(2, "0.25"), notBilled: sums(1_200) }), previous: figures("0.01", { billed: sums(1, "0.875") }) },
    { key: "router", current: figures("0.02", { billed: sums(2, "0", 2) }), previous: figures("0.02") },
    { key: "chat", current: figures("0"), previous: figures(null) },
  ]; // prettier-ignore
  const total: RateRow = { key: null, current: figures("0.04", { billed: sums(5, "1.5", 2), unknown: sums(2, "0.25") }), previous: null }; // prettier-ignore
  const { cost, change, failed, billed, unknown, free } = failureColumns<RateRow>({ total, longestUsd: "1.75" }); // prettier-ignore
  const { rate, before } = rateColumns(total);
  const html = renderToStaticMarkup(
    <ReportTable
      caption="Failures"
      rows={rows}
      keyOf={({ key }) => key ?? ""}
      name={{ header: "Feature", of: ({ key }) => ({ text: key ?? "Unattributed" }) }}
      columns={[cost, change, rate, before, failed, billed, unknown, free]}
      total={{ label: "All" }}
      empty={null}
    />,
  );
  const lines = [...html.matchAll(/<tr[^>]*>([^]*?)<\/tr>/g)].map(([line]) => line.replaceAll(/<[^>]+>/g, " ").replaceAll(/\s+/g, " ")); // prettier-ignore
  const lineOf = (name: string) => lines.find((line) => line.includes(name)) ?? "";

  it("add what is billed and what may be, and keep them apart", () => {
    expect(html).not.toMatch(/NaN|undefined|\[object/);
    expect(lineOf("agent")).toMatch(/\$1\.75 .*\+100% .*6% .*1% .*1,205 .*\$1\.50 .*\$0\.25 .*1,200/);
  });
  it("claim no cost where no failed call has a price", () => {
    expect(lineOf("router")).toContain("unpriced");
    // What may be billed is nothing at all, which is known.
    expect(lineOf("router").match(/\$0\.00/g)).toHaveLength(1);
    expect(lineOf("All")).toContain("$1.75");
  });
  it("tell no failures from no calls", () =>
    expect(lineOf("chat")).toMatch(/\$0\.00 – error rate 0% – 0 failed/));
});

describe("changeOfFailures", () => {
  it.each([
    ["nothing compared", failures(), null, "unknown"],
    ["none before", failures({ notBilled: sums(1) }), failures(), "new"],
    ["none now", failures(), failures({ billed: sums(1, "1") }), "gone"],
    ["dearer", failures({ billed: sums(1, "2") }), failures({ unknown: sums(1, "1") }), "up"],
    ["no price", failures({ billed: sums(1, "0", 1) }), failures({ billed: sums(1, "1") }), "unknown"],
    ["never any", failures(), failures(), "unknown"],
  ])("%s", (_name, current, previous, kind) => expect(changeOfFailures(current, previous).kind).toBe(kind));
});
