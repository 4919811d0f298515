import type { Month } from "@/server/periods/schemas";
import type { Usd } from "@/server/prices/decimal";
import { chargeOf } from "./charge";
import { type LineDraft, lineOf } from "./line";
import { monthName } from "./month-name";
import type { PlanTerms, UsageComponent } from "./plan-schemas";
import { measureOf, quantityOf, type UsageRow } from "./usage";

/** An earlier month that the statement corrects for the account. */
export interface CorrectedMonth {
  month: Month;
  /** What statements before this one say of it. */
  before: readonly UsageRow[];
  /** By which its invoice was computed; without an invoice, the ones of this. */
  terms: PlanTerms;
}

/** Whether a unit costs the same whatever their number. */
const isLinear = (component: UsageComponent) =>
  component.kind === "cost_plus" || (component.kind !== "tiers" && component.included === "0");

interface Step {
  kind: "late" | "price";
  name: string;
  before: Usd;
  more: Usd;
}

function stepLine(
  component: UsageComponent,
  ofMonth: string,
  { kind, name, before, more }: Step,
): LineDraft[] {
  const exact = chargeOf(component, before.plus(more)).minus(chargeOf(component, before));
  if (more.isZero()) return [];
  const per = measureOf(component) === "tokens" ? 1_000_000 : 1;
  const unitUsd = isLinear(component) ? exact.times(per).dividedBy(more) : null;
  return [
    lineOf({
      kind,
      component: null,
      ofMonth,
      description: `${component.label}: ${name} ${monthName(ofMonth)}`,
      quantity: more,
      unit: measureOf(component) === "cost" ? "usd" : measureOf(component) === "calls" ? "calls" : "tokens",
      unitUsd,
      per,
      exact,
    }),
  ];
}

/**
 * What an earlier month would have come to with what was not known of it, less what it came to: so included amounts and
 * tiers hold across statements. Fees and the minimum of that month are not charged again.
 */
export function correctionLines(corrected: CorrectedMonth, usage: readonly UsageRow[]): LineDraft[] {
  const of = (kind: UsageRow["kind"]) =>
    usage.filter((row) => row.kind === kind && row.ofMonth === corrected.month);
  const late = of("late");
  const repriced = of("price");
  return corrected.terms.components.flatMap((component): LineDraft[] => {
    if (component.kind === "flat" || component.kind === "included") return [];
    const before = quantityOf(component, corrected.before);
    const more = quantityOf(component, late);
    return [
      ...stepLine(component, corrected.month, { kind: "late", name: "late usage of", before, more }),
      ...stepLine(component, corrected.month, {
        kind: "price",
        name: "price correction of",
        before: before.plus(more),
        more: quantityOf(component, repriced),
      }),
    ];
  });
}
