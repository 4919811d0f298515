import { coverage } from "@/server/analytics/coverage";
import { CoverageInput, RequestCostInput, RetryTaxInput } from "@/server/analytics/coverage-schemas";
import { requestCost } from "@/server/analytics/request-cost";
import { retryTax } from "@/server/analytics/retry-tax";
import { SpendInput } from "@/server/analytics/schemas";
import { spend } from "@/server/analytics/spend";
import { allowed, router } from "../trpc";

export const reportsRouter = router({
  spend: allowed("reports:read")
    .input(SpendInput)
    .query(({ ctx, input }) => spend(ctx, input)),
  coverage: allowed("attribution:read")
    .input(CoverageInput)
    .query(({ ctx, input }) => coverage(ctx, input)),
  retryTax: allowed("reports:read")
    .input(RetryTaxInput)
    .query(({ ctx, input }) => retryTax(ctx, input)),
  requestCost: allowed("calls:read")
    .input(RequestCostInput)
    .query(({ ctx, input }) => requestCost(ctx, input)),
});
