/** What a provider sells the same tokens as, at rates of its own. */
export const services = ["standard", "batch", "flex", "priority"] as const;
export type Service = (typeof services)[number];

export interface BoughtService {
  service: Service;
  /** False when we only suppose it: the name is unknown, or capacity was paid for in advance and no rate is the call's own. */
  isCertain: boolean;
}

/** As OpenAI, Anthropic, Google, Bedrock and LiteLLM spell them, once lower-cased and with `_` for everything else. */
const named: Readonly<Record<string, Service>> = {
  standard: "standard",
  standard_only: "standard",
  default: "standard",
  auto: "standard",
  on_demand: "standard",
  batch: "batch",
  flex: "flex",
  on_demand_flex: "flex",
  priority: "priority",
  on_demand_priority: "priority",
};

const standard: BoughtService = { service: "standard", isCertain: true };
const known = new Map<string, BoughtService>();

/**
 * The service that a call bought. Scale tier, reserved and provisioned throughput are paid by the hour or month: such a
 * call is told at what its tokens would have cost, as an estimate. So is one of a tier that we do not know.
 */
export function serviceOf(call: { batch: boolean; serviceTier: string | null }): BoughtService {
  if (call.batch) return { service: "batch", isCertain: true };
  if (call.serviceTier === null) return standard;
  const memo = known.get(call.serviceTier);
  if (memo) return memo;
  const service =
    named[
      call.serviceTier
        .trim()
        .toLowerCase()
        .replaceAll(/[^a-z0-9]+/g, "_")
    ];
  const bought = { service: service ?? "standard", isCertain: service !== undefined };
  // Senders choose the names, so there may be any number of them.
  if (known.size < 1_000) known.set(call.serviceTier, bought);
  return bought;
}
