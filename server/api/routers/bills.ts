import { addBillFile } from "@/server/provider-bills/add-file";
import { billedProviders } from "@/server/provider-bills/billed-providers";
import { connectBill } from "@/server/provider-bills/connect";
import { disconnectBill } from "@/server/provider-bills/disconnect";
import { listBills } from "@/server/provider-bills/list";
import { listBillFiles } from "@/server/provider-bills/list-files";
import { matchBill } from "@/server/provider-bills/match";
import { billMonth } from "@/server/provider-bills/month";
import { pauseBill } from "@/server/provider-bills/pause";
import { previewBillFile } from "@/server/provider-bills/preview-file";
import { pullBillNow } from "@/server/provider-bills/pull-now";
import { billReads } from "@/server/provider-bills/reads";
import { removeBillFile } from "@/server/provider-bills/remove-file";
import { resumeBill } from "@/server/provider-bills/resume";
import {
  AddBillFileInput,
  BillConnectionInput,
  BillFileInput,
  BillMonthInput,
  BillReadsInput,
  BillTrendInput,
  ConnectBillInput,
  PreviewBillFileInput,
  SignOffInput,
} from "@/server/provider-bills/schemas";
import { signOffBill } from "@/server/provider-bills/sign-off";
import { billTrend } from "@/server/provider-bills/trend";
import { allowed, router } from "../trpc";

export const billsRouter = router({
  list: allowed("sources:read").query(({ ctx }) => listBills(ctx)),
  connect: allowed("sources:write")
    .input(ConnectBillInput)
    .mutation(({ ctx, input }) => connectBill(ctx, input)),
  pause: allowed("sources:write")
    .input(BillConnectionInput)
    .mutation(({ ctx, input }) => pauseBill(ctx, input)),
  resume: allowed("sources:write")
    .input(BillConnectionInput)
    .mutation(({ ctx, input }) => resumeBill(ctx, input)),
  pullNow: allowed("sources:write")
    .input(BillConnectionInput)
    .mutation(({ ctx, input }) => pullBillNow(ctx, input)),
  disconnect: allowed("sources:write")
    .input(BillConnectionInput)
    .mutation(({ ctx, input }) => disconnectBill(ctx, input)),
  files: allowed("reports:read").query(({ ctx }) => listBillFiles(ctx)),
  previewFile: allowed("calls:import")
    .input(PreviewBillFileInput)
    .query(({ ctx, input }) => previewBillFile(ctx, input)),
  addFile: allowed("calls:import")
    .input(AddBillFileInput)
    .mutation(({ ctx, input }) => addBillFile(ctx, input)),
  removeFile: allowed("calls:import")
    .input(BillFileInput)
    .mutation(({ ctx, input }) => removeBillFile(ctx, input)),
  reads: allowed("sources:read")
    .input(BillReadsInput)
    .query(({ ctx, input }) => billReads(ctx, input)),
  providers: allowed("reports:read").query(({ ctx }) => billedProviders(ctx)),
  month: allowed("reports:read")
    .input(BillMonthInput)
    .query(({ ctx, input }) => billMonth(ctx, input)),
  match: allowed("reports:read")
    .input(BillMonthInput)
    .query(({ ctx, input }) => matchBill(ctx, input)),
  trend: allowed("reports:read")
    .input(BillTrendInput)
    .query(({ ctx, input }) => billTrend(ctx, input)),
  signOff: allowed("periods:write")
    .input(SignOffInput)
    .mutation(({ ctx, input }) => signOffBill(ctx, input)),
});
