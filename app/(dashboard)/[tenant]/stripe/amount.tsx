import { Money } from "@/app/_components/money";
import { formatCompact } from "@/app/_format/quantities";
import type { Measure } from "@/server/billing/schemas";
import { usdOfMicro, valueWords } from "./words";

/** A value of a meter: dollars where it bills cost; pointing at it shows every digit. */
export function Amount({ measure, value }: { measure: Measure; value: string }) {
  if (measure === "cost_micro_usd") return <Money usd={usdOfMicro(value)} />;
  return (
    <data value={value} title={valueWords(measure, value)} className="figures">
      {formatCompact(Number(value)).replace("-", "−")}
    </data>
  );
}
