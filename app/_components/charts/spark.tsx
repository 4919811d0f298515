import { cn } from "../ui/class-names";
import { PlotDot, PlotLine } from "./plot-layer";
import { prepareSpark, type SparkInput } from "./prepare-spark";

interface SparkProps extends SparkInput {
  /** What it shows, for readers; without, it is an ornament of a figure that stands beside it. */
  label?: string;
  className?: string;
}

/** The shape of a trend, for tables and tiles. Our own: fifty of Tremor's in a table would each measure themselves. */
export function Spark({ values, provisional, label, className }: SparkProps) {
  const spark = prepareSpark({ values, provisional });
  return (
    <span
      role={label === undefined ? undefined : "img"}
      aria-label={label}
      aria-hidden={label === undefined ? true : undefined}
      className={cn("relative inline-block h-6 w-20 align-middle", className)}
    >
      <PlotLine path={spark.provisional} className="stroke-data/45" />
      <PlotLine path={spark.final} className="stroke-data" />
      {spark.last && <PlotDot {...spark.last} className="size-1 bg-data" />}
    </span>
  );
}
