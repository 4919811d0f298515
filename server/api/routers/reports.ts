import { breakdown } from "@/server/analytics/breakdown";
import { cache } from "@/server/analytics/cache/cache";
import { CacheInput } from "@/server/analytics/cache/cache-schemas";
import { coverage } from "@/server/analytics/coverage";
import { CoverageInput, RequestCostInput } from "@/server/analytics/coverage-schemas";
import { errors } from "@/server/analytics/errors/errors";
import { ErrorsInput } from "@/server/analytics/errors/errors-schemas";
import { explain } from "@/server/analytics/explain/explain";
import { ExplainInput } from "@/server/analytics/explain/explain-schemas";
import { featureValue } from "@/server/analytics/feature-value/feature-value";
import { FeatureValueInput } from "@/server/analytics/feature-value/feature-value-schemas";
import { unmatchedFeatures } from "@/server/analytics/feature-value/unmatched";
import { hours } from "@/server/analytics/hours/hours";
import { HoursInput } from "@/server/analytics/hours/hours-schemas";
import { margin } from "@/server/analytics/people/margin";
import { MarginInput, ThrottleInput, UserStatesInput } from "@/server/analytics/people/people-schemas";
import { plans } from "@/server/analytics/people/plans";
import { throttle } from "@/server/analytics/people/throttle";
import { userStates } from "@/server/analytics/people/user-states";
import { PromptChangesInput, PromptVersionsInput } from "@/server/analytics/prompt-schemas";
import { promptChanges } from "@/server/analytics/prompts/prompt-changes";
import { promptVersions } from "@/server/analytics/prompts/prompt-versions";
import { requestCost } from "@/server/analytics/request-cost";
import { retryTax } from "@/server/analytics/retry-tax";
import { BreakdownInput, ReportScope, SpendInput, TrendInput } from "@/server/analytics/schemas";
import { retention } from "@/server/analytics/retention/retention";
import { RetentionInput } from "@/server/analytics/retention/retention-schemas";
import { run } from "@/server/analytics/runs/run";
import { runs } from "@/server/analytics/runs/runs";
import { RunInput, RunsInput } from "@/server/analytics/runs-schemas";
import { spend } from "@/server/analytics/spend";
import { trend } from "@/server/analytics/trend";
import { userSpread } from "@/server/analytics/user-spread";
import { UserSpreadInput } from "@/server/analytics/user-spread-schemas";
import { values } from "@/server/analytics/values";
import { ValuesInput } from "@/server/analytics/values-schemas";
import { why } from "@/server/analytics/why";
import { WhyInput } from "@/server/analytics/why-schemas";
import { whyUsers } from "@/server/analytics/why-users";
import { WhyUsersInput } from "@/server/analytics/why-users-schemas";
import { growth } from "@/server/analytics/windows/growth";
import { windows } from "@/server/analytics/windows/windows";
import { GrowthInput, WindowsInput } from "@/server/analytics/windows/windows-schemas";
import { allowed, router } from "../trpc";

export const reportsRouter = router({
  spend: allowed("reports:read")
    .input(SpendInput)
    .query(({ ctx, input }) => spend(ctx, input)),
  breakdown: allowed("reports:read")
    .input(BreakdownInput)
    .query(({ ctx, input }) => breakdown(ctx, input)),
  trend: allowed("reports:read")
    .input(TrendInput)
    .query(({ ctx, input }) => trend(ctx, input)),
  coverage: allowed("attribution:read")
    .input(CoverageInput)
    .query(({ ctx, input }) => coverage(ctx, input)),
  retryTax: allowed("reports:read")
    .input(ReportScope)
    .query(({ ctx, input }) => retryTax(ctx, input)),
  errors: allowed("reports:read")
    .input(ErrorsInput)
    .query(({ ctx, input }) => errors(ctx, input)),
  cache: allowed("reports:read")
    .input(CacheInput)
    .query(({ ctx, input }) => cache(ctx, input)),
  windows: allowed("reports:read")
    .input(WindowsInput)
    .query(({ ctx, input }) => windows(ctx, input)),
  featureValue: allowed("reports:read")
    .input(FeatureValueInput)
    .query(({ ctx, input }) => featureValue(ctx, input)),
  unmatchedFeatures: allowed("reports:read").query(({ ctx }) => unmatchedFeatures(ctx)),
  growth: allowed("reports:read")
    .input(GrowthInput)
    .query(({ ctx, input }) => growth(ctx, input)),
  hours: allowed("reports:read")
    .input(HoursInput)
    .query(({ ctx, input }) => hours(ctx, input)),
  requestCost: allowed("calls:read")
    .input(RequestCostInput)
    .query(({ ctx, input }) => requestCost(ctx, input)),
  explain: allowed("reports:read")
    .input(ExplainInput)
    .query(({ ctx, input }) => explain(ctx, input)),
  values: allowed("reports:read")
    .input(ValuesInput)
    .query(({ ctx, input }) => values(ctx, input)),
  userSpread: allowed("reports:read")
    .input(UserSpreadInput)
    .query(({ ctx, input }) => userSpread(ctx, input)),
  retention: allowed("reports:read")
    .input(RetentionInput)
    .query(({ ctx, input }) => retention(ctx, input)),
  userStates: allowed("reports:read")
    .input(UserStatesInput)
    .query(({ ctx, input }) => userStates(ctx, input)),
  throttle: allowed("reports:read")
    .input(ThrottleInput)
    .query(({ ctx, input }) => throttle(ctx, input)),
  margin: allowed("reports:read")
    .input(MarginInput)
    .query(({ ctx, input }) => margin(ctx, input)),
  plans: allowed("reports:read").query(({ ctx }) => plans(ctx)),
  runs: allowed("reports:read")
    .input(RunsInput)
    .query(({ ctx, input }) => runs(ctx, input)),
  run: allowed("calls:read")
    .input(RunInput)
    .query(({ ctx, input }) => run(ctx, input)),
  why: allowed("reports:read")
    .input(WhyInput)
    .query(({ ctx, input }) => why(ctx, input)),
  whyUsers: allowed("reports:read")
    .input(WhyUsersInput)
    .query(({ ctx, input }) => whyUsers(ctx, input)),
  promptVersions: allowed("reports:read")
    .input(PromptVersionsInput)
    .query(({ ctx, input }) => promptVersions(ctx, input)),
  promptChanges: allowed("reports:read")
    .input(PromptChangesInput)
    .query(({ ctx, input }) => promptChanges(ctx, input)),
});
