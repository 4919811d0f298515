import type { TenantBook } from "@/server/contracts/tenant-book";
import type { Db } from "@/server/db";
import { Usd, usdText } from "@/server/prices/decimal";
import type { Range } from "../range";
import {
  notesOnRates,
  priceChanges,
  type RatesInForce,
  ratesInForce,
  type UsedSegment,
} from "./rates-in-force";
import { usedModels, type UsedQuestion } from "./used-models-query";

export interface RatesAnswer {
  /** The dearest first. */
  inForce: RatesInForce[];
  /** Those beyond the ones told, summed. */
  left: { count: number; calls: number; costUsd: string } | null;
  /** What cannot be told. */
  notes: string[];
}

const mostTold = 60;
/** Each makes a question more; a range with more changes is told by the newer ones of them. */
const mostChanges = 40;

/** The price versions in force for the calls of a question, with how much of the cost is by each. */
export async function loadRates(db: Db, book: TenantBook, question: UsedQuestion): Promise<RatesAnswer> {
  const byFeature = book.said.contracts.some(({ feature }) => feature !== null);
  const used = await usedModels(db, question, byFeature);
  // A tool's call names no model, and has no price to name.
  const withModel = (all: typeof used) => all.filter(({ model }) => model !== "");
  const { range } = question;
  const all = priceChanges(book, withModel(used), range);
  const changes = all.slice(-mostChanges);
  const segments: UsedSegment[] = [];
  for (const [at, from] of [range.from, ...changes].entries()) {
    const to = changes[at] ?? range.to;
    const part: Range = { from, to, days: null };
    segments.push({ from, to, used: withModel(changes.length === 0 ? used : await usedModels(db, { ...question, range: part }, byFeature)) }); // prettier-ignore
  }
  const rates = ratesInForce(book, segments);
  const left = rates.slice(mostTold);
  return {
    inForce: rates.slice(0, mostTold),
    left:
      left.length === 0
        ? null
        : {
            count: left.length,
            calls: left.reduce((sum, { calls }) => sum + calls, 0),
            costUsd: usdText(left.reduce((sum, { costUsd }) => sum.plus(costUsd), new Usd(0))),
          },
    notes: [
      ...notesOnRates(book, withModel(used), changes.length > 0),
      ...(all.length > changes.length
        ? [
            `Prices changed ${String(all.length)} times in this range; the first ${String(all.length - changes.length)} changes are not told apart.`,
          ]
        : []),
    ],
  };
}
