import { Decimal } from "decimal.js";

const Exact = Decimal.clone({ precision: 60, rounding: Decimal.ROUND_HALF_EVEN });

/** Puts thousands separators into the digits of a plain decimal, without ever making it a float. */
function grouped(plain: string): string {
  const [whole = "0", fraction] = plain.split(".");
  const digits = whole.replace(/\B(?=(\d{3})+$)/g, ",");
  return fraction === undefined ? digits : `${digits}.${fraction}`;
}

function signed(value: Decimal, text: (magnitude: Decimal) => string): string {
  return `${value.isNegative() && !value.isZero() ? "−" : ""}${text(value.abs())}`;
}

/** A total in USD: two decimals, and "< $0.01" where rounding would claim that nothing was spent. */
export function formatTotal(usd: string): string {
  return signed(new Exact(usd), (magnitude) => {
    if (magnitude.isZero()) return "$0.00";
    if (magnitude.lt("0.01")) return "< $0.01";
    return `$${grouped(magnitude.toFixed(2))}`;
  });
}

/** The cost of one call or unit in USD: two to six decimals, as many as it has. */
export function formatUnitCost(usd: string): string {
  return signed(new Exact(usd), (magnitude) => {
    if (magnitude.isZero()) return "$0.00";
    if (magnitude.lt("0.000001")) return "< $0.000001";
    const places = Math.max(2, magnitude.toDecimalPlaces(6).decimalPlaces());
    return `$${grouped(magnitude.toFixed(places))}`;
  });
}

/** Every digit that is stored, for tooltips and formulas. */
export function formatExact(usd: string): string {
  return signed(
    new Exact(usd),
    (magnitude) => `$${grouped(magnitude.toFixed(Math.max(2, magnitude.decimalPlaces())))}`,
  );
}

/** A decimal that is no amount of money, such as tokens or a percentage: every digit of it, without zeros at its end. */
export function formatDecimal(decimal: string): string {
  return signed(new Exact(decimal), (magnitude) => grouped(magnitude.toFixed()));
}

/** A difference of totals, always with its sign. */
export function formatTotalChange(usd: string): string {
  const change = new Exact(usd);
  if (change.isZero()) return "±$0.00";
  return change.isPositive() ? `+${formatTotal(usd)}` : formatTotal(usd);
}

/** For axes, where place is short: $0.4, $12, $3.4k. */
export function formatAxis(usd: number): string {
  if (usd === 0) return "$0";
  if (usd >= 1_000_000) return `$${String(Number((usd / 1_000_000).toPrecision(3)))}M`;
  if (usd >= 1000) return `$${String(Number((usd / 1000).toPrecision(3)))}k`;
  return `$${String(Number(usd.toPrecision(usd < 1 ? 2 : 3)))}`;
}

/** The one way from a decimal to a float: lengths on the screen. Never for a figure that is shown or summed. */
export function toGeometry(usd: string): number {
  return new Exact(usd).toNumber();
}

export function sumUsd(amounts: readonly string[]): string {
  return amounts.reduce((sum, usd) => sum.plus(usd), new Exact(0)).toFixed();
}

/** Below 0 where one is less, 0 where both are the same, to the last decimal. */
export function compareUsd(one: string, other: string): number {
  return new Exact(one).cmp(other);
}

export function subtractUsd(from: string, usd: string): string {
  return new Exact(from).minus(usd).toFixed();
}

/** Mean in USD, to the 18 decimals of the ledger; null when there is nothing to divide by. */
export function meanUsd(sum: string, count: number): string | null {
  return count === 0 ? null : new Exact(sum).div(count).toDecimalPlaces(18).toFixed();
}

/** part ÷ whole as a fraction of 1; null when the whole is nothing. */
export function shareOf(part: string, whole: string): number | null {
  const total = new Exact(whole);
  return total.isZero() ? null : new Exact(part).div(total).toNumber();
}

/** (now − before) ÷ before; null when there was nothing before. */
export function changeOf(now: string, before: string): number | null {
  const base = new Exact(before);
  return base.isZero() ? null : new Exact(now).minus(base).div(base).toNumber();
}
