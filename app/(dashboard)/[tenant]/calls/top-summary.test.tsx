import { renderToStaticMarkup } from "react-dom/server";
import { expect, it } from "vitest";
import { TopSummary } from "./top-summary";

const total = { calls: 240, unpricedCalls: 0, costUsd: "12.5", outliers: 0, outliersUsd: "0" };
const words = (change: Partial<typeof total>, listed = 0) => {
  const answer = { calls: Array.from({ length: listed }), total: { ...total, ...change }, factor: 10 };
  return renderToStaticMarkup(<TopSummary answer={answer as Parameters<typeof TopSummary>[0]["answer"]} />)
    .replaceAll(/<[^>]+>/g, "")
    .replaceAll("&#x27;", "'");
};

it.each([
  ["nothing at all", { calls: 0 }, 0, ""],
  [
    "nothing far out, all listed",
    { calls: 3 },
    3,
    "No call cost more than 10 times what its feature usually costs. 3 calls cost $12.50.",
  ],
  [
    "far out, some not listed",
    { outliers: 2, outliersUsd: "7.25" },
    100,
    "2 calls cost more than 10 times what their feature usually costs: $7.25. 240 calls cost $12.50; listed are the 100 dearest.",
  ],
  [
    "calls without a price",
    { calls: 4, unpricedCalls: 1 },
    3,
    "No call cost more than 10 times what its feature usually costs. 4 calls cost $12.50; listed are the 3 dearest.+ 1 call unpriced, which nobody can tell the rank of.",
  ],
])("says what is far out: %s", (_name, change, listed, said) => expect(words(change, listed)).toBe(said));
