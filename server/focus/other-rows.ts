import { Usd, usdText } from "@/server/prices/decimal";
import type { StatementLine } from "@/server/statements/canonical";
import type { BilledProvider } from "./bills";
import { type FocusRow, nothingMore } from "./columns";
import { providerName, publisherName } from "./names";
import { type FocusScene, periodOfMonth, providerColumns } from "./scene";
import { tagsOf } from "./usage-rows";

const amounts = (usd: string) => ({
  BilledCost: usd,
  ContractedCost: usd,
  EffectiveCost: usd,
  ListCost: usd,
});

/** A correction of what calls of an earlier closed month cost: an amount alone, for its calls were counted then. */
export function correctionRow(scene: FocusScene, line: StatementLine): FocusRow {
  return {
    ...nothingMore,
    ...scene.period,
    ...providerColumns(scene, line.provider),
    ...amounts(usdText(new Usd(line.costUsd))),
    ...periodOfMonth(scene, line.ofMonth, false),
    PublisherName: publisherName(providerName(line.provider), line.model),
    ChargeCategory: "Usage",
    ChargeClass: "Correction",
    ChargeDescription: `${line.model}: price corrected for ${line.ofMonth}`,
    ChargeFrequency: "Usage-Based",
    ServiceCategory: "AI and Machine Learning",
    ServiceSubcategory: "Generative AI",
    ServiceName: `${providerName(line.provider)} API`,
    Tags: tagsOf(line),
    x_AccountId: line.accountId || null,
    x_CostBasis: "price correction",
    x_Feature: line.feature || null,
    x_Model: line.model || null,
    x_Team: line.team || null,
  };
}

/** What the provider's bill says beyond the rows above it; tax, credits and all that calls do not explain. */
export function adjustmentRow(scene: FocusScene, bill: BilledProvider, rowsUsd: Usd): FocusRow {
  const name = providerName(bill.provider);
  return {
    ...nothingMore,
    ...scene.period,
    ...providerColumns(scene, bill.provider),
    ...amounts(usdText(new Usd(bill.billUsd).minus(rowsUsd))),
    ChargePeriodStart: scene.period.BillingPeriodStart,
    ChargePeriodEnd: scene.period.BillingPeriodEnd,
    PublisherName: name,
    ChargeCategory: "Adjustment",
    ChargeDescription: `${name}'s ${bill.isFinal ? "bill" : "provisional bill"} of ${scene.head.month} (UTC) less the usage above`,
    ChargeFrequency: "One-Time",
    ServiceCategory: "AI and Machine Learning",
    ServiceSubcategory: "Generative AI",
    ServiceName: `${name} API`,
    x_CostBasis: "provider bill",
  };
}
