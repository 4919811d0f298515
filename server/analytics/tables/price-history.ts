import { ShowModelPricesInput } from "@/server/contracts/schemas";
import { type PriceStretch, showModelPrices } from "@/server/contracts/show-model-prices";
import { priceColumns } from "./price-columns";
import { type Column, defineTable, text } from "./table";

interface Line extends PriceStretch {
  feature: string | null;
  region: string | null;
}

/** prices.model: what a model costs through all time, for calls in general and for what has rates of its own. */
export const priceHistoryTable = defineTable({
  right: "prices:read",
  input: ShowModelPricesInput,
  columns: ({ provider, model }): Column<Line>[] => [
    text("provider", () => provider),
    text("model", () => model),
    text("feature", ({ feature }) => feature),
    text("region", ({ region }) => region),
    text("from", ({ from }) => from),
    text("to", ({ to }) => to),
    text("isNow", ({ isNow }) => isNow),
    ...priceColumns<Line>(),
  ],
  async *pages(ctx, input) {
    const { scopes } = await showModelPrices(ctx, input);
    const rows = scopes.flatMap(({ feature, region, stretches }) =>
      stretches.map((stretch) => ({ feature, region, ...stretch })),
    );
    // Of no stretch of time: as it is known now.
    const now = ctx.now.toISOString();
    yield { rows, from: now, to: now, watermark: null };
  },
});
