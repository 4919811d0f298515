import type { Calendar } from "../calendar";
import { type Finding, statistic } from "../finding";
import type { Params } from "../schemas";

export interface UnpricedFacts {
  calendar: Calendar;
  /** `provider/model`. */
  model: string;
  /** By hour: calls with tokens and without a price. A call without its usage block is no model's fault. */
  calls: ReadonlyMap<number, { calls: number; tokens: number }>;
}

/** @param at an instant in the hour that is judged, or its end */
export function unpricedModel(
  { calendar, model, calls }: UnpricedFacts,
  params: Params<"unpriced-model">,
  at: Date,
): Finding | null {
  const hour = calendar.hourOf(new Date(at.getTime() - 1));
  const found = calls.get(hour);
  if (!found || found.calls < params.minCalls) return null;
  return {
    rule: "unpriced-model",
    subject: { kind: "model", key: model },
    severity: "warning",
    window: { from: calendar.startOfHour(hour), to: calendar.startOfHour(hour + 1) },
    compare: null,
    unit: "calls",
    expected: "0",
    actual: String(found.calls),
    impactUsd: null,
    monthEndUsd: null,
    level: null,
    basis: "provisional",
    sentence: `Nobody knows what ${model} costs: ${String(found.calls)} ${found.calls === 1 ? "call" : "calls"} with ${statistic(found.tokens)} tokens within the hour are in no total.`,
    params: { ...params },
    callIds: [],
  };
}
