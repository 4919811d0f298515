import type { Line } from "./report-measure";
import { asTable } from "./statistics";

/**
 * What is to be reached. A question so narrow that raw calls answer it within two seconds leaves no room for 50 ×: what is
 * left are some round trips and the rows of the people it is about. There it counts that the answer is immediate, which
 * people take it for up to 100 ms (Nielsen, Usability Engineering, 1993, chapter 5); half of that leaves the other half to
 * the way to them.
 */
const reach = { p95Ms: 150, timesFaster: 50, immediateMs: 50 };

const ms = (value: number) =>
  value === Infinity ? "no answer" : `${value < 10 ? value.toFixed(1) : value.toFixed(0)} ms`;
const times = (value: number) => `${value < 10 ? value.toFixed(1) : value.toFixed(0)} ×`;

export const speedTable = (lines: readonly Line[]): string =>
  asTable([
    ["question", "range", "p50", "p95", "raw calls", "× faster", "DuckDB", "× faster"],
    ...lines.map(({ question, range, p50, p95, rawMs, duckMs }) => [
      question,
      range,
      ms(p50),
      ms(p95),
      ms(rawMs),
      times(rawMs / p50),
      ms(duckMs),
      times(duckMs / p50),
    ]),
  ]);

export const boundedTable = (lines: readonly Line[]): string =>
  asTable([
    ["question", "range", "p50", "p95"],
    ...lines.map(({ question, range, p50, p95 }) => [question, range, ms(p50), ms(p95)]),
  ]);

/** How many lines miss what is to be reached, range by range. */
export function shortfall(lines: readonly Line[]): string {
  const names = [...new Set(lines.map(({ range }) => range))];
  return asTable([
    [
      "range",
      "lines",
      `p95 of ${String(reach.p95Ms)} ms or more`,
      `less than ${String(reach.timesFaster)} × faster than raw`,
      `and not immediate, ${String(reach.immediateMs)} ms or more`,
    ],
    ...names.map((name) => {
      const of = lines.filter(({ range }) => range === name);
      const rolled = of.filter(({ isBounded }) => !isBounded);
      const slow = of.filter(({ p95 }) => p95 >= reach.p95Ms);
      const close = rolled.filter(({ rawMs, p50 }) => rawMs / p50 < reach.timesFaster);
      const felt = close.filter(({ p50 }) => p50 >= reach.immediateMs);
      return [name, of, slow, close, felt].map((cell) =>
        typeof cell === "string" ? cell : String(cell.length),
      );
    }),
  ]);
}
