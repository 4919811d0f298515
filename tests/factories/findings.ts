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
