import { z } from "zod";
import { addDays } from "@/server/calendar/local-day";
import { readFreshness } from "../freshness";
import { resolveRange } from "../range";
import { listUsedModels, type UsedModel } from "../used-models";
import { priceColumns } from "./price-columns";
import { type Column, defineTable, number, text } from "./table";

/** prices.list: the models of the last 30 days, the dearest first, with what each costs now. */
export const pricesTable = defineTable({
  right: "prices:read",
  input: z.strictObject({}),
  columns: (): Column<UsedModel>[] => [
    text("provider", ({ provider }) => provider),
    text("model", ({ model }) => model),
    number("calls", ({ calls }) => calls),
    number("unpricedCalls", ({ unpricedCalls }) => unpricedCalls),
    number("costUsd", ({ costUsd }) => costUsd),
    number("shareOfCost", ({ shareOfCost }) => shareOfCost),
    ...priceColumns<UsedModel>(),
  ],
  async *pages(ctx) {
    const { models, from, to } = await listUsedModels(ctx);
    const { watermark } = await ctx.db.read((db) => readFreshness(db, ctx));
    const range = resolveRange(from, addDays(to, 1), ctx.tenant.timeZone);
    yield { rows: models, from: range.from.toISOString(), to: range.to.toISOString(), watermark };
  },
});
