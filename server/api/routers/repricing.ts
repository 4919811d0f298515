import { approveRepricing } from "@/server/repricing/approve";
import { discardRepricing } from "@/server/repricing/discard";
import { listRepricings } from "@/server/repricing/list";
import { requestRepricing } from "@/server/repricing/request";
import { retryRepricing } from "@/server/repricing/retry";
import { ApproveRepricingInput, RepricingIdInput, RequestRepricingInput } from "@/server/repricing/schemas";
import { showRepricing } from "@/server/repricing/show";
import { allowed, router } from "../trpc";

export const repricingRouter = router({
  list: allowed("prices:read").query(({ ctx }) => listRepricings(ctx)),
  show: allowed("prices:read")
    .input(RepricingIdInput)
    .query(({ ctx, input }) => showRepricing(ctx, input)),
  request: allowed("prices:write")
    .input(RequestRepricingInput)
    .mutation(({ ctx, input }) => requestRepricing(ctx, input)),
  approve: allowed("repricing:approve")
    .input(ApproveRepricingInput)
    .mutation(({ ctx, input }) => approveRepricing(ctx, input)),
  discard: allowed("prices:write")
    .input(RepricingIdInput)
    .mutation(({ ctx, input }) => discardRepricing(ctx, input)),
  retry: allowed("repricing:approve")
    .input(RepricingIdInput)
    .mutation(({ ctx, input }) => retryRepricing(ctx, input)),
});
