"use client";

import { perMillion } from "@/app/_components/charts/prepare-price-steps";
import { Badge } from "@/app/_components/ui/badge";
import { formatInstant } from "@/app/_format/dates";
import { formatExact } from "@/app/_format/money";
import type { Outputs } from "@/app/_trpc/client";
import { useTenant } from "../../_components/tenant-context";
import { layers, ruleLabel } from "../layers";

type Stretch = Outputs["prices"]["model"]["scopes"][number]["stretches"][number];

const columns = [
  ["Input", "fresh_input"],
  ["Cache read", "cache_read"],
  ["Output", "visible_output"],
] as const;

const head = "px-3 py-2 font-medium first:pl-4 last:pr-4 sm:first:pl-5 sm:last:pr-5";
const cell = "px-3 py-2 first:pl-4 last:pr-4 sm:first:pl-5 sm:last:pr-5";

/** What the chart shows, as a table; the newest stretch first. */
export function Stretches({ stretches }: { stretches: readonly Stretch[] }) {
  const { timeZone } = useTenant();
  const when = (instant: string | null, open: string) =>
    instant === null ? open : formatInstant(instant, timeZone, new Date(0));
  return (
    <div className="overflow-x-auto">
      <table className="figures w-full min-w-xl text-sm">
        <caption className="sr-only">The price through time, per million tokens</caption>
        <thead className="border-y text-left text-2xs text-ink-faint">
          <tr>
            <th scope="col" className={head}>
              From
            </th>
            <th scope="col" className={head}>
              Until
            </th>
            <th scope="col" className={head}>
              Price by
            </th>
            {columns.map(([name]) => (
              <th key={name} scope="col" className={`${head} text-right`}>
                {name} / 1M
              </th>
            ))}
          </tr>
        </thead>
        <tbody className="divide-y">
          {[...stretches].reverse().map((stretch) => (
            <tr key={stretch.from ?? "ever"} className={stretch.isNow ? "bg-accent-soft/60" : ""}>
              <td className={`${cell} whitespace-nowrap`}>{when(stretch.from, "ever")}</td>
              <td className={`${cell} whitespace-nowrap`}>
                {stretch.isNow && stretch.to === null ? "now" : when(stretch.to, "further notice")}
              </td>
              <td className={cell}>
                {stretch.price === null ? (
                  <Badge tone="warn">unpriced</Badge>
                ) : (
                  <span className="inline-flex gap-1">
                    <Badge tone={layers[stretch.price.layer].tone} title={layers[stretch.price.layer].title}>
                      {layers[stretch.price.layer].label}
                    </Badge>
                    {ruleLabel(stretch.price.factor) !== null && (
                      <Badge tone="accent">{ruleLabel(stretch.price.factor)}</Badge>
                    )}
                  </span>
                )}
              </td>
              {columns.map(([name, unit]) => {
                const usd = perMillion(stretch.price, unit);
                return (
                  <td key={name} className={`${cell} text-right`}>
                    {usd === null ? <span className="text-ink-faint">–</span> : formatExact(usd)}
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
