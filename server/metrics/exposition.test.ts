import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseExposition } from "@/tests/metrics/parse-exposition";
import { expose, type Format, formats } from "./exposition";
import type { MetricFamily } from "./families";

const bothFormats = Object.keys(formats) as Format[];
const seed = 20261121;

const families: MetricFamily[] = [
  {
    name: "llm_cost_usd",
    type: "counter",
    unit: "usd",
    help: "What calls cost.",
    samples: [
      { labels: [["model", "gpt-4o"], ["feature", ""]], value: "0.000000000000000001" },
      { labels: [["model", 'a "b"\\n\nc'], ["feature", "x"]], value: "12345678901234567890.123456789012345678" },
    ],
  },
  { name: "llm_none", type: "gauge", help: "Nothing of it.", samples: [] },
  { name: "llm_age_seconds", type: "gauge", unit: "seconds", help: "Age.", samples: [{ labels: [], value: "-1.5" }] },
]; // prettier-ignore

describe("an exposition", () => {
  it("is Prometheus' text to the letter", () => {
    expect(expose(families, "text")).toBe(
      [
        "# TYPE llm_cost_usd_total counter",
        "# HELP llm_cost_usd_total What calls cost.",
        'llm_cost_usd_total{model="gpt-4o",feature=""} 0.000000000000000001',
        String.raw`llm_cost_usd_total{model="a \"b\"\\n\nc",feature="x"} 12345678901234567890.123456789012345678`,
        "# TYPE llm_none gauge",
        "# HELP llm_none Nothing of it.",
        "# TYPE llm_age_seconds gauge",
        "# HELP llm_age_seconds Age.",
        "llm_age_seconds -1.5",
        "",
      ].join("\n"),
    );
  });

  it("is OpenMetrics to the letter", () => {
    expect(expose(families, "openMetrics")).toBe(
      [
        "# TYPE llm_cost_usd counter",
        "# UNIT llm_cost_usd usd",
        "# HELP llm_cost_usd What calls cost.",
        'llm_cost_usd_total{model="gpt-4o",feature=""} 0.000000000000000001',
        String.raw`llm_cost_usd_total{model="a \"b\"\\n\nc",feature="x"} 12345678901234567890.123456789012345678`,
        "# TYPE llm_none gauge",
        "# HELP llm_none Nothing of it.",
        "# TYPE llm_age_seconds gauge",
        "# UNIT llm_age_seconds seconds",
        "# HELP llm_age_seconds Age.",
        "llm_age_seconds -1.5",
        "# EOF",
        "",
      ].join("\n"),
    );
  });

  it.each(bothFormats)("holds whatever tags hold, as %s", (format) => {
    // Whatever people call things: quotes, escapes, lines, controls, emoji.
    const nasty = fc.string({
      unit: fc.oneof(
        fc.constantFrom("\\", '"', "\n", "\r", "\t", "{", "}", ",", "=", "#", "n", " ", "\u2028", "é", "😀"),
        fc.string({ unit: "binary", minLength: 1, maxLength: 1 }),
      ),
    });
    fc.assert(
      fc.property(fc.uniqueArray(fc.tuple(nasty, nasty), { selector: String, maxLength: 6 }), (values) => {
        const samples = values.map(([model, feature], at) => ({ labels: [["model", model], ["feature", feature], ["at", String(at)]] as const, value: String(at) })); // prettier-ignore
        const family: MetricFamily = { name: "llm_x", type: "counter", help: "x", samples };
        const [parsed] = parseExposition(expose([family], format), format);
        expect(parsed?.samples.map(({ labels }) => [labels.model, labels.feature])).toEqual(values);
      }),
      { seed, numRuns: 500 },
    );
  });
});

const [first = "", ...others] = expose(families, "openMetrics").split("\n");
const rest = others.join("\n");
/** What the reader of the tests above must not let pass. */
it.each([
  ["an open last line", "text", expose(families, "text").trimEnd()],
  ["no end", "openMetrics", expose(families, "openMetrics").replace("# EOF\n", "")],
  ["an end in the wrong place", "openMetrics", `# EOF\n${expose(families, "openMetrics")}`],
  ["a bare quote", "text", '# TYPE a gauge\na{b="c"d"} 1\n'],
  ["an unknown escape", "text", '# TYPE a gauge\na{b="\\t"} 1\n'],
  ["a broken line", "text", '# TYPE a gauge\na{b="c\nd"} 1\n'],
  ["a comma too many", "text", '# TYPE a gauge\na{b="c",} 1\n'],
  ["no number", "text", "# TYPE a gauge\na 1,5\n"],
  ["two numbers", "text", "# TYPE a gauge\na 1 2\n"],
  ["the same labels twice", "text", '# TYPE a gauge\na{b="c"} 1\na{b="c"} 2\n'],
  ["a label twice", "text", '# TYPE a gauge\na{b="c",b="d"} 1\n'],
  ["a family twice", "openMetrics", `${first}\n${expose(families, "openMetrics")}`],
  ["a family that does not say what it is", "openMetrics", rest],
  ["a unit beside the name", "openMetrics", "# TYPE a gauge\n# UNIT a usd\n# EOF\n"],
  ["a unit in the older format", "text", "# TYPE a_usd gauge\n# UNIT a_usd usd\n"],
  ["a counter below zero", "text", "# TYPE a_total counter\na_total -1\n"],
  ["a counter that is not called one", "text", "# TYPE a counter\na 1\n"],
  ["a counter that is called one twice", "openMetrics", "# TYPE a_total counter\na_total 1\n# EOF\n"],
] as const)("the reader of these tests refuses %s (mutation control)", (_, format, text) => {
  expect(() => parseExposition(text, format)).toThrow();
});
