"use client";

import dynamic from "next/dynamic";
import { Skeleton } from "../ui/skeleton";
import type { PriceDay } from "./prepare-price-steps";
import { priceSeries } from "./price-series";

// As in trend-chart.tsx.
if (typeof window !== "undefined") import("./price-steps-plot").catch(() => undefined);
const Plot = dynamic(() => import("./price-steps-plot").then((module) => module.PriceStepsPlot), {
  ssr: false,
  loading: () => <Skeleton className="h-full" />,
});

/** What a million tokens cost through time; a table beside it says the same (it is hidden from readers). */
export function PriceStepsChart({ days, className }: { days: readonly PriceDay[]; className?: string }) {
  return (
    <div aria-hidden className={className}>
      <p className="mb-2 flex gap-4 text-xs text-ink-muted">
        {priceSeries.map(({ name, dot }) => (
          <span key={name} className="inline-flex items-center gap-1.5">
            <span className={`h-0.5 w-3 rounded-full ${dot}`} />
            {name}
          </span>
        ))}
      </p>
      <div className="relative h-48">
        <Plot days={days} />
      </div>
    </div>
  );
}
