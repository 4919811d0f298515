import { acme } from "@/prisma/seed/acme";
import { closedDemoMonth, reviewedDemoMonth } from "@/prisma/seed/demo-months";
import { lastWholeWeek } from "@/server/weekly-review/week";

/** Every screen of the product, for whatever has to hold of all of them. */
export interface Screen {
  name: string;
  path: string;
  /** Seen once the screen has its data. */
  landmark: string;
}

/** For everybody. */
export const openScreens: Screen[] = [
  { name: "landing", path: "/", landmark: "LLM costs, to the last digit. And what is missing from them." },
  { name: "sign-in", path: "/sign-in", landmark: "Sign in" },
  { name: "register", path: "/register", landmark: "Create an account" },
  { name: "forgot-password", path: "/forgot-password", landmark: "Forgot the password?" },
  { name: "invitation", path: "/accept-invitation?token=used", landmark: "This invitation is not open" },
];
const closedMonth = closedDemoMonth(new Date());
/** Of a month that is over and done with; on the last days of a longer month the demo has none. */
const ofClosedMonth = (month: string): Screen[] => [
  { name: "statement", path: `/demo/statements/${month}`, landmark: "What the month came to" },
  { name: "invoices-closed", path: `/demo/invoices?month=${month}`, landmark: "Invoices" },
  {
    name: "reconciliation-closed",
    path: `/demo/reconciliation?month=${month}`,
    landmark: "From the calls to the invoices",
  },
];
/** For members of the demo tenant. */
export const memberScreens: Screen[] = [
  { name: "overview", path: "/demo/overview", landmark: "Fastest growing features" },
  { name: "features", path: "/demo/features", landmark: "What each feature costs" },
  { name: "feature-value", path: "/demo/features/value", landmark: "Names that do not match" },
  { name: "teams", path: "/demo/teams", landmark: "What each team spends" },
  { name: "users", path: "/demo/users?range=90d", landmark: "What each user costs" },
  { name: "accounts", path: "/demo/users?by=account", landmark: "What each account costs" },
  { name: "retention", path: "/demo/retention", landmark: "Cohorts by month" },
  { name: "retention-weeks", path: "/demo/retention?grain=week&show=cost", landmark: "Cohorts by week" },
  { name: "throttle", path: "/demo/retention/throttle", landmark: "Dear, and leaving" },
  { name: "margin", path: "/demo/retention/margin", landmark: "Plans against their users" },
  { name: "prompts", path: "/demo/prompts", landmark: "What each prompt costs" },
  { name: "prompt", path: "/demo/prompts?prompt=email-draft", landmark: "Before and after" },
  { name: "runs", path: "/demo/runs", landmark: "What each run costs" },
  { name: "models", path: "/demo/models", landmark: "What each model costs" },
  { name: "cache", path: "/demo/cache", landmark: "The cache by feature" },
  { name: "errors", path: "/demo/errors", landmark: "Cost by error class" },
  { name: "calls", path: "/demo/calls", landmark: "Calls" },
  {
    name: "calls-filtered",
    path: "/demo/calls?order=dearest&f=feature:code-review&f=-model:gpt-4o",
    landmark: "Calls",
  },
  { name: "calls-top", path: "/demo/calls?show=top", landmark: "Calls" },
  { name: "budgets", path: "/demo/budgets", landmark: "What each may cost" },
  {
    name: "budget-forecast",
    path: "/demo/budgets/forecast?of=feature&name=email-drafts",
    landmark: "How good its forecasts were",
  },
  { name: "alerts", path: "/demo/alerts", landmark: "Incidents" },
  { name: "alerts-resolved", path: "/demo/alerts?state=resolved", landmark: "Incidents" },
  { name: "alert-rules", path: "/demo/alerts/rules", landmark: "What is watched" },
  { name: "alert-rule", path: "/demo/alerts/rules/week-over-week", landmark: "As it is set" },
  {
    name: "recommendations",
    path: "/demo/recommendations",
    landmark: "What could be had for less",
  },
  { name: "reviews", path: "/demo/reviews", landmark: "Reviews so far" },
  {
    name: "review",
    path: `/demo/reviews/${lastWholeWeek(new Date(), acme.timeZone)}`,
    landmark: "6. What the figures lack",
  },
  { name: "kill-reviews", path: "/demo/kill-review", landmark: "Months so far" },
  {
    name: "kill-review",
    path: `/demo/kill-review/${reviewedDemoMonth(new Date()).slice(0, 7)}`,
    landmark: "All features",
  },
  { name: "kill-review-preview", path: "/demo/kill-review/preview", landmark: "All features" },
  { name: "statements", path: "/demo/statements", landmark: "Months" },
  { name: "bills", path: "/demo/bills", landmark: "Why they differ" },
  { name: "invoices", path: "/demo/invoices", landmark: "Invoices" },
  { name: "rate-plans", path: "/demo/invoices/plans", landmark: "Rate plans" },
  { name: "new-rate-plan", path: "/demo/invoices/plans/new", landmark: "What is charged" },
  { name: "invoice-accounts", path: "/demo/invoices/accounts", landmark: "Accounts" },
  { name: "invoice-issuer", path: "/demo/invoices/issuer", landmark: "Your details" },
  { name: "reconciliation", path: "/demo/reconciliation", landmark: "From the calls to the invoices" },
  ...(closedMonth === null ? [] : ofClosedMonth(closedMonth)),
  { name: "stripe", path: "/demo/stripe", landmark: "Stripe is not connected" },
  { name: "attribution", path: "/demo/attribution", landmark: "Unattributed dollars" },
  { name: "attribution-rules", path: "/demo/attribution/rules", landmark: "Rules" },
  { name: "tag-policy", path: "/demo/attribution/policy", landmark: "Tag policy" },
  { name: "prices", path: "/demo/prices", landmark: "Models in use" },
  {
    name: "model-prices",
    path: "/demo/prices/model?provider=anthropic&model=claude-sonnet-4-5",
    landmark: "Who said what",
  },
  {
    name: "model-unpriced",
    path: "/demo/prices/model?provider=in-house&model=acme-router-7b",
    landmark: "Who said what",
  },
  { name: "repricing", path: "/demo/prices/repricing", landmark: "Closed months" },
  { name: "imports", path: "/demo/imports", landmark: "Past imports" },
  { name: "get-started", path: "/demo/get-started", landmark: "What a call can carry" },
  { name: "settings", path: "/demo/settings", landmark: "General" },
  { name: "members", path: "/demo/settings/members", landmark: "What the roles may do" },
  { name: "keys", path: "/demo/settings/keys", landmark: "API keys" },
  { name: "bi", path: "/demo/settings/bi", landmark: "BI access" },
  { name: "alert-settings", path: "/demo/settings/alerts", landmark: "What you can rely on" },
  { name: "sources", path: "/demo/settings/sources", landmark: "Connections" },
  { name: "stripe-settings", path: "/demo/settings/stripe", landmark: "Connect Stripe" },
  { name: "privacy", path: "/demo/settings/privacy", landmark: "Forget a person" },
  { name: "audit", path: "/demo/settings/audit", landmark: "Audit log" },
  { name: "account", path: "/demo/settings/account", landmark: "Sessions" },
  { name: "new-tenant", path: "/new-tenant", landmark: "New organisation" },
];
export const absentScreen: Screen = {
  name: "not-found",
  path: "/demo/no-such-screen",
  landmark: "There is nothing here",
};
