"use client";

import dynamic from "next/dynamic";
import { cn } from "@/app/_components/ui/class-names";
import { useAfterLoad } from "./use-after-load";

const bar = "rounded bg-sunken";

/** As high as both cards are, so that what is beneath them does not jump. No skeleton: the screen is of use without them. */
const Space = () => (
  <div aria-hidden data-waiting className="grid h-166 gap-4 lg:h-84 lg:grid-cols-2">
    {["month", "incidents"].map((card) => (
      <div key={card} className="rounded-lg border bg-surface p-5 shadow-card">
        <div className={cn(bar, "h-4 w-28")} />
        <div className={cn(bar, "mt-6 h-3 w-2/3")} />
        <div className={cn(bar, "mt-3 h-3 w-1/2")} />
      </div>
    ))}
  </div>
);

const Ahead = dynamic(() => import("./ahead").then((module) => module.Ahead), { ssr: false, loading: Space });

/** After the first figures: neither its code nor its answers are waited for. */
export function LazyAhead() {
  return useAfterLoad() ? <Ahead /> : <Space />;
}
