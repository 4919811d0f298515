import { renderToStaticMarkup } from "react-dom/server";
import { describe, expect, it } from "vitest";
import { type BreakdownRow, breakdownOrders, type SpendFigures } from "@/server/analytics/schemas";
import { type Breakdown, breakdownColumns } from "./breakdown-columns";
import { ReportTable } from "./report-table";
import { spendColumns } from "./spend-columns";

const figures = (costUsd: string, calls: number, over: Partial<SpendFigures> = {}): SpendFigures => ({
  calls,
  costUsd,
  inputTokens: calls * 100,
  outputTokens: calls * 10,
  cacheReadTokens: 0,
  cacheWriteTokens: 0,
  reasoningTokens: 0,
  unpricedCalls: 0,
  unpricedTokens: 0,
  partialCalls: 0,
  estimatedCalls: 0,
  reportedCalls: 0,
  errorCalls: 0,
  retryCalls: 0,
  retryCostUsd: "0",
  latencyMs: 0,
  latencyCalls: 0,
  ...over,
});
const row = (key: string | null, over: Partial<BreakdownRow> = {}): BreakdownRow => ({
  key,
  current: figures("1.5", 4),
  previous: figures("1", 3),
  changeUsd: "0.5",
  costShare: "0.75",
  callShare: "0.5",
  cumulativeShare: "0.75",
  ...over,
});
const breakdown: Breakdown = {
  rows: [
    row("chat"),
    row("email-draft", { previous: figures("0", 0), changeUsd: "1.5" }),
    row("search", { current: figures("0", 0), changeUsd: "-1" }),
    row("router", {
      current: figures("0", 9, { unpricedCalls: 9 }),
      previous: null,
      changeUsd: null,
      costShare: null,
      cumulativeShare: null,
    }),
    row(null, { current: figures("0.004", 2, { unpricedCalls: 1 }) }),
  ],
  total: {
    current: figures("3.004", 17, { unpricedCalls: 10 }),
    previous: figures("2", 6),
    changeUsd: "1.004",
  },
};

type Order = (typeof breakdownOrders)[number];

function draw(over: Partial<Parameters<typeof ReportTable<BreakdownRow, Order>>[0]> = {}, loading = false) {
  const columns = breakdownColumns(loading ? undefined : breakdown);
  return renderToStaticMarkup(
    <ReportTable<BreakdownRow, Order>
      caption="Cost by feature, the dearest first"
      rows={loading ? undefined : breakdown.rows}
      keyOf={({ key }) => key ?? ""}
      name={{
        header: "Feature",
        order: "key",
        isAscending: true,
        of: ({ key }) =>
          key === null ? { text: "Unattributed", isNameless: true } : { text: key, href: `/calls?f=${key}` },
      }}
      columns={Object.values(columns)}
      sort={{ order: "cost", onSort: () => undefined }}
      total={{ label: "All 312 features", unpricedCalls: 10 }}
      paging={{ of: 312, nouns: ["feature", "features"], onMore: () => undefined }}
      empty={<p>No calls</p>}
      {...over}
    />,
  );
}

/** The text of each cell of the row that begins with a name. */
function cells(html: string, name: string): string[] {
  const body = html.split("<tr").find((part) => part.includes(`>${name}<`)) ?? "";
  return body
    .split(/<t[dh] /)
    .slice(1)
    .map(textOf);
}
const textOf = (html: string) =>
  html
    .replace(/^[^>]*>/, "")
    .replace(/<[^>]+>/g, "|")
    .replace(/\|+/g, "|")
    .replace(/^\||\|$/g, "")
    .replace("&lt;", "<");
const count = (html: string, part: string) => html.split(part).length - 1;

