import { expect, it } from "vitest";
import { rateWords } from "./rate-words";

const rate = (part: Partial<Parameters<typeof rateWords>[0][number]>) => ({
  service: "standard" as const,
  unit: "fresh_input",
  tierStart: 0,
  usd: "3",
  per: 1_000_000,
  ...part,
});

it("tells the standard rates first, input before output, then longer inputs, then other services", () => {
  const told = rateWords([
    rate({ service: "batch", usd: "1.5" }),
    rate({ unit: "cache_read", usd: "0.3" }),
    rate({ tierStart: 200_001, usd: "6" }),
    rate({ unit: "web_searches", usd: "10", per: 1_000 }),
    rate({ unit: "requests", usd: "0.01", per: 1 }),
    rate({ unit: "visible_output", usd: "15" }),
    rate({}),
  ]);
  expect(told.map(({ name, amount }) => `${name} ${amount}`)).toEqual([
    "input $3.00 / 1M",
    "output $15.00 / 1M",
    "cache read $0.30 / 1M",
    "web searches $10.00 / 1,000",
    "requests $0.01 each",
    "input from 200,001 tokens on $6.00 / 1M",
    "input (batch) $1.50 / 1M",
  ]);
});
