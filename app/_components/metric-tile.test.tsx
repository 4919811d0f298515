import { renderToStaticMarkup } from "react-dom/server";
import { describe, expect, it } from "vitest";
import { MetricTile } from "./metric-tile";
import { Money } from "./money";
import { type Change, prepareChange } from "./prepare-change";
import { ChangeMark } from "./change-mark";

const textOf = (html: string) =>
  html
    .replace(/<[^>]+>/g, " ")
    .replace(/\s+/g, " ")
    .trim();

describe("a tile", () => {
  const facts = [{ label: "Calls", value: "15.9K" }];
  it("says its figure, how it changed and what it lacks", () => {
    const html = renderToStaticMarkup(
      <MetricTile
        label="Last 7 days"
        figure={<Money usd="131.27" />}
        change={prepareChange({ current: "131.27", previous: "100" })}
        against="vs $100.00 before"
        lacks="+ 514 calls unpriced"
        facts={facts}
      />,
    );
    expect(textOf(html)).toBe(
      "Last 7 days $131.27 +31.3% vs $100.00 before + 514 calls unpriced Calls 15.9K",
    );
  });
  it("claims nothing while it loads", () => {
    const html = renderToStaticMarkup(<MetricTile label="Last 7 days" figure={undefined} facts={facts} />);
    expect(textOf(html)).toBe("Last 7 days Calls");
  });
  it("gives way to a failure", () =>
    expect(
      textOf(renderToStaticMarkup(<MetricTile label="Cost" figure="1" failure={<p>Not loaded</p>} />)),
    ).toBe("Not loaded"));
});

describe("a change", () => {
  it.each<[string, Change, string]>([
    ["up", { kind: "up", fraction: 0.5, difference: "1" }, "+50%"],
    ["down", { kind: "down", fraction: -0.5, difference: "-1" }, "−50%"],
    ["from nothing", { kind: "up", fraction: null, difference: "1" }, "from nothing"],
    ["the same", { kind: "same", fraction: null, difference: "0" }, "±0%"],
    ["new", { kind: "new" }, "new"],
    ["gone", { kind: "gone" }, "gone"],
    ["not known", { kind: "unknown" }, "–"],
  ])("%s", (_name, change, text) =>
    expect(textOf(renderToStaticMarkup(<ChangeMark change={change} />))).toBe(text),
  );
  it("is good or bad by what it is of", () => {
    const up: Change = { kind: "up", fraction: 0.5, difference: "1" };
    const look = (worse: "up" | "down" | "neither") =>
      renderToStaticMarkup(<ChangeMark change={up} worse={worse} />);
    expect(look("up")).toContain("text-warn");
    expect(look("down")).toContain("text-good");
    expect(look("neither")).toContain("text-ink-muted");
  });
});
