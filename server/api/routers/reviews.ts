import { allowed, router } from "@/server/api/trpc";
import { finishReview } from "@/server/weekly-review/finish";
import { listReviews } from "@/server/weekly-review/list";
import { makeReview } from "@/server/weekly-review/make";
import { readReview } from "@/server/weekly-review/read";
import { reopenReview } from "@/server/weekly-review/reopen";
import { ReviewInput, SetReviewOwnerInput, TickInput, UntickInput } from "@/server/weekly-review/schemas";
import { setReviewOwner } from "@/server/weekly-review/set-owner";
import { tickStep } from "@/server/weekly-review/tick";
import { untickStep } from "@/server/weekly-review/untick";

export const reviewsRouter = router({
  list: allowed("reviews:read").query(({ ctx }) => listReviews(ctx)),
  read: allowed("reviews:read")
    .input(ReviewInput)
    .query(({ ctx, input }) => readReview(ctx, input)),
  make: allowed("reviews:manage").mutation(({ ctx }) => makeReview(ctx)),
  setOwner: allowed("reviews:manage")
    .input(SetReviewOwnerInput)
    .mutation(({ ctx, input }) => setReviewOwner(ctx, input)),
  tick: allowed("reviews:write")
    .input(TickInput)
    .mutation(({ ctx, input }) => tickStep(ctx, input)),
  untick: allowed("reviews:write")
    .input(UntickInput)
    .mutation(({ ctx, input }) => untickStep(ctx, input)),
  finish: allowed("reviews:write")
    .input(ReviewInput)
    .mutation(({ ctx, input }) => finishReview(ctx, input)),
  reopen: allowed("reviews:write")
    .input(ReviewInput)
    .mutation(({ ctx, input }) => reopenReview(ctx, input)),
});