describe("a table of spend", () => {
  const html = draw();

  it("has a row for each group, one of headers and the total", () =>
    expect([count(html, 'role="row"'), count(html, 'role="rowheader"')]).toEqual([7, 6]));

  it("has as many cells in each row as headers", () => {
    const headers = count(html, 'role="columnheader"');
    expect(count(html, 'role="cell"')).toBe((headers - 1) * 6);
  });

  it("tells readers what it is and how it is ordered", () => {
    expect(html).toContain('<caption class="sr-only">Cost by feature, the dearest first</caption>');
    expect(count(html, 'aria-sort="descending"')).toBe(1);
    expect(html).toMatch(/aria-sort="descending"[^>]*><button[^>]*>Cost/);
    expect(count(html, 'aria-sort="none"')).toBe(breakdownOrders.length - 1);
    expect(draw({ sort: { order: "key", onSort: () => undefined } })).toMatch(
      /aria-sort="ascending"[^>]*><button[^>]*>Feature/,
    );
    expect(draw({ sort: undefined })).not.toContain("aria-sort");
  });

  it("leads from a row where it can, and is a stop of the keyboard where it cannot, too", () => {
    expect(html).toContain('href="/calls?f=chat"');
    expect(count(html, "data-row-focus")).toBe(5);
    expect(html).toMatch(/<span data-row-focus="true" tabindex="-1" title="Unattributed"/i);
  });

  it("never shows what is not a figure", () =>
    expect(html).not.toMatch(/NaN|undefined|Infinity|\[object|null/));

  it("says what is new, gone and not known, and claims no amount for calls without a price", () => {
    expect(cells(html, "email-draft").join()).toContain("new");
    expect(cells(html, "search").join()).toContain("gone");
    const router = cells(html, "router");
    expect(router[1]).toBe("unpriced");
    expect(router.join()).not.toContain("$");
    expect(cells(html, "Unattributed")[1]).toBe("< $0.01|+ 1 unpriced");
  });

  it("says what the total lacks", () => {
    expect(html).toContain("All 312 features");
    expect(html).toContain("+ 10 calls unpriced");
    expect(html).toContain('value="3.004"');
  });

  it("says how much of it is shown", () => {
    expect(html).toContain("5 of 312 features");
    expect(html).toContain("Show more");
    const whole = draw({ paging: { of: 5, nouns: ["feature", "features"] } });
    expect(whole).toContain(">5 features<");
    expect(whole).not.toContain("Show more");
  });

  it("offers the orders where headers cannot be pressed", () => {
    const orders = [...html.matchAll(/<option value="([a-zA-Z]+)"/g)].map(([, order]) => order);
    expect([...orders].sort()).toEqual([...breakdownOrders].sort());
    expect(orders.at(-1)).toBe("key");
    expect(html).toContain('<option value="cost" selected="">');
  });
});

describe("while it loads", () => {
  const html = draw({ skeletonRows: 3 }, true);
  it("has the shape that it will have", () => {
    expect(count(html, "<tr")).toBe(4);
    expect(html).toContain('aria-busy="true"');
    expect(html).toContain("Loading");
  });
  it("claims nothing", () => {
    expect(html).not.toContain("$");
    expect(html).not.toContain("312");
  });
});

it("says what to do where there is nothing", () => expect(draw({ rows: [] })).toBe("<p>No calls</p>"));

describe("two stretches side by side", () => {
  const of7 = spendColumns<BreakdownRow>({ of: ({ current }) => current, group: "7" });
  const of30 = spendColumns<BreakdownRow>({ of: ({ previous }) => previous ?? figures("0", 0), group: "30" });
  const html = draw({
    columns: [of7.cost, of7.calls, of30.cost, of30.calls, breakdownColumns(breakdown).share],
    groups: [
      { key: "7", label: "7 days" },
      { key: "30", label: "30 days" },
    ],
    total: undefined,
  });
  it("have a heading each over their columns", () => {
    expect(html).toMatch(/scope="colgroup" colSpan="2"[^>]*>(<[^>]+>)*7 days/i);
    expect(html).toMatch(/scope="colgroup" colSpan="2"[^>]*>(<[^>]+>)*30 days/i);
    expect(count(html, 'scope="col"')).toBe(6);
  });
});
