import { allowed, router } from "@/server/api/trpc";
import { decideFeature } from "@/server/kill-review/decide";
import { decisionHistory } from "@/server/kill-review/history";
import { listKillReviews } from "@/server/kill-review/list";
import { makeKillReview } from "@/server/kill-review/make";
import { previewKillReview } from "@/server/kill-review/preview";
import { readKillReview } from "@/server/kill-review/read";
import { DecideInput, KillItemInput, KillReviewInput, WithdrawInput } from "@/server/kill-review/schemas";
import { withdrawDecision } from "@/server/kill-review/withdraw";

export const killReviewRouter = router({
  list: allowed("reviews:read").query(({ ctx }) => listKillReviews(ctx)),
  read: allowed("reviews:read")
    .input(KillReviewInput)
    .query(({ ctx, input }) => readKillReview(ctx, input)),
  preview: allowed("reviews:read").query(({ ctx }) => previewKillReview(ctx)),
  history: allowed("reviews:read")
    .input(KillItemInput)
    .query(({ ctx, input }) => decisionHistory(ctx, input)),
  make: allowed("reviews:manage").mutation(({ ctx }) => makeKillReview(ctx)),
  decide: allowed("reviews:write")
    .input(DecideInput)
    .mutation(({ ctx, input }) => decideFeature(ctx, input)),
  withdraw: allowed("reviews:write")
    .input(WithdrawInput)
    .mutation(({ ctx, input }) => withdrawDecision(ctx, input)),
});
