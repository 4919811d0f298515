import { eventType, Inngest } from "inngest";
import { domainEvents } from "@/server/events";
import { logger } from "@/server/log";

/** Keys, base URL and mode come from the INNGEST_* variables, which server/env.ts has checked. */
export const inngest = new Inngest({ id: "tokenledger", logger: logger.child({ name: "inngest" }) });

/** Triggers, and the makers of events for `step.sendEvent`. */
export const rollupRequested = eventType("rollup/requested", { schema: domainEvents["rollup/requested"] });
export const activityDirty = eventType("activity/dirty", { schema: domainEvents["activity/dirty"] });
export const inboxReceived = eventType("inbox/received", { schema: domainEvents["inbox/received"] });
export const zoneChanged = eventType("tenant/zone-changed", { schema: domainEvents["tenant/zone-changed"] });
export const repricingRequested = eventType("repricing/requested", {
  schema: domainEvents["repricing/requested"],
});
export const repricingApproved = eventType("repricing/approved", {
  schema: domainEvents["repricing/approved"],
});
export const backlogFound = eventType("repricing/backlog-found", {
  schema: domainEvents["repricing/backlog-found"],
});
export const pricesChanged = eventType("prices/changed", { schema: domainEvents["prices/changed"] });
export const pullRequested = eventType("source/pull-requested", {
  schema: domainEvents["source/pull-requested"],
});
export const billPullRequested = eventType("bill/pull-requested", {
  schema: domainEvents["bill/pull-requested"],
});
export const attributionRequested = eventType("attribution/run-requested", {
  schema: domainEvents["attribution/run-requested"],
});
export const evaluateRequested = eventType("alerts/evaluate-requested", {
  schema: domainEvents["alerts/evaluate-requested"],
});
export const incidentChanged = eventType("incident/changed", { schema: domainEvents["incident/changed"] });
export const deliveryRequested = eventType("delivery/requested", {
  schema: domainEvents["delivery/requested"],
});
export const reviewDue = eventType("review/due", { schema: domainEvents["review/due"] });
export const recommendationsDue = eventType("recommendations/due", {
  schema: domainEvents["recommendations/due"],
});
export const killReviewDue = eventType("kill-review/due", { schema: domainEvents["kill-review/due"] });
export const closingWaits = eventType("period/closing-waits", {
  schema: domainEvents["period/closing-waits"],
});
export const billingRequested = eventType("billing/export-requested", {
  schema: domainEvents["billing/export-requested"],
});
export const eraseRequested = eventType("privacy/erase-requested", {
  schema: domainEvents["privacy/erase-requested"],
});
