import { perMillion } from "@/app/_components/charts/prepare-price-steps";
import { Badge } from "@/app/_components/ui/badge";
import { formatExact } from "@/app/_format/money";
import { layers, type ModelPrice, ruleLabel } from "./layers";

/** By whose word a price is. */
export function PriceBy({ price }: { price: ModelPrice | null }) {
  if (price === null)
    return (
      <Badge tone="warn" title="Nobody has said a price.">
        unpriced
      </Badge>
    );
  const { label, tone, title } = layers[price.layer];
  const rule = ruleLabel(price.factor);
  return (
    <span className="inline-flex flex-wrap gap-1">
      <Badge tone={tone} title={title}>
        {label}
      </Badge>
      {rule !== null && (
        <Badge tone="accent" title="Your discount or markup on the list price.">
          {rule}
        </Badge>
      )}
    </span>
  );
}

/** USD for a million, discount included. */
export function Rate({ price, unit }: { price: ModelPrice | null; unit: string }) {
  const usd = perMillion(price, unit);
  return usd === null ? <span className="text-ink-faint">–</span> : <>{formatExact(usd)}</>;
}
