import { listCalls } from "@/server/calls/list";
import { ListCallsInput, ShowCallInput } from "@/server/calls/schemas";
import { showCall } from "@/server/calls/show";
import { quarantinedCalls } from "@/server/calls/status";
import { allowed, router } from "../trpc";

export const callsRouter = router({
  list: allowed("calls:read")
    .input(ListCallsInput)
    .query(({ ctx, input }) => listCalls(ctx, input)),
  show: allowed("calls:read")
    .input(ShowCallInput)
    .query(({ ctx, input }) => showCall(ctx, input)),
  quarantine: allowed("calls:read").query(({ ctx }) => quarantinedCalls(ctx)),
});
