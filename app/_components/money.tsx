import { formatExact, formatTotal, formatUnitCost } from "@/app/_format/money";
import { cn } from "./ui/class-names";

interface MoneyProps {
  /** USD as a decimal string. */
  usd: string;
  /** The cost of one call or unit, with up to six decimals. */
  unit?: boolean;
  className?: string;
}

/** An amount; pointing at it shows every digit that is stored. */
export function Money({ usd, unit = false, className }: MoneyProps) {
  return (
    <data value={usd} title={`${formatExact(usd)} USD`} className={cn("figures", className)}>
      {unit ? formatUnitCost(usd) : formatTotal(usd)}
    </data>
  );
}
