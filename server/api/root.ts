import { accountRouter } from "./routers/account";
import { alertsRouter } from "./routers/alerts";
import { attributionRouter } from "./routers/attribution";
import { auditRouter } from "./routers/audit";
import { biRouter } from "./routers/bi";
import { billsRouter } from "./routers/bills";
import { billingRouter } from "./routers/billing";
import { budgetsRouter } from "./routers/budgets";
import { callsRouter } from "./routers/calls";
import { deliveryRouter } from "./routers/delivery";
import { featuresRouter } from "./routers/features";
import { gateRouter } from "./routers/gate";
import { importsRouter } from "./routers/imports";
import { incidentsRouter } from "./routers/incidents";
import { ingestRouter } from "./routers/ingest";
import { killReviewRouter } from "./routers/kill-review";
import { invoicesRouter } from "./routers/invoices";
import { keysRouter } from "./routers/keys";
import { membersRouter } from "./routers/members";
import { onboardingRouter } from "./routers/onboarding";
import { periodsRouter } from "./routers/periods";
import { pricesRouter } from "./routers/prices";
import { privacyRouter } from "./routers/privacy";
import { recommendationsRouter } from "./routers/recommendations";
import { reconciliationRouter } from "./routers/reconciliation";
import { reportsRouter } from "./routers/reports";
import { repricingRouter } from "./routers/repricing";
import { retentionRouter } from "./routers/retention";
import { reviewsRouter } from "./routers/reviews";
import { sourcesRouter } from "./routers/sources";
import { statementsRouter } from "./routers/statements";
import { tenantsRouter } from "./routers/tenants";
import { viewsRouter } from "./routers/views";
import { createCallerFactory, router } from "./trpc";

export const appRouter = router({
  account: accountRouter,
  alerts: alertsRouter,
  attribution: attributionRouter,
  audit: auditRouter,
  bi: biRouter,
  bills: billsRouter,
  billing: billingRouter,
  budgets: budgetsRouter,
  calls: callsRouter,
  delivery: deliveryRouter,
  features: featuresRouter,
  gate: gateRouter,
  imports: importsRouter,
  incidents: incidentsRouter,
  ingest: ingestRouter,
  invoices: invoicesRouter,
  keys: keysRouter,
  killReview: killReviewRouter,
  members: membersRouter,
  onboarding: onboardingRouter,
  periods: periodsRouter,
  prices: pricesRouter,
  privacy: privacyRouter,
  recommendations: recommendationsRouter,
  reconciliation: reconciliationRouter,
  reports: reportsRouter,
  repricing: repricingRouter,
  retention: retentionRouter,
  reviews: reviewsRouter,
  sources: sourcesRouter,
  statements: statementsRouter,
  tenants: tenantsRouter,
  views: viewsRouter,
});
export type AppRouter = typeof appRouter;

/** In-process calls, for pages. */
export const createCaller = createCallerFactory(appRouter);
