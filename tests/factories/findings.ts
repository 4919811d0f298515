import type { EvidenceOf, Finding, Subject } from "@/server/recommendations/schemas";

const anything: Subject = {
  feature: "chat",
  provider: null,
  model: null,
  prompt: null,
  version: null,
  cause: null,
};

/** Retries as a look tells them. */
export function retryFinding({
  feature = "chat",
  savingUsd = "30",
}: { feature?: string | null; savingUsd?: string } = {}): Finding {
  const evidence: EvidenceOf<"retry"> = {
    kind: "retry",
    retryCalls: 1_200,
    retryCostUsd: "60",
    unpricedCalls: 0,
    featureCostUsd: "200",
    worstDay: "2026-11-03",
    worstDayUsd: "41.5",
  };
  return {
    subject: { ...anything, feature, cause: "timeout" },
    first: "2026-10-20",
    last: "2026-11-18",
    savingUsd,
    lowUsd: "0",
    highUsd: "64.2",
    evidence,
  };
}

/** A look's finding of each kind, of different features. */
export function findingsOfAll(): Finding[] {
  const span = { first: "2026-10-20", last: "2026-11-18", lowUsd: "8.1", highUsd: "13.9" };
  return [
    retryFinding(),
    {
      ...span,
      subject: { ...anything, feature: "enrich", provider: "anthropic", model: "claude-haiku-4-5" },
      savingUsd: "11",
      evidence: { kind: "batch", calls: 150, pricedCalls: 148, sampledCalls: 150, costUsd: "22", batchUsd: "11", sign: "atNight", signShare: "0.93", isListed: false },
    },
    {
      ...span,
      subject: { ...anything, feature: null, provider: "openai", model: "gpt-4o" },
      savingUsd: "10.5",
      evidence: { kind: "model", calls: 90_000, smallCalls: 40_000, pricedCalls: 40_000, sampledCalls: 20_000, modelShare: "0.97", toModel: "gpt-4o-mini", isInUse: true, costUsd: "11.2", cheaperUsd: "0.7" },
    },
    {
      ...span,
      lowUsd: "-1.25",
      subject: { ...anything, feature: "assist", prompt: "assist/v", provider: "anthropic", model: "claude-sonnet-4-5" },
      savingUsd: "9",
      evidence: { kind: "cache", calls: 300, costUsd: "50", freshTokensPerCall: 12_000, readShare: "0.02", followShare: "0.9", prefixTokens: 12_000, cachedTokens: 6_000, hitRate: "0.675", freshUsdPerMillion: "3", readUsdPerMillion: "0.3", surchargeUsdPerMillion: "0.75" },
    },
    {
      ...span,
      subject: { ...anything, feature: "mail", prompt: "mail", version: "2" },
      savingUsd: "8.5",
      evidence: { kind: "prompt", previousVersion: null, changedOn: "2026-11-10", before: { calls: 70, inputTokensPerCall: 5_003, costPerCallUsd: "0.0125", successRate: "0.98" }, after: { calls: 70, inputTokensPerCall: 15_003, costPerCallUsd: "0.0375", successRate: "0.97" }, calls: 340, costUsd: "12.75" },
    },
  ]; // prettier-ignore
}
