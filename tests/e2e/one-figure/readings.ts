import { Decimal } from "decimal.js";

export const doors = ["screen", "csv", "api", "metrics", "bi", "ledger"] as const;
export type Door = (typeof doors)[number];

/** One figure as each door tells it: plain decimals, every digit. */
export type Readings = Partial<Record<Door, string>>;

const Exact = Decimal.clone({ precision: 60 });

/** The same figure with its last digit one higher. */
export function oneMore(value: string): string {
  const exact = new Exact(value);
  return exact.plus(new Exact(10).pow(-exact.decimalPlaces())).toFixed();
}

/**
 * The doors that tell something else than the plain sum over the calls. Where all of them agree against it, it is the
 * sum that lies: something reached the calls behind the roll-ups' back.
 */
export function liars(readings: Readings): Door[] {
  const { ledger } = readings;
  const told = doors.filter((door) => door !== "ledger" && readings[door] !== undefined);
  const others = told.filter((door) => readings[door] !== ledger);
  const isUnanimous = told.length > 1 && new Set(told.map((door) => readings[door])).size === 1;
  return others.length > 0 && isUnanimous ? ["ledger"] : others;
}

/** For people: a line for each figure, its value and the doors that told it. */
export function tableOf(all: readonly { name: string; readings: Readings }[]): string {
  const lines = all.map(({ name, readings }) => {
    const told = doors.filter((door) => readings[door] !== undefined);
    return [name.padEnd(58), (readings.ledger ?? "").padStart(26), ` ${told.join(", ")}`].join(" ");
  });
  return [`${"figure".padEnd(58)} ${"value".padStart(26)}  doors`, ...lines].join("\n");
}
