import { Usd, usdText } from "@/server/prices/decimal";
import { modelKeyOf } from "./model-key";
import type { BillFileContent } from "./read-bill-file";
import type { BillLine } from "./schemas";

export interface FileModel {
  /** As the file spells it. */
  model: string;
  /** As the ledger spells it. */
  key: string;
  isKnown: boolean;
  usd: string;
  /** Null where the file tells none. */
  tokens: string | null;
}

export interface FileSummary {
  /** Null in files of usage. */
  amountUsd: string | null;
  /** Before discounts; null where a line does not say. */
  listUsd: string | null;
  taxUsd: string;
  creditUsd: string;
  /** Charges that name no model and are neither tax nor credit. */
  otherUsd: string;
  /** Days with at least one line. */
  days: number;
  /** The dearest first. */
  models: FileModel[];
}

const sum = (lines: readonly BillLine[]) =>
  usdText(lines.reduce((total, { amount }) => total.plus(amount ?? 0), new Usd(0)));

/** What a file comes to, before it counts. */
export function summarizeFile({ provider, kind, lines }: BillFileContent): FileSummary {
  const models = new Map<string, { usd: Usd; tokens: Usd | null }>();
  for (const { model, amount, quantity } of lines) {
    if (model === "") continue;
    const known = models.get(model) ?? { usd: new Usd(0), tokens: new Usd(0) };
    models.set(model, {
      usd: known.usd.plus(amount ?? 0),
      tokens: known.tokens === null || quantity === null ? null : known.tokens.plus(quantity),
    });
  }
  const charges = lines.filter((line) => line.kind === "usage");
  const isListed = charges.length > 0 && charges.every(({ listAmount }) => listAmount !== null);
  const list = charges.reduce((total, { listAmount }) => total.plus(listAmount ?? 0), new Usd(0));
  return {
    amountUsd: kind === "cost" ? sum(lines) : null,
    listUsd: isListed ? usdText(list) : null,
    taxUsd: sum(lines.filter((line) => line.kind === "tax")),
    creditUsd: sum(lines.filter((line) => line.kind === "credit")),
    otherUsd: sum(charges.filter(({ model }) => model === "")),
    days: new Set(lines.map(({ day }) => day)).size,
    models: [...models]
      .map(([model, { usd, tokens }]) => ({
        model,
        ...modelKeyOf(provider, model),
        usd: usdText(usd),
        tokens: tokens?.toFixed() ?? null,
      }))
      .sort((one, other) => new Usd(other.usd).comparedTo(one.usd) || (one.model < other.model ? -1 : 1)),
  };
}
