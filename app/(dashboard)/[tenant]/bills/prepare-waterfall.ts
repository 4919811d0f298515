import { compareUsd, subtractUsd, sumUsd, toGeometry } from "@/app/_format/money";
import { type Cause, causes } from "@/server/provider-bills/schemas";

export interface WaterfallStep {
  key: "ledger" | "bill" | Cause;
  usd: string;
  /** Fractions of the width: from where to where the step leads. Both are the same for the ends. */
  from: number;
  to: number;
}

export interface Waterfall {
  steps: WaterfallStep[];
  /** USD at the left end of the scale, which does not begin at 0: the differences are small beside the bill. */
  startUsd: string;
}

/** Room at either end of the scale. */
const margin = 0.06;

/** The way from the ledger to the bill, a cause a step, the largest first. Causes that come to nothing are left out. */
export function prepareWaterfall({
  ledgerUsd,
  billUsd,
  byCause,
}: {
  ledgerUsd: string;
  billUsd: string;
  byCause: Record<Cause, string>;
}): Waterfall {
  const magnitude = (usd: string) => (usd.startsWith("-") ? usd.slice(1) : usd);
  const parts = causes
    .map((cause) => ({ cause, usd: byCause[cause] }))
    .filter(({ usd }) => compareUsd(usd, "0") !== 0)
    .sort((one, other) => compareUsd(magnitude(other.usd), magnitude(one.usd)));
  const levels = parts.reduce<string[]>(
    (reached, { usd }) => [...reached, sumUsd([reached.at(-1) ?? ledgerUsd, usd])],
    [ledgerUsd],
  );
  const sorted = [...levels, billUsd].sort(compareUsd);
  const [low = "0", high = "0"] = [sorted[0], sorted.at(-1)];
  const span = toGeometry(subtractUsd(high, low));
  const at = (usd: string) =>
    span === 0 ? 0.5 : margin + (toGeometry(subtractUsd(usd, low)) / span) * (1 - 2 * margin);
  const end = (key: "ledger" | "bill", usd: string) => ({ key, usd, from: at(usd), to: at(usd) });
  return {
    steps: [
      end("ledger", ledgerUsd),
      ...parts.map(({ cause, usd }, n) => ({
        key: cause,
        usd,
        from: at(levels[n] ?? ledgerUsd),
        to: at(levels[n + 1] ?? billUsd),
      })),
      end("bill", billUsd),
    ],
    startUsd: low,
  };
}
