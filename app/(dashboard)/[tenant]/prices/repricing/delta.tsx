import { cn } from "@/app/_components/ui/class-names";
import { formatExact, formatTotal, toGeometry } from "@/app/_format/money";

/** A difference in USD with its sign: dearer in amber, cheaper in green. */
export function Delta({ usd, className }: { usd: string; className?: string }) {
  const sign = Math.sign(toGeometry(usd));
  return (
    <data
      value={usd}
      title={`${formatExact(usd)} USD`}
      className={cn(
        "figures font-medium",
        sign > 0 ? "text-warn" : sign < 0 ? "text-good" : "text-ink-muted",
        className,
      )}
    >
      {sign === 0 ? "±$0.00" : `${sign > 0 ? "+" : ""}${formatTotal(usd)}`}
    </data>
  );
}
