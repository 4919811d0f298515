import type { Ctx } from "@/server/context";
import { Usd, usdText } from "@/server/prices/decimal";
import { signOfWaiting } from "@/server/recommendations/batchable";
import { counterfactual } from "@/server/recommendations/counterfactual";
import { type Finding, mostOfKind } from "@/server/recommendations/schemas";
import type { KindLook, Looked } from "./looked";
import { couldWait, sampleCalls } from "./sample-query";
import { workOf } from "./work-query";
import { isWorthIt, largest } from "./worth";

/** Calls for which nobody waits, at the price of a batch: the book's, or half where it lists none. */
export async function lookForBatches(ctx: Ctx, looked: Looked): Promise<KindLook> {
  const work = await ctx.db.read((db) => workOf(db, looked));
  const all = {
    calls: work.reduce((sum, { calls }) => sum + calls, 0),
    withoutUser: work.reduce((sum, { withoutUser }) => sum + withoutUser, 0),
  };
  const candidates = work.flatMap((one) => {
    const sign = signOfWaiting(one, all);
    // A batch takes half, hardly ever more.
    return sign && isWorthIt(new Usd(one.costUsd).div(2)) ? [{ ...one, ...sign }] : [];
  });
  const found: Finding[] = [];
  for (const { feature, provider, model, sign, signShare } of candidates.slice(0, mostOfKind)) {
    const subject = { feature, provider, model, prompt: null, version: null, cause: null };
    const { total, calls } = await ctx.db.rollup((db) => sampleCalls(db, looked, subject, couldWait));
    const told = counterfactual(looked.book, calls, total, looked.days, { batch: true, serviceTier: null });
    found.push({
      subject,
      ...looked.range.days,
      savingUsd: usdText(told.saving),
      lowUsd: usdText(told.low),
      highUsd: usdText(told.high),
      evidence: {
        kind: "batch",
        calls: total,
        pricedCalls: scaled(told.priced, calls.length, total),
        sampledCalls: calls.length,
        costUsd: usdText(told.cost),
        batchUsd: usdText(told.otherwise),
        sign,
        signShare,
        isListed: !told.isEstimated,
      },
    });
  }
  return { kind: "batch", candidates: candidates.length, found: largest(found) };
}

/** Of all, as of the sample. */
export const scaled = (part: number, sampled: number, total: number): number =>
  sampled === 0 ? 0 : Math.round((part * total) / sampled);
