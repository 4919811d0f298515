import { startOfDay, addDays } from "@/server/calendar/local-day";
import { type FeatureValue, featureValue } from "../feature-value/feature-value";
import { FeatureValueInput } from "../feature-value/feature-value-schemas";
import { prefixed } from "./figure-columns";
import { type Column, defineTable, number, text } from "./table";

type Figures = NonNullable<FeatureValue["before"]>;
const figures = [
  "calls", "requests", "successfulCalls", "events", "uses", "activeUsers", "callingUsers", "eventUsers", "costUsd", "costShare",
  "unpricedCalls", "successRate", "adoption", "costPerActiveUserUsd", "costPerSuccessUsd", "conversions", "costPerConversionUsd",
] as const satisfies (keyof Figures)[]; // prettier-ignore

/** reports.featureValue: what each feature brought in whole months, the most used first. */
export const featureValueTable = defineTable({
  right: "reports:read",
  input: FeatureValueInput,
  columns: (): Column<FeatureValue>[] => [
    text("feature", ({ feature }) => feature),
    ...figures.map((name) => number<FeatureValue>(name, (row) => row[name])),
    text("conversionEvent", ({ setting }) => setting.conversionEvent),
    text("ownerId", ({ setting }) => setting.ownerId),
    text("protectedReason", ({ setting }) => setting.protectedReason),
    text("seasonalMonths", ({ setting }) => setting.seasonalMonths.join(" ")),
    ...figures.map((name) =>
      number<FeatureValue>(prefixed("previous", name), ({ before }) => before?.[name] ?? null),
    ),
  ],
  async *pages(ctx, input) {
    const { features, months, watermark } = await featureValue(ctx, input);
    const { timeZone } = ctx.tenant;
    const from = startOfDay(months.first, timeZone).toISOString();
    const to = startOfDay(addDays(months.last, 1), timeZone).toISOString();
    yield { rows: features, from, to, watermark };
  },
});
