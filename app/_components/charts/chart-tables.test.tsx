import { renderToStaticMarkup } from "react-dom/server";
import type { ReactElement } from "react";
import { describe, expect, it } from "vitest";
import { DistributionChart } from "./distribution-chart";
import { DistributionTable } from "./distribution-table";
import { HourHeatmap } from "./hour-heatmap";
import { HourTable } from "./hour-table";
import { costMeasure, type TrendFigures } from "./measures";
import { prepareDistribution } from "./prepare-distribution";
import { prepareHours } from "./prepare-hours";
import { prepareScatter } from "./prepare-scatter";
import { prepareSeries } from "./prepare-series";
import { prepareShareBars } from "./prepare-share-bars";
import { prepareTrend } from "./prepare-trend";
import { ScatterChart } from "./scatter-chart";
import { ScatterTable } from "./scatter-table";
import { SeriesTable } from "./series-table";
import { ShareBars } from "./share-bars";
import { Spark } from "./spark";
import { TrendChart } from "./trend-chart";
import { TrendTable } from "./trend-table";

const count = (html: string, part: string) => html.split(part).length - 1;
/** The texts of the cells of each row of the body. */
const rowsOf = (html: string) =>
  (/<tbody.*<\/tbody>/s.exec(html)?.[0] ?? "")
    .split("<tr")
    .slice(1)
    .map((row) =>
      row
        .split(/<t[dh]/)
        .slice(1)
        .map((cell) =>
          cell
            .replace(/^[^>]*>/, "")
            .replace(/<[^>]+>/g, "")
            .trim(),
        ),
    );

