import { outliers } from "@/server/analytics/outliers/outliers";
import { OutliersInput } from "@/server/analytics/outliers/outliers-schemas";
import { countQuarantinedCalls } from "@/server/calls/count-quarantine";
import { listCalls } from "@/server/calls/list";
import { listQuarantinedCalls } from "@/server/calls/list-quarantine";
import { relatedToCall } from "@/server/calls/related";
import { ListCallsInput, ShowCallInput, ShowQuarantinedInput } from "@/server/calls/schemas";
import { showCall } from "@/server/calls/show";
import { showQuarantinedCall } from "@/server/calls/show-quarantined";
import { allowed, router } from "../trpc";

export const callsRouter = router({
  list: allowed("calls:read")
    .input(ListCallsInput)
    .query(({ ctx, input }) => listCalls(ctx, input)),
  outliers: allowed("calls:read")
    .input(OutliersInput)
    .query(({ ctx, input }) => outliers(ctx, input)),
  show: allowed("calls:read")
    .input(ShowCallInput)
    .query(({ ctx, input }) => showCall(ctx, input)),
  related: allowed("calls:read")
    .input(ShowCallInput)
    .query(({ ctx, input }) => relatedToCall(ctx, input)),
  quarantine: allowed("calls:read").query(({ ctx }) => listQuarantinedCalls(ctx)),
  quarantineCount: allowed("calls:read").query(({ ctx }) => countQuarantinedCalls(ctx)),
  quarantined: allowed("calls:read")
    .input(ShowQuarantinedInput)
    .query(({ ctx, input }) => showQuarantinedCall(ctx, input)),
});
