import { expect, it } from "vitest";
import type { ComparedDay } from "./figures";
import { finalGapOf, monthsRead } from "./final-gap";

const day = (date: string, state: ComparedDay["state"], billUsd: string | null, usd: string): ComparedDay => ({
  day: date,
  state,
  isCorrected: false,
  readAt: null,
  beforeUsd: null,
  billUsd,
  ledgerUsd: billUsd === null ? null : "1",
  gapUsd: null,
  causes: [
    { cause: "coverage", subject: "", usd },
    { cause: "price", subject: "", usd: "0.000000000000000001" },
  ],
  unexplainedUsd: null,
  unexplainedShare: null,
}); // prettier-ignore

it("holds final days alone, to the last decimal", () => {
  const days = [
    day("2026-11-01", "unread", null, "9"),
    day("2026-11-02", "final", "3", "2"),
    day("2026-11-03", "provisional", "100", "99"),
    day("2026-11-04", "final", "1.5", "0.5"),
  ];
  expect(finalGapOf({ days })).toMatchObject({
    days: 2,
    firstDay: "2026-11-02",
    lastDay: "2026-11-04",
    billUsd: "4.5",
    ledgerUsd: "2",
    byCause: { coverage: "2.5", price: "0.000000000000000002", unexplained: "0" },
  });
});

it("is nothing before a day is final", () =>
  expect(finalGapOf({ days: [day("2026-11-01", "provisional", "3", "2")] })).toBeNull());

it.each([
  ["2026-11-20T12:00:00Z", ["2026-10", "2026-11"]],
  ["2026-12-01T05:47:00Z", ["2026-10", "2026-11"]],
  ["2026-03-02T05:47:00Z", ["2026-01", "2026-02", "2026-03"]],
])("at %s the months %j were read", (now, months) => {
  expect(monthsRead(new Date(now))).toEqual(months);
});
