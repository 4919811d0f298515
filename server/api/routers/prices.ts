import { priceNotices } from "@/server/analytics/price-notices";
import { listUsedModels } from "@/server/analytics/used-models";
import { addContractRates } from "@/server/contracts/add-contract-rates";
import { addDiscount } from "@/server/contracts/add-discount";
import {
  AddContractRatesInput,
  AddDiscountInput,
  ShowModelPricesInput,
  WithdrawPriceInput,
} from "@/server/contracts/schemas";
import { showModelPrices } from "@/server/contracts/show-model-prices";
import { withdrawPrice } from "@/server/contracts/withdraw";
import { listFeeds } from "@/server/prices/list-feeds";
import { allowed, router } from "../trpc";

export const pricesRouter = router({
  list: allowed("prices:read").query(({ ctx }) => listUsedModels(ctx)),
  model: allowed("prices:read")
    .input(ShowModelPricesInput)
    .query(({ ctx, input }) => showModelPrices(ctx, input)),
  notices: allowed("prices:read").query(({ ctx }) => priceNotices(ctx)),
  feeds: allowed("prices:read").query(({ ctx }) => listFeeds(ctx)),
  addContract: allowed("prices:write")
    .input(AddContractRatesInput)
    .mutation(({ ctx, input }) => addContractRates(ctx, input)),
  addDiscount: allowed("prices:write")
    .input(AddDiscountInput)
    .mutation(({ ctx, input }) => addDiscount(ctx, input)),
  withdraw: allowed("prices:write")
    .input(WithdrawPriceInput)
    .mutation(({ ctx, input }) => withdrawPrice(ctx, input)),
});
