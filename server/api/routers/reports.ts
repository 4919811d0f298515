import { breakdown } from "@/server/analytics/breakdown";
import { coverage } from "@/server/analytics/coverage";
import { CoverageInput, RequestCostInput, RetryTaxInput } from "@/server/analytics/coverage-schemas";
import { requestCost } from "@/server/analytics/request-cost";
import { retryTax } from "@/server/analytics/retry-tax";
import { BreakdownInput, SpendInput, TrendInput } from "@/server/analytics/schemas";
import { spend } from "@/server/analytics/spend";
import { trend } from "@/server/analytics/trend";
import { values } from "@/server/analytics/values";
import { ValuesInput } from "@/server/analytics/values-schemas";
import { allowed, router } from "../trpc";

export const reportsRouter = router({
  spend: allowed("reports:read")
    .input(SpendInput)
    .query(({ ctx, input }) => spend(ctx, input)),
  breakdown: allowed("reports:read")
    .input(BreakdownInput)
    .query(({ ctx, input }) => breakdown(ctx, input)),
  trend: allowed("reports:read")
    .input(TrendInput)
    .query(({ ctx, input }) => trend(ctx, input)),
  coverage: allowed("attribution:read")
    .input(CoverageInput)
    .query(({ ctx, input }) => coverage(ctx, input)),
  retryTax: allowed("reports:read")
    .input(RetryTaxInput)
    .query(({ ctx, input }) => retryTax(ctx, input)),
  requestCost: allowed("calls:read")
    .input(RequestCostInput)
    .query(({ ctx, input }) => requestCost(ctx, input)),
  values: allowed("reports:read")
    .input(ValuesInput)
    .query(({ ctx, input }) => values(ctx, input)),
});
