import type { InngestFunction } from "inngest";
import { refreshTenantActivity } from "./activity/refresh-tenant";
import { requestActivity } from "./activity/request-refreshes";
import { evaluateTenant } from "./alerts/evaluate-tenant";
import { requestEvaluations } from "./alerts/request-each-hour";
import { applyAttributionRule } from "./attribution/apply-rule";
import { takeUpSilentAttribution } from "./attribution/take-up-silent";
import { exportUsage } from "./billing/export-usage";
import { requestExports } from "./billing/request-exports";
import { keepHouse } from "./calls/keep-house";
import { deliverMessages } from "./delivery/deliver";
import { enqueueIncidentMessages } from "./delivery/enqueue-incident";
import { requestDeliveries } from "./delivery/request-each-minute";
import { processTenantInbox } from "./inbox/process-inbox";
import { requestInboxes } from "./inbox/request-each-minute";
import { requestKillReviews } from "./kill-review/request-kill-reviews";
import { runKillReview } from "./kill-review/run-kill-review";
import { pullProviderBill } from "./provider-bills/pull-bill";
import { pullBillsDaily } from "./provider-bills/pull-each-day";
import { appendPriceSnapshot } from "./prices/append-snapshot";
import { applyRun } from "./repricing/apply";
import { findBacklogs } from "./repricing/find-backlogs";
import { previewRun } from "./repricing/preview";
import { priceTenantBacklog } from "./repricing/price-backlog";
import { takeUpSilentRuns } from "./repricing/take-up-silent";
import { eraseUserJob } from "./privacy/erase-user";
import { takeUpSilentErasures } from "./privacy/take-up-silent";
import { lookForSavings } from "./recommendations/look-for-savings";
import { requestLooks } from "./recommendations/request-looks";
import { requestRollUps } from "./rollups/request-each-minute";
import { rollUpTenant } from "./rollups/roll-up-tenant";
import { verifyRollUpsHourly } from "./rollups/verify-each-hour";
import { pullSourcesHourly } from "./sources/pull-each-hour";
import { pullFromSource } from "./sources/pull-source";
import { closeMonths } from "./statements/close-months";
import { requestClosings } from "./statements/request-closings";
import { makeWeeklyReview } from "./weekly-review/make-review";
import { requestReviews } from "./weekly-review/request-reviews";

/** Every job there is: served to Inngest by app/api/inngest, and to the embedded runner by the very same route. */
export const functions: InngestFunction.Any[] = [
  requestRollUps,
  rollUpTenant,
  verifyRollUpsHourly,
  requestActivity,
  refreshTenantActivity,
  keepHouse,
  requestInboxes,
  processTenantInbox,
  appendPriceSnapshot,
  previewRun,
  applyRun,
  takeUpSilentRuns,
  findBacklogs,
  priceTenantBacklog,
  pullSourcesHourly,
  pullFromSource,
  pullBillsDaily,
  pullProviderBill,
  applyAttributionRule,
  takeUpSilentAttribution,
  eraseUserJob,
  takeUpSilentErasures,
  requestEvaluations,
  evaluateTenant,
  enqueueIncidentMessages,
  deliverMessages,
  requestDeliveries,
  requestReviews,
  makeWeeklyReview,
  requestClosings,
  closeMonths,
  requestKillReviews,
  runKillReview,
  requestLooks,
  lookForSavings,
  requestExports,
  exportUsage,
];
