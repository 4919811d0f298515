import type { Month } from "@/server/periods/schemas";
import { Usd } from "@/server/prices/decimal";
import { roundToCents } from "@/server/statements/allocate";
import { correctionLines, type CorrectedMonth } from "./correct";
import { chargeParts } from "./charge";
import type { InvoiceLine } from "./documents";
import { type LineDraft, lineOf, sumOf } from "./line";
import type { Component, PlanTerms, Tax, UsageComponent } from "./plan-schemas";
import type { LineUnit } from "./schemas";
import { isOf, measureOf, quantityOf, type UsageRow } from "./usage";

export interface ManualLine {
  manualId: string;
  description: string;
  amountUsd: string;
}

export interface InvoiceFacts {
  month: Month;
  terms: PlanTerms;
  /** In the plan's place; null: the plan's. */
  tax: Tax | null;
  /** What the month's statement has of the account. */
  usage: readonly UsageRow[];
  corrected: readonly CorrectedMonth[];
  manual: readonly ManualLine[];
}

export interface ComputedInvoice {
  lines: InvoiceLine[];
  netUsd: string;
  taxUsd: string;
  totalUsd: string;
  calls: string;
  costUsd: string;
  unpricedCalls: string;
  uncharged: { calls: string; costUsd: string };
}

const unitOf: Record<ReturnType<typeof measureOf>, LineUnit> = {
  tokens: "tokens",
  calls: "calls",
  cost: "usd",
};
const isUsage = (component: Component): component is UsageComponent =>
  component.kind !== "flat" && component.kind !== "included";

function usageLines(component: UsageComponent, place: number, month: Month, rows: readonly UsageRow[]) {
  return chargeParts(component, quantityOf(component, rows)).map(({ name, ...part }) =>
    lineOf({
      kind: "usage",
      component: place,
      ofMonth: month,
      description: name === "" ? component.label : `${component.label}: ${name}`,
      unit: unitOf[measureOf(component)],
      ...part,
    }),
  );
}

/** Lines of the plan's components in their order; what is included takes from usage, whatever order they stand in. */
function componentLines({ components }: PlanTerms, month: Month, rows: readonly UsageRow[]): LineDraft[] {
  const charged = components.map((component, at) =>
    isUsage(component) ? usageLines(component, at + 1, month, rows) : [],
  );
  let left = Usd.max(0, sumOf(charged.flat()));
  return components.flatMap((component, at): LineDraft[] => {
    const whole = { component: at + 1, ofMonth: month };
    if (isUsage(component)) return charged[at] ?? [];
    const usd = new Usd(component.usd);
    if (component.kind === "flat") {
      return [lineOf({ ...whole, kind: "flat", description: component.label, quantity: new Usd(1), unit: "months", unitUsd: usd, per: 1, exact: usd })]; // prettier-ignore
    }
    const free = Usd.min(usd, left);
    left = left.minus(free);
    return free.isZero()
      ? []
      : [lineOf({ ...whole, kind: "included", description: component.label, exact: free.negated() })];
  });
}

function minimumLine({ minimumUsd }: PlanTerms, month: Month, lines: readonly LineDraft[]): LineDraft[] {
  if (minimumUsd === null) return [];
  const lacking = new Usd(minimumUsd).minus(sumOf(lines));
  const description = `Up to the monthly minimum of USD ${new Usd(minimumUsd).toFixed(2)}`;
  return lacking.gt(0)
    ? [lineOf({ kind: "minimum", component: null, ofMonth: month, description, exact: lacking })]
    : [];
}

function discountLine(
  { discountPercent }: PlanTerms,
  month: Month,
  lines: readonly LineDraft[],
): LineDraft[] {
  const exact = sumOf(lines).times(discountPercent).dividedBy(100).negated();
  const description = `Discount of ${new Usd(discountPercent).toFixed()} %`;
  return exact.isZero()
    ? []
    : [lineOf({ kind: "discount", component: null, ofMonth: month, description, exact })];
}

function taxLine(tax: Tax, month: Month, net: Usd): LineDraft[] {
  const whole = { kind: "tax", component: null, ofMonth: month } as const;
  switch (tax.kind) {
    case "none":
      return [];
    case "rate": {
      const description = `${tax.name} ${new Usd(tax.percent).toFixed()} %`;
      return [lineOf({ ...whole, description, exact: net.times(tax.percent).dividedBy(100) })];
    }
    case "reverse_charge":
      return [lineOf({ ...whole, description: tax.note, exact: new Usd(0) })];
  }
}

const total = (rows: readonly UsageRow[], name: "calls" | "costUsd" | "unpricedCalls") =>
  rows.reduce((sum, row) => sum.plus(row[name]), new Usd(0));

/**
 * An invoice of what a statement has of an account: pure, so that it can be made again from what is frozen. Each line is
 * exact and is rounded to cents once, half away from zero; totals are sums of rounded lines. Discounts come after the
 * minimum, and what was added by hand after both.
 */
export function computeInvoice(facts: InvoiceFacts): ComputedInvoice {
  const { month, terms, usage } = facts;
  const own = usage.filter(({ kind }) => kind === "usage");
  const components = componentLines(terms, month, own);
  const charged = [
    ...components,
    ...minimumLine(terms, month, components),
    ...facts.corrected.flatMap((corrected) => correctionLines(corrected, usage)),
  ];
  const manual = facts.manual.map(({ manualId, description, amountUsd }) =>
    lineOf({ kind: "manual", component: null, ofMonth: month, description, exact: new Usd(amountUsd), manualId }),
  ); // prettier-ignore
  const taxed = [...charged, ...discountLine(terms, month, charged), ...manual];
  const net = sumOf(taxed);
  const tax = taxLine(facts.tax ?? terms.tax, month, net);
  const byUsage = terms.components.filter(isUsage);
  const uncharged = usage.filter((row) => !byUsage.some((component) => isOf(component, row)));
  return {
    lines: [...taxed, ...tax].map((line, at) => ({ n: at + 1, ...line })),
    netUsd: roundToCents(net.toFixed()),
    taxUsd: roundToCents(sumOf(tax).toFixed()),
    totalUsd: roundToCents(net.plus(sumOf(tax)).toFixed()),
    calls: total(own, "calls").toFixed(),
    costUsd: total(usage, "costUsd").toFixed(18),
    unpricedCalls: total(usage, "unpricedCalls").toFixed(),
    uncharged: {
      calls: total(
        uncharged.filter(({ kind }) => kind !== "price"),
        "calls",
      ).toFixed(),
      costUsd: total(uncharged, "costUsd").toFixed(18),
    },
  };
}
