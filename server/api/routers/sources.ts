import { listInbox } from "@/server/inbox/list";
import { retryDelivery } from "@/server/inbox/retry";
import { RetryDeliveryInput } from "@/server/inbox/schemas";
import { addConnection } from "@/server/sources/add";
import { listSources } from "@/server/sources/list";
import { pauseConnection } from "@/server/sources/pause";
import { pullNow } from "@/server/sources/pull-now";
import { removeConnection } from "@/server/sources/remove";
import { resumeConnection } from "@/server/sources/resume";
import { AddConnectionInput, ConnectionInput } from "@/server/sources/schemas";
import { allowed, router } from "../trpc";

const inboxRouter = router({
  list: allowed("sources:read").query(({ ctx }) => listInbox(ctx)),
  retry: allowed("sources:write")
    .input(RetryDeliveryInput)
    .mutation(({ ctx, input }) => retryDelivery(ctx, input)),
});

const connectionsRouter = router({
  list: allowed("sources:read").query(({ ctx }) => listSources(ctx)),
  add: allowed("sources:write")
    .input(AddConnectionInput)
    .mutation(({ ctx, input }) => addConnection(ctx, input)),
  pause: allowed("sources:write")
    .input(ConnectionInput)
    .mutation(({ ctx, input }) => pauseConnection(ctx, input)),
  resume: allowed("sources:write")
    .input(ConnectionInput)
    .mutation(({ ctx, input }) => resumeConnection(ctx, input)),
  pullNow: allowed("sources:write")
    .input(ConnectionInput)
    .mutation(({ ctx, input }) => pullNow(ctx, input)),
  remove: allowed("sources:write")
    .input(ConnectionInput)
    .mutation(({ ctx, input }) => removeConnection(ctx, input)),
});

export const sourcesRouter = router({
  inbox: inboxRouter,
  connections: connectionsRouter,
});
