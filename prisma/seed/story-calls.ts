import { makeCall, type SeedCall } from "./make-call";
import type { FeatureProfile, TenantProfile } from "./profile";
import type { Random } from "./random";
import type { Hour } from "./rhythm";
import { stories } from "./stories";

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;

function featureNamed(profile: TenantProfile, name: string): FeatureProfile {
  const feature = profile.features.find((candidate) => candidate.name === name);
  if (!feature) throw new RangeError(`The profile has no feature ${name}`);
  return feature;
}

/** Calls of the hour that exist only because of a story. */
export function plantedCalls(random: Random, profile: TenantProfile, hour: Hour): SeedCall[] {
  return [...retryLoop(random, profile, hour), ...expensiveLeavers(random, profile, hour)];
}

function retryLoop(random: Random, profile: TenantProfile, hour: Hour): SeedCall[] {
  const story = stories.retryLoop;
  const ended = story.fromHour + story.hours;
  if (hour.daysAgo !== story.daysAgo || hour.localHour < story.fromHour || hour.localHour >= ended) return [];
  const feature = featureNamed(profile, story.feature);
  return Array.from({ length: story.requests / story.hours }, () => {
    const rootRequestId = `root_${random.hex(12)}`;
    const runId = `run_${random.hex(12)}`;
    const user = { id: story.user, accountId: "northwind" };
    const startMs = hour.start.getTime() + random.int(0, hourMs / 4);
    return Array.from({ length: story.attempts }, (_, i) => {
      const at = new Date(startMs + i * 42_000);
      const details = { runId, rootRequestId, attempt: i + 1, errorClass: story.errorClass };
      return makeCall(random, feature, {
        at,
        progress: hour.progress,
        daysAgo: hour.daysAgo,
        user,
        story: details,
      });
    });
  }).flat();
}

function expensiveLeavers(random: Random, profile: TenantProfile, hour: Hour): SeedCall[] {
  const story = stories.expensiveLeavers;
  const isAtWork = hour.weekday >= 1 && hour.weekday <= 5 && hour.localHour >= 9 && hour.localHour <= 17;
  if (hour.daysAgo <= story.leftDaysAgo || !isAtWork) return [];
  return story.users.flatMap((id, i) => {
    const accountId = story.accounts[i % 2] ?? story.accounts[0];
    return Array.from({ length: random.around(story.callsADay / 9) }, () => {
      const feature = featureNamed(profile, random.pick(story.features));
      const at = new Date(hour.start.getTime() + random.int(0, hourMs - 1));
      const user = { id, accountId };
      return makeCall(random, feature, {
        at,
        progress: hour.progress,
        daysAgo: hour.daysAgo,
        user,
        tokenFactor: story.tokenFactor,
      });
    });
  });
}

/** An ordinary call, changed where a story says so. */
export function told(random: Random, seeded: SeedCall, hour: Hour): SeedCall {
  const { heavierPrompt, unpricedModel, lateEvents } = stories;
  const { call } = seeded;
  if (call.feature === heavierPrompt.feature && hour.daysAgo <= heavierPrompt.daysAgo && call.usage) {
    const { inputTokens = 0, outputTokens = 0 } = call.usage;
    const usage = {
      inputTokens: inputTokens * heavierPrompt.tokenFactor,
      outputTokens: outputTokens * heavierPrompt.tokenFactor,
    };
    return { ...seeded, call: { ...call, usage } };
  }
  if (
    call.feature === unpricedModel.feature &&
    hour.daysAgo <= unpricedModel.sinceDaysAgo &&
    random.chance(unpricedModel.share)
  ) {
    return { ...seeded, call: { ...call, provider: unpricedModel.provider, model: unpricedModel.model } };
  }
  const isDown =
    hour.daysAgo === lateEvents.daysAgo &&
    hour.localHour >= lateEvents.fromHour &&
    hour.localHour < lateEvents.fromHour + lateEvents.hours;
  if (call.feature === lateEvents.feature && isDown) {
    return { ...seeded, receivedAt: new Date(Date.parse(call.occurredAt) + lateEvents.lateDays * dayMs) };
  }
  return seeded;
}
