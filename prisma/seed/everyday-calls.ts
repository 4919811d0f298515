import { asFailed, makeCall, type SeedCall } from "./make-call";
import type { People } from "./people";
import type { FeatureProfile, TenantProfile } from "./profile";
import type { Random } from "./random";
import { activity, type Hour } from "./rhythm";

const hourMs = 3_600_000;
const errorClasses = ["rate_limited", "rate_limited", "timeout", "server_error", "overloaded"] as const;
const tools = [
  { provider: "web-search", usd: "0.008" },
  { provider: "page-reader", usd: "0.002" },
] as const;

const fewestSteps = 3;
const mostSteps = (feature: FeatureProfile) => (feature.stepsOfRun ?? fewestSteps) + 4;

/** How many calls each feature makes in each hour, so that all of them together are `total`. */
export function plan(
  profile: TenantProfile,
  hours: readonly Hour[],
  total: number,
): (feature: FeatureProfile, hour: Hour) => number {
  const weights = profile.features.reduce((sum, feature) => sum + feature.weight, 0);
  const scales = new Map(
    profile.features.map((feature) => {
      const whole = hours.reduce((sum, hour) => sum + activity(feature.rhythm, hour), 0);
      return [feature, (total * feature.weight) / weights / whole];
    }),
  );
  return (feature, hour) => activity(feature.rhythm, hour) * (scales.get(feature) ?? 0);
}

/** One hour of a feature's ordinary use. */
export function everydayCalls(
  random: Random,
  profile: TenantProfile,
  people: People,
  feature: FeatureProfile,
  hour: Hour,
  expected: number,
): SeedCall[] {
  const callsOfRequest = feature.stepsOfRun ? (fewestSteps + mostSteps(feature)) / 2 : 1 + profile.errorShare;
  const requests = random.around((expected / callsOfRequest) * (0.85 + 0.3 * random.next()));
  return Array.from({ length: requests }, () => {
    const at = new Date(hour.start.getTime() + random.int(0, hourMs - 1));
    const moment = { at, progress: hour.progress, daysAgo: hour.daysAgo, user: people.someone(hour.daysAgo) };
    return feature.stepsOfRun
      ? agentRun(random, feature, moment)
      : attempts(random, profile, makeCall(random, feature, moment));
  }).flat();
}

/** Usually one; now and then the first fails and a second answers. */
function attempts(random: Random, profile: TenantProfile, answered: SeedCall): SeedCall[] {
  const unattributed = random.chance(profile.unattributedShare);
  const sent = unattributed
    ? { ...answered, call: { ...answered.call, feature: undefined, team: undefined, prompt: undefined } }
    : answered;
  if (!random.chance(profile.errorShare)) return [sent];
  const rootRequestId = `root_${random.hex(12)}`;
  const failed = asFailed(sent, `req_${random.hex(16)}`, random.pick(errorClasses));
  const second = { ...sent, call: { ...sent.call, rootRequestId, attempt: 2 } };
  return [{ ...failed, call: { ...failed.call, rootRequestId } }, second];
}

/** Steps of an agent; every third is a tool, which reports what it cost. */
function agentRun(
  random: Random,
  feature: FeatureProfile,
  moment: Parameters<typeof makeCall>[2],
): SeedCall[] {
  const runId = `run_${random.hex(12)}`;
  const steps = random.int(fewestSteps, mostSteps(feature));
  // Near the end of the hour the steps move closer together, for none may lie ahead of the clock.
  const roomMs = hourMs - (moment.at.getTime() % hourMs) - 1;
  return Array.from({ length: steps }, (_, step) => {
    const at = new Date(moment.at.getTime() + Math.floor((Math.min(roomMs, steps * 9_000) * step) / steps));
    const made = makeCall(random, feature, { ...moment, at, story: { runId } });
    return step % 3 === 1 ? asTool(random, made) : made;
  });
}

function asTool(random: Random, { call, receivedAt }: SeedCall): SeedCall {
  const { provider, usd } = random.pick(tools);
  return {
    call: {
      ...call,
      model: undefined,
      prompt: undefined,
      kind: "tool",
      provider,
      usage: { toolUnits: 1 },
      reportedCostUsd: usd,
      latencyMs: random.logNormal(650, 0.5),
    },
    receivedAt,
  };
}
