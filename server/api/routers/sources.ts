import { listInbox } from "@/server/inbox/list";
import { retryDelivery } from "@/server/inbox/retry";
import { RetryDeliveryInput } from "@/server/inbox/schemas";
import { allowed, router } from "../trpc";

const inboxRouter = router({
  list: allowed("sources:read").query(({ ctx }) => listInbox(ctx)),
  retry: allowed("sources:write")
    .input(RetryDeliveryInput)
    .mutation(({ ctx, input }) => retryDelivery(ctx, input)),
});

export const sourcesRouter = router({
  inbox: inboxRouter,
});
