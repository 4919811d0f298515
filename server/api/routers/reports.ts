import { SpendInput } from "@/server/analytics/schemas";
import { spend } from "@/server/analytics/spend";
import { allowed, router } from "../trpc";

export const reportsRouter = router({
  spend: allowed("reports:read")
    .input(SpendInput)
    .query(({ ctx, input }) => spend(ctx, input)),
});
