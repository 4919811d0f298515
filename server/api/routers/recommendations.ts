import { allowed, router } from "@/server/api/trpc";
import { acceptRecommendation } from "@/server/recommendations/accept";
import { dismissRecommendation } from "@/server/recommendations/dismiss";
import { listRecommendations } from "@/server/recommendations/list";
import { reopenRecommendation } from "@/server/recommendations/reopen";
import { AcceptInput, DismissInput, ListInput, RecommendationInput } from "@/server/recommendations/schemas";

export const recommendationsRouter = router({
  list: allowed("reviews:read")
    .input(ListInput)
    .query(({ ctx, input }) => listRecommendations(ctx, input)),
  accept: allowed("reviews:write")
    .input(AcceptInput)
    .mutation(({ ctx, input }) => acceptRecommendation(ctx, input)),
  dismiss: allowed("reviews:write")
    .input(DismissInput)
    .mutation(({ ctx, input }) => dismissRecommendation(ctx, input)),
  reopen: allowed("reviews:write")
    .input(RecommendationInput)
    .mutation(({ ctx, input }) => reopenRecommendation(ctx, input)),
});
