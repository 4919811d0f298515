import { listAccountFigures } from "@/server/reconciliation/accounts";
import { assignDifference } from "@/server/reconciliation/assign";
import { reconcileCustomers } from "@/server/reconciliation/reconcile-customers";
import { reconcileProviders } from "@/server/reconciliation/reconcile-providers";
import {
  AssignDifferenceInput,
  ReconciliationInput,
  SettleDifferenceInput,
  UnsettleDifferenceInput,
} from "@/server/reconciliation/schemas";
import { settleDifference } from "@/server/reconciliation/settle";
import { unsettleDifference } from "@/server/reconciliation/unsettle";
import { allowed, router } from "../trpc";

export const reconciliationRouter = router({
  customers: allowed("reports:read")
    .input(ReconciliationInput)
    .query(({ ctx, input }) => reconcileCustomers(ctx, input)),
  providers: allowed("reports:read")
    .input(ReconciliationInput)
    .query(({ ctx, input }) => reconcileProviders(ctx, input)),
  accounts: allowed("reports:read")
    .input(ReconciliationInput)
    .query(({ ctx, input }) => listAccountFigures(ctx, input)),
  assign: allowed("periods:write")
    .input(AssignDifferenceInput)
    .mutation(({ ctx, input }) => assignDifference(ctx, input)),
  settle: allowed("periods:write")
    .input(SettleDifferenceInput)
    .mutation(({ ctx, input }) => settleDifference(ctx, input)),
  unsettle: allowed("periods:write")
    .input(UnsettleDifferenceInput)
    .mutation(({ ctx, input }) => unsettleDifference(ctx, input)),
});
