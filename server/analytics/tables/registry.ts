import type { z } from "zod";
import { billingDifferencesTable } from "./billing-differences";
import { billingWindowsTable } from "./billing-windows";
import { billMatchTable } from "./bill-match";
import { breakdownTable } from "./breakdown";
import { budgetsTable } from "./budgets";
import { cacheTable } from "./cache";
import { callsTable } from "./calls";
import { errorsTable } from "./errors";
import { featureValueTable } from "./feature-value";
import { growthTable } from "./growth";
import { hoursTable } from "./hours";
import { invoicesTable, invoiceTable } from "./invoices";
import { marginTable } from "./margin";
import { killReviewTable } from "./kill-review";
import { outliersTable } from "./outliers";
import { priceHistoryTable } from "./price-history";
import { pricesTable } from "./prices";
import { promptChangesTable } from "./prompt-changes";
import { promptVersionsTable } from "./prompt-versions";
import { retentionTable } from "./retention";
import { reconciliationTable } from "./reconciliation";
import { recommendationsTable } from "./recommendations";
import { retriesTable } from "./retries";
import { runsTable } from "./runs";
import { spendTable } from "./spend";
import { statementTable } from "./statement";
import type { ReportTable } from "./table";
import { throttleTable } from "./throttle";
import { trendTable } from "./trend";
import { unattributedTable } from "./unattributed";
import { whyTable } from "./why";
import { windowsTable } from "./windows";

/** Every table that can be downloaded, by its name in the address and in the file's. */
export const reportTables = {
  billMatch: billMatchTable,
  billingDifferences: billingDifferencesTable,
  billingWindows: billingWindowsTable,
  breakdown: breakdownTable,
  budgets: budgetsTable,
  cache: cacheTable,
  calls: callsTable,
  errors: errorsTable,
  featureValue: featureValueTable,
  growth: growthTable,
  hours: hoursTable,
  invoice: invoiceTable,
  invoices: invoicesTable,
  margin: marginTable,
  killReview: killReviewTable,
  outliers: outliersTable,
  priceHistory: priceHistoryTable,
  prices: pricesTable,
  promptChanges: promptChangesTable,
  promptVersions: promptVersionsTable,
  retention: retentionTable,
  reconciliation: reconciliationTable,
  recommendations: recommendationsTable,
  retries: retriesTable,
  runs: runsTable,
  spend: spendTable,
  statement: statementTable,
  throttle: throttleTable,
  trend: trendTable,
  unattributed: unattributedTable,
  why: whyTable,
  windows: windowsTable,
} satisfies Record<string, ReportTable>;

export type TableName = keyof typeof reportTables;
/** What each is asked with. */
export type TableInput<Name extends TableName> = z.input<(typeof reportTables)[Name]["input"]>;
