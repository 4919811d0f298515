import { expect, it } from "vitest";
import type { Cause } from "@/server/provider-bills/schemas";
import { usualParams } from "../schemas";
import { type GapMonth, reconciliationGap } from "./reconciliation-gap";

const params = usualParams("reconciliation-gap");
const at = new Date("2026-11-20T00:00:00Z");
const nothing: Record<Cause, string> = {
  tax_or_credit: "0",
  late_correction: "0",
  unknown_model: "0",
  coverage: "0",
  tier_or_discount: "0",
  time_zone: "0",
  category: "0",
  price: "0",
  unexplained: "0",
};
const month = (billUsd: string, ledgerUsd: string, byCause: Partial<Record<Cause, string>> = {}): GapMonth => ({
  firstDay: "2026-11-01",
  lastDay: "2026-11-18",
  billUsd,
  ledgerUsd,
  byCause: { ...nothing, ...byCause },
}); // prettier-ignore
const found = (...months: GapMonth[]) => reconciliationGap({ provider: "openai", months }, params, at);

it.each<[string, GapMonth[], string | undefined]>([
  ["no month", [], undefined],
  ["two per cent are the tolerance", [month("500", "490", { coverage: "10" })], undefined],
  ["a cent beyond it", [month("500", "489.99", { coverage: "10.01" })], "10.01"],
  ["much of little is little", [month("9.99", "5", { coverage: "4.99" })], undefined],
  ["five dollars of little", [month("10", "5", { coverage: "5" })], "5"],
  ["a bill below the ledger", [month("480", "500", { unexplained: "-20" })], "20"],
  ["taxes and credits are no gap", [month("600", "500", { tax_or_credit: "100" })], undefined],
  ["nor do they hide one", [month("500", "500", { tax_or_credit: "-50", coverage: "50" })], "50"],
  ["a bill of nothing", [month("0", "7", { unexplained: "-7" })], "7"],
  ["the older month, when the newer is fine", [month("100", "100"), month("500", "400", { price: "100" })], "100"],
  ["the newer of two", [month("500", "450", { price: "50" }), month("500", "400", { price: "100" })], "50"],
])("%s", (_case, months, impact) => expect(found(...months)?.impactUsd ?? undefined).toBe(impact)); // prettier-ignore

it("names the provider, the days, and what most of it is", () => {
  expect(found(month("130.5", "120", { tax_or_credit: "0.5", coverage: "11", price: "-1" }))).toMatchObject({
    subject: { kind: "source", key: "openai" },
    window: { from: new Date("2026-11-01T00:00:00Z"), to: at },
    expected: "120",
    actual: "130",
    // Twelve of thirty days are to come.
    monthEndUsd: "6.666667",
    sentence: "openai bills $130.00 for the days of 2026-11-01 to 2026-11-18, $10.00 (7.7 %) more than the ledger holds. Most of it: calls that the ledger lacks ($11.00).",
    contributors: [
      { label: "calls that the ledger lacks", deltaUsd: "11" },
      { label: "other prices", deltaUsd: "-1" },
    ],
  }); // prettier-ignore
});

it("has no end of a month to foretell that is over", () => {
  const over = { ...month("130", "120", { coverage: "10" }), lastDay: "2026-11-30" };
  expect(found(over)?.monthEndUsd).toBeNull();
});
