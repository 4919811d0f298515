import type { Ctx } from "@/server/context";
import { Usd, usdText } from "@/server/prices/decimal";
import { counterfactual } from "@/server/recommendations/counterfactual";
import {
  cheaperModel,
  fewestCalls,
  shareOfOneModel,
  shareOfSmall,
  smallInputTokens,
  smallOutputTokens,
  usedBuckets,
} from "@/server/recommendations/over-tiered";
import { type Finding, mostOfKind } from "@/server/recommendations/schemas";
import { shareOf } from "../share-of";
import { scaled } from "./batch";
import type { KindLook, Looked } from "./looked";
import { isSmall, sampleCalls } from "./sample-query";
import { type ModelWork, modelWorkOf } from "./work-query";
import { isWorthIt, largest } from "./worth";

interface OneModel extends ModelWork {
  /** Of the feature, with whichever model. */
  featureCalls: number;
  to: { model: string; isInUse: boolean };
}

/** Features of which one model answers nearly everything, although the book has a cheaper one of that provider. */
function ofOneModel(work: readonly ModelWork[], looked: Looked): OneModel[] {
  const callsOf = new Map<string | null, number>();
  const usesOf = new Map<string, { provider: string; model: string; calls: number }>();
  for (const { feature, provider, model, calls } of work) {
    callsOf.set(feature, (callsOf.get(feature) ?? 0) + calls);
    const key = JSON.stringify([provider, model]);
    usesOf.set(key, { provider, model, calls: (usesOf.get(key)?.calls ?? 0) + calls });
  }
  const inUse = [...usesOf.values()].sort((one, other) => other.calls - one.calls);
  return work.flatMap((one) => {
    const featureCalls = callsOf.get(one.feature) ?? 0;
    if (one.calls < fewestCalls || one.calls <= featureCalls * shareOfOneModel || !isWorthIt(one.costUsd)) return [];
    const { feature, provider, model, units } = one;
    const call = { feature, provider, model, region: null, batch: false, serviceTier: null, occurredAt: new Date(looked.range.to.getTime() - 1) };
    const to = cheaperModel(looked.book, call, usedBuckets(units), inUse);
    return to ? [{ ...one, featureCalls, to }] : [];
  }); // prettier-ignore
}

/** Small calls of a dear model, at the price of the same provider's cheaper one. */
export async function lookForModels(ctx: Ctx, looked: Looked): Promise<KindLook> {
  const candidates = ofOneModel(await ctx.db.read((db) => modelWorkOf(db, looked)), looked);
  const small = isSmall(smallOutputTokens, smallInputTokens);
  const found: Finding[] = [];
  for (const { feature, provider, model, calls: modelCalls, featureCalls, to } of candidates.slice(0, mostOfKind)) {
    const subject = { feature, provider, model, prompt: null, version: null, cause: null };
    const { total, calls } = await ctx.db.rollup((db) => sampleCalls(db, looked, subject, small));
    if (total < modelCalls * shareOfSmall) continue;
    const told = counterfactual(looked.book, calls, total, looked.days, { model: to.model });
    found.push({
      subject,
      ...looked.range.days,
      savingUsd: usdText(told.saving),
      lowUsd: usdText(told.low),
      highUsd: usdText(told.high),
      evidence: {
        kind: "model",
        calls: modelCalls,
        smallCalls: total,
        pricedCalls: scaled(told.priced, calls.length, total),
        sampledCalls: calls.length,
        modelShare: shareOf(modelCalls, featureCalls) ?? "1",
        toModel: to.model,
        isInUse: to.isInUse,
        costUsd: usdText(new Usd(told.cost)),
        cheaperUsd: usdText(told.otherwise),
      },
    });
  } // prettier-ignore
  return { kind: "model", candidates: candidates.length, found: largest(found) };
}
