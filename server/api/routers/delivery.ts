import { addDestination } from "@/server/delivery/add";
import { changeDestinationTo } from "@/server/delivery/change";
import { listDestinations } from "@/server/delivery/list";
import { listMessages } from "@/server/delivery/list-messages";
import { pauseDestination } from "@/server/delivery/pause";
import { removeDestination } from "@/server/delivery/remove";
import { restoreDestination } from "@/server/delivery/restore";
import { resumeDestination } from "@/server/delivery/resume";
import { retryMessage } from "@/server/delivery/retry";
import {
  AddDestinationInput,
  ChangeDestinationInput,
  DestinationInput,
  ListDeliveriesInput,
  RetryInput,
} from "@/server/delivery/schemas";
import { testDestination } from "@/server/delivery/send-test";
import { allowed, router } from "../trpc";

export const deliveryRouter = router({
  list: allowed("alerts:read").query(({ ctx }) => listDestinations(ctx)),
  messages: allowed("alerts:read")
    .input(ListDeliveriesInput)
    .query(({ ctx, input }) => listMessages(ctx, input)),
  add: allowed("alerts:write")
    .input(AddDestinationInput)
    .mutation(({ ctx, input }) => addDestination(ctx, input)),
  change: allowed("alerts:write")
    .input(ChangeDestinationInput)
    .mutation(({ ctx, input }) => changeDestinationTo(ctx, input)),
  pause: allowed("alerts:write")
    .input(DestinationInput)
    .mutation(({ ctx, input }) => pauseDestination(ctx, input)),
  resume: allowed("alerts:write")
    .input(DestinationInput)
    .mutation(({ ctx, input }) => resumeDestination(ctx, input)),
  remove: allowed("alerts:write")
    .input(DestinationInput)
    .mutation(({ ctx, input }) => removeDestination(ctx, input)),
  restore: allowed("alerts:write")
    .input(DestinationInput)
    .mutation(({ ctx, input }) => restoreDestination(ctx, input)),
  test: allowed("alerts:write")
    .input(DestinationInput)
    .mutation(({ ctx, input }) => testDestination(ctx, input)),
  retry: allowed("alerts:write")
    .input(RetryInput)
    .mutation(({ ctx, input }) => retryMessage(ctx, input)),
});