function draw(element: ReactElement): string {
  const html = renderToStaticMarkup(element);
  expect(html).not.toMatch(/NaN|undefined|Infinity|\[object/);
  return html;
}

const point = (costUsd: string, over: Partial<TrendFigures> = {}): TrendFigures => ({
  costUsd,
  calls: 1200,
  inputTokens: 1,
  outputTokens: 1,
  unpricedCalls: 0,
  ...over,
});
const time = {
  timeZone: "UTC",
  now: new Date("2026-11-17T12:00:00Z"),
  finalThrough: "2026-11-16T12:00:00Z",
  buckets: ["2026-11-14", "2026-11-15", "2026-11-16", "2026-11-17"],
  measure: costMeasure,
};

describe("the table of a trend", () => {
  const points = [
    null,
    point("0", { calls: 0 }),
    point("3.5", { unpricedCalls: 2 }),
    point("0", { unpricedCalls: 1200 }),
  ];
  it("shows a gap as a gap, nothing as nothing, and what is not final", () => {
    const html = draw(<TrendTable trend={prepareTrend({ ...time, points })} />);
    expect(rowsOf(html)).toEqual([
      ["Tue, 17 Nov 2026 so far", "–+ 1,200 calls unpriced", "1,200"],
      ["Mon, 16 Nov 2026 provisional", "$3.50+ 2 calls unpriced", "1,200"],
      ["Sun, 15 Nov 2026", "$0.00", "0"],
      ["Sat, 14 Nov 2026", "–", "–"],
    ]);
  });
  it("has columns for what is compared and averaged only where there is such a thing", () => {
    const plain = draw(<TrendTable trend={prepareTrend({ ...time, points })} />);
    expect(plain).not.toMatch(/Compared|average/);
    const compared = draw(<TrendTable trend={prepareTrend({ ...time, points, previous: { points } })} />);
    expect(rowsOf(compared)[1]?.[2]).toBe("$3.50");
  });
});

it("the table of series has a column for each and their total", () => {
  const series = [
    { key: "core", isRest: false, points: [null, point("1"), point("2"), point("0.1")] },
    { key: null, isRest: false, points: [null, null, point("4"), point("0.2")] },
  ];
  const trend = prepareSeries({ ...time, series, names: { without: "No team", rest: "All others" } }, true);
  const html = draw(<SeriesTable trend={trend} isStacked />);
  expect(rowsOf(html).map((cells) => cells.slice(1))).toEqual([
    ["$0.30", "$0.10", "$0.20"],
    ["$6.00", "$2.00", "$4.00"],
    ["$1.00", "$1.00", "–"],
    ["–", "–", "–"],
  ]);
});

describe("a scatter", () => {
  const rows = [
    { key: "chat", x: "800", y: "0.01", size: "12", calls: 1200 },
    { key: null, x: "300", y: "0.02", size: "1", calls: 50 },
    { key: "tool", x: null, y: "0.5", size: "3", calls: 2 },
  ];
  const scatter = prepareScatter({
    rows,
    x: { kind: "ms", label: "Mean latency" },
    y: { kind: "unitUsd", label: "Cost per call" },
    size: { kind: "usd", label: "Cost" },
    without: "Unattributed",
  });
  if (!scatter) throw new Error("There is something to draw.");
  it("tells in its table what it cannot draw, too", () =>
    expect(rowsOf(draw(<ScatterTable scatter={scatter} noun="Feature" without="Unattributed" />))).toEqual([
      ["chat", "$12.00", "$0.01", "800 ms", "1,200"],
      ["Unattributed", "$1.00", "$0.02", "300 ms", "50"],
      ["tool", "$3.00", "$0.50", "–", "2"],
    ]));
  it("leads the pointer on, and leaves the keyboard to its table", () => {
    const html = draw(
      <ScatterChart scatter={scatter} hrefOf={(key) => (key === null ? undefined : `/f/${key}`)} />,
    );
    expect(html).toContain('href="/f/chat"');
    expect(count(html, "<a ")).toBe(count(html, 'tabindex="-1"'));
    expect(count(html, "<a ")).toBe(1);
  });
});

it("a distribution tells zeros apart, in the chart and in its table", () => {
  const spread = prepareDistribution({
    buckets: [
      { from: "0.1", to: "0.2", count: 3, costUsd: "0.4" },
      { from: "0.2", to: "0.5", count: 1 },
    ],
    zero: { label: "nothing", count: 4 },
    markers: [{ name: "p50", value: "0.15" }],
    kind: "usd",
    label: "Cost per user",
    nouns: ["user", "users"],
  });
  if (!spread) throw new Error("There is something to draw.");
  const html = draw(<DistributionTable spread={spread} />);
  expect(rowsOf(html)).toEqual([
    ["$0.2 – $0.5", "1", "12.5%", "–"],
    ["$0.1 – $0.2", "3", "37.5%", "$0.40"],
    ["nothing", "4", "50%", "–"],
  ]);
  expect(html).toContain("p50 $0.15");
  expect(draw(<DistributionChart spread={spread} />)).toContain("p50");
});

describe("hours of the week", () => {
  const grid = prepareHours({
    cells: [
      { weekday: 1, hour: 0, value: "1.25", calls: 4 },
      { weekday: 7, hour: 23, value: "0", calls: 0 },
    ],
    kind: "usd",
    label: "Mean cost per hour",
  });
  it("say their figures to readers, and a gap as such", () => {
    const html = draw(<HourHeatmap grid={grid} />);
    expect(rowsOf(html)[0]?.slice(0, 3)).toEqual(["Mon", "$1.25", "not known"]);
    expect(rowsOf(html)[6]?.at(-1)).toBe("$0.00");
    expect(rowsOf(html).map(({ length }) => length)).toEqual([25, 25, 25, 25, 25, 25, 25]);
  });
  it("have a row for each hour in their table", () => {
    const rows = rowsOf(draw(<HourTable grid={grid} />));
    expect([rows.length, rows[0]?.[1], rows[23]?.[7], rows[3]?.[3]]).toEqual([24, "$1.25", "$0.00", "–"]);
  });
});

it("share bars claim no share of what has no price", () => {
  const row = { costUsd: "6", calls: 10, unpricedCalls: 0, costShare: "0.6", callShare: "0.1" };
  const rows = prepareShareBars([
    { ...row, key: "gpt-4o" },
    { ...row, key: null, costUsd: "0", unpricedCalls: 10, costShare: "0" },
  ]);
  const html = draw(<ShareBars rows={rows} noun="Model" without="No model" hrefOf={() => undefined} />);
  expect(rowsOf(html)).toEqual([
    ["gpt-4o10 calls", "60%10%", "$6.00", "6×"],
    ["No model10 calls", "–10%", "unpriced", "–"],
  ]);
});

it("a plot keeps its place until the page is there to measure it", () => {
  const trend = prepareTrend({ ...time, points: [] });
  const html = draw(<TrendChart trend={trend} className="h-40" />);
  expect(html).toMatch(/^<div class="h-40">.*aria-hidden="true"/);
});

it("a spark is an ornament unless it has a name", () => {
  expect(draw(<Spark values={["1", null, "2"]} />)).toContain('aria-hidden="true"');
  expect(draw(<Spark values={[]} label="Cost by day" />)).toContain('role="img" aria-label="Cost by day"');
});
