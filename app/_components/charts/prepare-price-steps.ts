import { Decimal } from "decimal.js";
import { formatDate } from "@/app/_format/dates";
import { toGeometry } from "@/app/_format/money";

interface Rate {
  service: string;
  unit: string;
  tierStart: number;
  usd: string;
  per: number;
}

/** A stretch of time with one price; null bounds are open, a null price is none. */
export interface PriceStretch {
  from: string | null;
  to: string | null;
  price: { factor: string; rates: readonly Rate[] } | null;
}

export interface PriceDay {
  label: string;
  isToday: boolean;
  /** USD per million tokens, as lengths on the screen; undefined is a gap. */
  Input: number | undefined;
  Output: number | undefined;
  inputUsd: string | null;
  outputUsd: string | null;
}

const dayMs = 86_400_000;
const daysBack = 180;
const daysAhead = 90;
/** So much beyond the last announced change, to show that it lasts. */
const tail = 14;

const Exact = Decimal.clone({ precision: 40 });

/** USD per million tokens of a unit at the lowest tier of a service, discount included; null where there is none. */
export function perMillion(price: PriceStretch["price"], unit: string, service = "standard"): string | null {
  const rate = price?.rates.find(
    (one) => one.unit === unit && one.service === service && one.tierStart === 0,
  );
  if (!price || !rate) return null;
  return new Exact(rate.usd).times(1_000_000).div(rate.per).times(price.factor).toDecimalPlaces(9).toFixed();
}

/**
 * A point a day: half a year back, and ahead as far as changes are announced. A day shows the price that holds at its
 * end, so a change shows on the day on which it comes.
 */
export function preparePriceSteps(
  stretches: readonly PriceStretch[],
  now: Date,
  timeZone: string,
): PriceDay[] {
  const changes = stretches.flatMap(({ from }) => (from === null ? [] : [Date.parse(from)]));
  const lastAhead = Math.max(...changes.filter((ms) => ms <= now.getTime() + daysAhead * dayMs), -Infinity);
  const ahead = lastAhead > now.getTime() ? Math.ceil((lastAhead - now.getTime()) / dayMs) + tail : 0;
  return Array.from({ length: daysBack + ahead + 1 }, (_, n) => {
    const at = now.getTime() + (n - daysBack) * dayMs;
    const price = stretches.find(
      ({ from, to }) => (from === null || Date.parse(from) <= at) && (to === null || at < Date.parse(to)),
    )?.price;
    const inputUsd = perMillion(price ?? null, "fresh_input");
    const outputUsd = perMillion(price ?? null, "visible_output");
    return {
      label: formatDate(new Date(at).toISOString(), timeZone),
      isToday: n === daysBack,
      Input: inputUsd === null ? undefined : toGeometry(inputUsd),
      Output: outputUsd === null ? undefined : toGeometry(outputUsd),
      inputUsd,
      outputUsd,
    };
  });
}
