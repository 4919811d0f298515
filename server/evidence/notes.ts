import type { FocusMonth } from "@/server/focus/month";
import { type Usd, usdText } from "@/server/prices/decimal";
import type { RestKind } from "@/server/statements/priced-parts";
import type { StatementHead } from "@/server/statements/schemas";

const restWords: Record<Exclude<RestKind, "none">, string> = {
  rounding: "are roundings of single calls at 18 decimals.",
  reported: "are senders' own amounts: the price book has no price of these calls.",
  units: "are quantities besides tokens (searches, seconds), by their prices; usage.csv has them as amounts.",
  share: "are parts of calls that served several, split by weight, beyond whole tokens times price.",
  whole:
    "are lines of the statement of which no usage by price was kept; they are taken as they were frozen.",
  unknown: "are explained by no price of the pack.",
};

/** What a reader of the pack must know of its amounts, in plain words. */
export function notesOf(
  head: StatementHead,
  rests: ReadonlyMap<RestKind, Usd>,
  { billed, unbilled }: Pick<FocusMonth, "billed" | "unbilled">,
): string[] {
  const notes: string[] = [];
  if (head.unpricedCalls > 0)
    notes.push(`${String(head.unpricedCalls)} calls have no price: their cost is unknown, and in no amount.`);
  for (const [kind, usd] of rests)
    if (kind !== "none") notes.push(`${usdText(usd)} USD ${restWords[kind]}`);
  if (head.renamedAt !== null)
    notes.push(`Somebody was forgotten on ${head.renamedAt}: accounts have another name since, amounts are as they were.`);
  if (head.reopenedAt !== null) notes.push(`This revision was opened again on ${head.reopenedAt}.`);
  for (const { provider } of billed) notes.push(`focus.csv: rows of ${provider} are reconciled with its bill, which was signed off.`);
  for (const { provider, why } of unbilled) notes.push(`focus.csv: rows of ${provider || "an unknown provider"} are the ledger's estimate: ${why}.`);
  return notes;
} // prettier-ignore
