import { billedProviders } from "@/server/provider-bills/billed-providers";
import { connectBill } from "@/server/provider-bills/connect";
import { disconnectBill } from "@/server/provider-bills/disconnect";
import { listBills } from "@/server/provider-bills/list";
import { matchBill } from "@/server/provider-bills/match";
import { billMonth } from "@/server/provider-bills/month";
import { pauseBill } from "@/server/provider-bills/pause";
import { pullBillNow } from "@/server/provider-bills/pull-now";
import { billReads } from "@/server/provider-bills/reads";
import { resumeBill } from "@/server/provider-bills/resume";
import {
  BillConnectionInput,
  BillMonthInput,
  BillReadsInput,
  BillTrendInput,
  ConnectBillInput,
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
