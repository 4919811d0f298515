import { addMeter } from "@/server/billing/add-meter";
import { askSum } from "@/server/billing/ask-sum";
import { connectBilling } from "@/server/billing/connect";
import { disconnectBilling } from "@/server/billing/disconnect";
import { endMeter } from "@/server/billing/end-meter";
import { listDifferences } from "@/server/billing/list-differences";
import { listExports } from "@/server/billing/list-exports";
import { listProviderMeters } from "@/server/billing/list-provider-meters";
import { listUnmapped } from "@/server/billing/list-unmapped";
import { listWindows } from "@/server/billing/list-windows";
import { mapAccount, unmapAccount } from "@/server/billing/map-account";
import { readRevenue } from "@/server/billing/read-revenue";
import { retryExport } from "@/server/billing/retry";
import { rotateBilling } from "@/server/billing/rotate";
import { runNow } from "@/server/billing/run-now";
import {
  AddMeterInput,
  ConnectInput,
  DisconnectInput,
  ExportInput,
  ListExportsInput,
  MapAccountInput,
  MeterInput,
  RotateInput,
  UnmapAccountInput,
} from "@/server/billing/schemas";
import { showBilling } from "@/server/billing/show";
import { showRevenue } from "@/server/billing/show-revenue";
import { showWindow } from "@/server/billing/show-window";
import { suggestMappings } from "@/server/billing/suggest-mappings";
import { sumWindows } from "@/server/billing/sum-windows";
import { ListDifferencesInput, ListWindowsInput, SumWindowsInput } from "@/server/billing/window-schemas";
import { allowed, router } from "../trpc";

export const billingRouter = router({
  show: allowed("billing:read").query(({ ctx }) => showBilling(ctx)),
  exports: allowed("billing:read")
    .input(ListExportsInput)
    .query(({ ctx, input }) => listExports(ctx, input)),
  differences: allowed("billing:read")
    .input(ListDifferencesInput.optional())
    .query(({ ctx, input }) => listDifferences(ctx, input)),
  windows: allowed("billing:read")
    .input(ListWindowsInput)
    .query(({ ctx, input }) => listWindows(ctx, input)),
  sums: allowed("billing:read")
    .input(SumWindowsInput)
    .query(({ ctx, input }) => sumWindows(ctx, input)),
  window: allowed("billing:read")
    .input(ExportInput)
    .query(({ ctx, input }) => showWindow(ctx, input)),
  askSum: allowed("billing:read")
    .input(ExportInput)
    .query(({ ctx, input }) => askSum(ctx, input)),
  providerMeters: allowed("billing:write").query(({ ctx }) => listProviderMeters(ctx)),
  run: allowed("billing:write").mutation(({ ctx }) => runNow(ctx)),
  unmapped: allowed("billing:read").query(({ ctx }) => listUnmapped(ctx)),
  suggestMappings: allowed("billing:write").query(({ ctx }) => suggestMappings(ctx)),
  revenue: allowed("billing:read").query(({ ctx }) => showRevenue(ctx)),
  readRevenue: allowed("billing:write").mutation(({ ctx }) => readRevenue(ctx)),
  connect: allowed("billing:write")
    .input(ConnectInput)
    .mutation(({ ctx, input }) => connectBilling(ctx, input)),
  rotate: allowed("billing:write")
    .input(RotateInput)
    .mutation(({ ctx, input }) => rotateBilling(ctx, input)),
  disconnect: allowed("billing:write")
    .input(DisconnectInput)
    .mutation(({ ctx, input }) => disconnectBilling(ctx, input)),
  addMeter: allowed("billing:write")
    .input(AddMeterInput)
    .mutation(({ ctx, input }) => addMeter(ctx, input)),
  endMeter: allowed("billing:write")
    .input(MeterInput)
    .mutation(({ ctx, input }) => endMeter(ctx, input)),
  mapAccount: allowed("billing:write")
    .input(MapAccountInput)
    .mutation(({ ctx, input }) => mapAccount(ctx, input)),
  unmapAccount: allowed("billing:write")
    .input(UnmapAccountInput)
    .mutation(({ ctx, input }) => unmapAccount(ctx, input)),
  retry: allowed("billing:write")
    .input(ExportInput)
    .mutation(({ ctx, input }) => retryExport(ctx, input)),
});
