import { expect, it } from "vitest";
import type { PriceStatus } from "@/server/prices/price-call";
import { decideChange, deltaOf } from "./decide-change";

const price = (costUsd: string | null, status: PriceStatus = costUsd === null ? "unpriced" : "priced") => ({
  costUsd,
  status,
});

it.each([
  { name: "the same amount", before: price("1.5"), after: price("1.50"), open: null, closed: null },
  { name: "dearer", before: price("1"), after: price("1.25"), open: "0.25", closed: "0.25" },
  { name: "cheaper", before: price("1"), after: price("0.75"), open: "-0.25", closed: "-0.25" },
  { name: "by the last digit", before: price("1"), after: price("1.000000000000000001"), open: "0.000000000000000001", closed: "0.000000000000000001" },
  { name: "a price at last", before: price(null), after: price("2"), open: "2", closed: "2" },
  { name: "a price of nothing at last", before: price(null), after: price("0"), open: "0", closed: "0" },
  { name: "still no price", before: price(null), after: price(null), open: null, closed: null },
  { name: "a price that was a mistake", before: price("3"), after: price(null), open: "-3", closed: null },
  { name: "the same amount, better founded", before: price("1", "estimated"), after: price("1"), open: "0", closed: null },
])("$name", ({ before, after, open, closed }) => {
  const said = (isClosed: boolean) => {
    const change = decideChange(before, after, isClosed);
    return change && deltaOf(change);
  };
  expect(said(false)).toBe(open);
  expect(said(true)).toBe(closed);
}); // prettier-ignore

it.each([
  [price(null), price("0"), true],
  [price("1"), price("2"), false],
])("knows what is newly priced", (before, after, newlyPriced) => {
  expect(decideChange(before, after, false)?.newlyPriced).toBe(newlyPriced);
});
