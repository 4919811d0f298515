"use client";

import { Badge } from "@/app/_components/ui/badge";
import { formatInstant } from "@/app/_format/dates";
import type { Outputs } from "@/app/_trpc/client";
import { useTenant } from "../../_components/tenant-context";
import { PriceBy, Rate } from "../price-by";
import { validityWords } from "./validity-words";

type Stretch = Outputs["prices"]["model"]["scopes"][number]["stretches"][number];

const columns = [
  ["Input", "fresh_input"],
  ["Cache read", "cache_read"],
  ["Output", "visible_output"],
] as const;

const head = "px-3 py-2 font-medium first:pl-4 last:pr-4 sm:first:pl-5 sm:last:pr-5";
const cell = "px-3 py-2 first:pl-4 last:pr-4 sm:first:pl-5 sm:last:pr-5";

const Now = () => <Badge tone="good">now</Badge>;
const keyOf = ({ from }: Stretch) => from ?? "always";

/** What the chart shows, as a table; the newest stretch first. */
export function Stretches({ stretches }: { stretches: readonly Stretch[] }) {
  const { timeZone } = useTenant();
  const when = (instant: string | null, open: string) =>
    instant === null ? open : formatInstant(instant, timeZone, new Date(0));
  const newestFirst = [...stretches].reverse();
  return (
    <>
      <table className="figures hidden w-full text-sm md:table">
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
          {newestFirst.map((stretch) => (
            <tr key={keyOf(stretch)} className={stretch.isNow ? "bg-accent-soft/50" : "text-ink-muted"}>
              <td className={`${cell} whitespace-nowrap`}>
                <span className="inline-flex items-center gap-2">
                  {when(stretch.from, "always")}
                  {stretch.isNow && <Now />}
                </span>
              </td>
              <td className={`${cell} whitespace-nowrap`}>{when(stretch.to, "further notice")}</td>
              <td className={cell}>
                <PriceBy price={stretch.price} />
              </td>
              {columns.map(([name, unit]) => (
                <td key={name} className={`${cell} text-right`}>
                  <Rate price={stretch.price} unit={unit} />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      <ul className="figures divide-y border-t text-sm md:hidden">
        {newestFirst.map((stretch) => (
          <li
            key={keyOf(stretch)}
            className={`space-y-1.5 px-4 py-3 ${stretch.isNow ? "bg-accent-soft/50" : "text-ink-muted"}`}
          >
            <p className="flex items-start justify-between gap-3">
              <span className="font-medium">{validityWords(stretch, timeZone)}</span>
              {stretch.isNow && <Now />}
            </p>
            <p className="flex flex-wrap items-center justify-between gap-2 text-xs text-ink-muted">
              <PriceBy price={stretch.price} />
              {stretch.price !== null && (
                <span>
                  <Rate price={stretch.price} unit="fresh_input" /> in ·{" "}
                  <Rate price={stretch.price} unit="visible_output" /> out / 1M
                </span>
              )}
            </p>
          </li>
        ))}
      </ul>
    </>
  );
}
