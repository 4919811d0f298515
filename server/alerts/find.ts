import type { RuleId } from "@/server/incidents/schemas";
import type { Facts } from "./facts/load";
import type { Finding } from "./finding";
import { budget, type BudgetFacts, dailyPace, forecast } from "./rules/budget";
import { cacheHitRate } from "./rules/cache-hit-rate";
import { callOutlier } from "./rules/call-outlier";
import { costWithoutTraffic } from "./rules/cost-without-traffic";
import { dayOverMean } from "./rules/day-over-mean";
import { hourOutOfBand } from "./rules/hour-out-of-band";
import { latencyCost } from "./rules/latency-cost";
import { loop } from "./rules/loop";
import { retryRate } from "./rules/retry-rate";
import { reconciliationGap } from "./rules/reconciliation-gap";
import { silentConnection, silentSource } from "./rules/silent-source";
import { spike } from "./rules/spike";
import { unattributedShare } from "./rules/unattributed-share";
import { unpricedModel } from "./rules/unpriced-model";
import { userRunaway } from "./rules/user-runaway";
import { weekOverWeek } from "./rules/week-over-week";
import type { FeatureFacts } from "./series";
import type { Params } from "./schemas";
import type { Settings } from "./settings";

type Found = (Finding | null)[];
type Evaluator<Rule extends RuleId, Of> = (facts: Of, params: Params<Rule>, at: Date) => Finding | null;
type Find = (facts: Facts, settings: Settings, at: Date) => Found;

const ofFeatures =
  <Rule extends RuleId>(rule: Rule, evaluate: Evaluator<Rule, FeatureFacts>): Find =>
  ({ features }, settings, at) =>
    features.map((facts) => {
      const params = settings.of(rule, facts.subject);
      return params && evaluate(facts, params, at);
    });

/** What calls without a feature cost together is somebody's business; what one of them costs depends on whose it is. */
const ofNamed =
  <Rule extends RuleId>(rule: Rule, evaluate: Evaluator<Rule, FeatureFacts>): Find =>
  (facts, settings, at) =>
    ofFeatures(rule, evaluate)(
      { ...facts, features: facts.features.filter(({ subject }) => subject.key !== "") },
      settings,
      at,
    );

const ofBudgets =
  <Rule extends RuleId>(rule: Rule, evaluate: Evaluator<Rule, BudgetFacts>): Find =>
  ({ budgets }, settings, at) =>
    budgets.map((facts) => {
      const params = settings.of(rule, facts.subject);
      return params && evaluate(facts, params, at);
    });

/** The same evaluators for what happens now and for what would have happened. */
const finders: Record<RuleId, Find> = {
  "week-over-week": ofFeatures("week-over-week", weekOverWeek),
  "day-over-mean": ofFeatures("day-over-mean", dayOverMean),
  "hour-out-of-band": ofFeatures("hour-out-of-band", hourOutOfBand),
  spike: ofFeatures("spike", spike),
  budget: ofBudgets("budget", budget),
  "daily-pace": ofBudgets("daily-pace", dailyPace),
  forecast: ofBudgets("forecast", forecast),
  "call-outlier": ({ outliers, calendar }, settings, at) =>
    (outliers.get(calendar.hourOf(at) - 1) ?? []).map((facts) => {
      const params = settings.of("call-outlier", facts.subject);
      return params && callOutlier(facts, params, at);
    }),
  "user-runaway": ({ users }, settings, at) =>
    users.map((facts) => {
      const params = settings.of("user-runaway", facts.subject);
      return params && userRunaway(facts, params, at);
    }),
  "retry-rate": ofNamed("retry-rate", retryRate),
  "cost-without-traffic": ofNamed("cost-without-traffic", costWithoutTraffic),
  "latency-cost": ofNamed("latency-cost", latencyCost),
  "cache-hit-rate": ofNamed("cache-hit-rate", cacheHitRate),
  "unattributed-share": ({ unattributed }, settings, at) => {
    const params = settings.of("unattributed-share", { kind: "tenant", key: "" });
    return [params && unattributed && unattributedShare(unattributed, params, at)];
  },
  "unpriced-model": ({ unpriced }, settings, at) =>
    unpriced.map((facts) => {
      const params = settings.of("unpriced-model", { kind: "model", key: facts.model });
      return params && unpricedModel(facts, params, at);
    }),
  "silent-source": ({ silence, connections }, settings, at) => [
    ...silence.map((facts) => {
      const params = settings.of("silent-source", facts.subject);
      return params && silentSource(facts, params, at);
    }),
    ...connections.map((facts) => {
      const params = settings.of("silent-source", { kind: "source", key: facts.name });
      return params && silentConnection(facts, params, at);
    }),
  ],
  "reconciliation-gap": ({ gaps }, settings, at) =>
    gaps.map((facts) => {
      const params = settings.of("reconciliation-gap", { kind: "source", key: facts.provider });
      return params && reconciliationGap(facts, params, at);
    }),
  loop: ({ loops }, settings, at) =>
    loops.map((facts) => {
      const params = settings.of("loop", facts.feature.subject);
      return params && loop(facts, params, at);
    }),
};

/** What the rules find at an instant, in a fixed order. */
export function find(rules: readonly RuleId[], facts: Facts, settings: Settings, at: Date): Finding[] {
  return rules.flatMap((rule) => finders[rule](facts, settings, at).filter((found) => found !== null));
}
