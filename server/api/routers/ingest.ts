import { recordCalls } from "@/server/calls/record";
import { RecordCallsInput } from "@/server/calls/schemas";
import { identifyUsers } from "@/server/usage/identify";
import { recordUsage } from "@/server/usage/record";
import { IdentifyInput, RecordUsageInput } from "@/server/usage/schemas";
import { keyAllowed, router } from "../trpc";

export const ingestRouter = router({
  calls: keyAllowed("calls:write")
    .input(RecordCallsInput)
    .mutation(async ({ ctx, input }) => {
      const answer = await recordCalls(ctx, input, { source: "api" });
      // Senders are known to ignore the list in a 200; the good calls are stored all the same (reliability P23).
      if (answer.rejected.length > 0) ctx.transport.status = 422;
      return answer;
    }),
  usage: keyAllowed("usage:write")
    .input(RecordUsageInput)
    .mutation(async ({ ctx, input }) => {
      const answer = await recordUsage(ctx, input, { source: "api" });
      if (answer.rejected.length > 0) ctx.transport.status = 422;
      return answer;
    }),
  identify: keyAllowed("usage:write")
    .input(IdentifyInput)
    .mutation(async ({ ctx, input }) => {
      const answer = await identifyUsers(ctx, input);
      if (answer.rejected.length > 0) ctx.transport.status = 422;
      return answer;
    }),
});
