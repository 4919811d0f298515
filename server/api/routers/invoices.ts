import { forgetAccount, listAccounts, saveAccount } from "@/server/invoices/accounts";
import { addInvoiceLine, recomputeInvoice, removeInvoiceLine } from "@/server/invoices/change-draft";
import { discardInvoice } from "@/server/invoices/discard";
import { finaliseInvoice } from "@/server/invoices/finalise";
import { finaliseMonth } from "@/server/invoices/finalise-month";
import { saveIssuer, showIssuer } from "@/server/invoices/issuer";
import { listInvoices } from "@/server/invoices/list";
import { makeDrafts } from "@/server/invoices/make-drafts";
import { PlanInput, PreviewPlanInput, RetirePlanInput, SavePlanInput } from "@/server/invoices/plan-schemas";
import { listPlans, readPlan } from "@/server/invoices/plans";
import { previewPlan } from "@/server/invoices/preview-plan";
import { readInvoice } from "@/server/invoices/read";
import { listInvoiceMonths, readInvoiceMonth } from "@/server/invoices/read-month";
import { replaceInvoice } from "@/server/invoices/replace";
import { retirePlan } from "@/server/invoices/retire-plan";
import { savePlan } from "@/server/invoices/save-plan";
import {
  AccountInput,
  AddLineInput,
  FinaliseInput,
  FinaliseMonthInput,
  InvoiceInput,
  InvoiceMonthInput,
  ListAccountsInput,
  ListInvoicesInput,
  MakeDraftsInput,
  RemoveLineInput,
  SaveAccountInput,
  SaveIssuerInput,
  VoidInput,
} from "@/server/invoices/schemas";
import { verifyInvoice } from "@/server/invoices/verify";
import { voidInvoice } from "@/server/invoices/void";
import { allowed, router } from "../trpc";

const reads = allowed("reports:read");
const bills = allowed("billing:write");

export const invoicesRouter = router({
  plans: reads.query(({ ctx }) => listPlans(ctx)),
  plan: reads.input(PlanInput).query(({ ctx, input }) => readPlan(ctx, input)),
  savePlan: bills.input(SavePlanInput).mutation(({ ctx, input }) => savePlan(ctx, input)),
  retirePlan: bills.input(RetirePlanInput).mutation(({ ctx, input }) => retirePlan(ctx, input)),
  previewPlan: reads.input(PreviewPlanInput).query(({ ctx, input }) => previewPlan(ctx, input)),
  accounts: reads.input(ListAccountsInput).query(({ ctx, input }) => listAccounts(ctx, input)),
  saveAccount: bills.input(SaveAccountInput).mutation(({ ctx, input }) => saveAccount(ctx, input)),
  forgetAccount: bills.input(AccountInput).mutation(({ ctx, input }) => forgetAccount(ctx, input)),
  issuer: reads.query(({ ctx }) => showIssuer(ctx)),
  saveIssuer: bills.input(SaveIssuerInput).mutation(({ ctx, input }) => saveIssuer(ctx, input)),
  months: reads.query(({ ctx }) => listInvoiceMonths(ctx)),
  month: reads.input(InvoiceMonthInput).query(({ ctx, input }) => readInvoiceMonth(ctx, input)),
  list: reads.input(ListInvoicesInput).query(({ ctx, input }) => listInvoices(ctx, input)),
  read: reads.input(InvoiceInput).query(({ ctx, input }) => readInvoice(ctx, input)),
  verify: reads.input(InvoiceInput).query(({ ctx, input }) => verifyInvoice(ctx, input)),
  makeDrafts: bills.input(MakeDraftsInput).mutation(({ ctx, input }) => makeDrafts(ctx, input)),
  recompute: bills.input(InvoiceInput).mutation(({ ctx, input }) => recomputeInvoice(ctx, input)),
  addLine: bills.input(AddLineInput).mutation(({ ctx, input }) => addInvoiceLine(ctx, input)),
  removeLine: bills.input(RemoveLineInput).mutation(({ ctx, input }) => removeInvoiceLine(ctx, input)),
  discard: bills.input(InvoiceInput).mutation(({ ctx, input }) => discardInvoice(ctx, input)),
  finalise: bills.input(FinaliseInput).mutation(({ ctx, input }) => finaliseInvoice(ctx, input)),
  finaliseMonth: bills.input(FinaliseMonthInput).mutation(({ ctx, input }) => finaliseMonth(ctx, input)),
  void: bills.input(VoidInput).mutation(({ ctx, input }) => voidInvoice(ctx, input)),
  replace: bills.input(InvoiceInput).mutation(({ ctx, input }) => replaceInvoice(ctx, input)),
});
