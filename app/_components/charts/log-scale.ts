/** A logarithmic axis. */
export interface LogScale {
  from: number;
  to: number;
  /** Where a value lies, as a fraction of the axis. */
  at: (value: number) => number;
  /** Round values to be marked. */
  ticks: number[];
}

const steps = [1, 2, 5] as const;
const round = (step: number, power: number) => Number(`${String(step)}e${String(power)}`);

/** 1, 2 and 5 of every power of ten in between. */
function roundValues(low: number, high: number): number[] {
  const values: number[] = [];
  for (let power = Math.floor(Math.log10(low)) - 1; power <= Math.ceil(Math.log10(high)) + 1; power++)
    for (const step of steps) values.push(round(step, power));
  return values;
}

/** Fewer marks where there are many powers: at most seven. */
function marks(values: readonly number[]): number[] {
  const most = 7;
  if (values.length <= most) return [...values];
  const powers = values.filter((value) => Number.isInteger(Math.log10(value)));
  const every = Math.ceil(powers.length / most);
  return powers.filter((_, at) => at % every === 0);
}

/** An axis from the round value (1, 2 or 5 of a power of ten) at or below the least to the one at or above the largest. */
export function logScale(values: readonly number[]): LogScale | null {
  const positive = values.filter((value) => value > 0 && Number.isFinite(value));
  if (positive.length === 0) return null;
  const [low, high] = [Math.min(...positive), Math.max(...positive)];
  const all = roundValues(low, high);
  // A float's logarithm may miss a round value by its last digit.
  const slack = 1e-9;
  const from = all.findLast((value) => value <= low * (1 + slack)) ?? low;
  const atOrAbove = all.find((value) => value >= high * (1 - slack)) ?? high;
  const to = atOrAbove > from ? atOrAbove : (all.find((value) => value > from) ?? from * 2);
  const length = Math.log10(to / from);
  return {
    from,
    to,
    at: (value) => Math.min(1, Math.max(0, Math.log10(value / from) / length)),
    ticks: marks(all.filter((value) => value >= from && value <= to)),
  };
}
