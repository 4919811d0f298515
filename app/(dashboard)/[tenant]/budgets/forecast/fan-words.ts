import type { LegendItem } from "@/app/_components/charts/legend";
import type { Fan } from "@/app/_components/charts/prepare-fan";
import { formatTotal } from "@/app/_format/money";
import { plural } from "@/app/_format/quantities";
import type { Outputs } from "@/app/_trpc/client";
import { reasonWords } from "../words";

type ForecastAnswer = Outputs["budgets"]["forecast"];

/** Of what the fan shows. */
export function fanLegend(fan: Fan): LegendItem[] {
  const items: (LegendItem | false)[] = [
    fan.spent.length > 0 && { name: "Spent", shape: "line", className: "bg-data" },
    fan.expected.length > 0 && { name: "Expected", shape: "dashes", className: "border-data" },
    fan.band.length > 0 && { name: "Four of five cases", shape: "box", className: "bg-data/20" },
    fan.amountAt !== null && { name: "Budget", shape: "line", className: "bg-warn" },
  ];
  return items.filter((item) => item !== false);
}

/** What the chart leaves out, and how it was made. */
export function fanNote({ reason, forecast, burnRate, unpricedCalls }: ForecastAnswer): string | undefined {
  const why = forecast ? forecast.reason : reason;
  const notes = [
    why && reasonWords[why],
    forecast?.method === "weekday-aware" &&
      burnRate &&
      `At the present rate it would be ${formatTotal(burnRate.expectedUsd)}.`,
    unpricedCalls > 0 && `${plural(unpricedCalls, "call")} without a price are in none of it.`,
  ].filter((note) => typeof note === "string");
  return notes.length === 0 ? undefined : notes.join(" ");
}
