import { Decimal } from "decimal.js";
import type { IncidentUnit } from "@/server/incidents/schemas";

// Messages leave the product as text, so they have formatters of their own; those of the screens are app/_format.
const Exact = Decimal.clone({ precision: 60, rounding: Decimal.ROUND_HALF_EVEN });

function grouped(value: Decimal, places: number): string {
  const [whole = "0", fraction] = value.toFixed(places).split(".");
  const digits = whole.replace(/\B(?=(\d{3})+$)/g, ",");
  return fraction === undefined ? digits : `${digits}.${fraction}`;
}

function plain(value: Decimal): string {
  return grouped(value, Math.min(value.toDecimalPlaces(1).decimalPlaces(), 1));
}

/** A total in USD, to the cent: "$1,194.20", "< $0.01". */
export function usdInWords(usd: string): string {
  const value = new Exact(usd);
  const sign = value.isNegative() && !value.isZero() ? "−" : "";
  const magnitude = value.abs();
  if (!magnitude.isZero() && magnitude.lt("0.01")) return `${sign}< $0.01`;
  return `${sign}$${grouped(magnitude, 2)}`;
}

/** With its sign: what is more, and what is less. */
export function usdChangeInWords(usd: string): string {
  return new Exact(usd).gt(0) ? `+${usdInWords(usd)}` : usdInWords(usd);
}

/** A figure of a rule in the unit that the rule compares. */
export function figureInWords(value: string, unit: IncidentUnit): string {
  const exact = new Exact(value);
  switch (unit) {
    case "usd":
      return usdInWords(value);
    case "share":
      return `${plain(exact.times(100))} %`;
    case "ratio":
      return `${grouped(exact, 2)} ×`;
    case "calls":
      return `${plain(exact)} ${exact.eq(1) ? "call" : "calls"}`;
    case "ms":
      return exact.gte(1_000) ? `${plain(exact.div(1_000))} s` : `${plain(exact)} ms`;
    case "usd_ms":
      return `${plain(exact)} $·ms`;
    case "hours":
      return `${plain(exact)} ${exact.eq(1) ? "hour" : "hours"}`;
  }
}

/** actual ÷ expected − 1 as "+47.1 %"; null where nothing was expected. */
export function changeInWords(expected: string | null, actual: string): string | null {
  if (expected === null || new Exact(expected).isZero()) return null;
  const change = new Exact(actual).div(expected).minus(1).times(100).toDecimalPlaces(1);
  const sign = change.isNegative() && !change.isZero() ? "−" : "+";
  return `${sign}${plain(change.abs())} %`;
}

/** "18 Nov 2026, 14:00 to 15:00 (Asia/Kolkata)"; `to` is exclusive. */
export function stretchInWords({ from, to }: { from: Date; to: Date }, timeZone: string): string {
  const day = new Intl.DateTimeFormat("en-GB", { timeZone, day: "numeric", month: "short", year: "numeric" });
  const time = new Intl.DateTimeFormat("en-GB", { timeZone, hour: "2-digit", minute: "2-digit" });
  const isMidnight = (at: Date) => time.format(at) === "00:00";
  if (isMidnight(from) && isMidnight(to)) {
    const [first, last] = [day.format(from), day.format(new Date(to.getTime() - 1))];
    return first === last ? `${first} (${timeZone})` : `${first} to ${last} (${timeZone})`;
  }
  const end = day.format(from) === day.format(to) ? time.format(to) : `${day.format(to)}, ${time.format(to)}`;
  return `${day.format(from)}, ${time.format(from)} to ${end} (${timeZone})`;
}
