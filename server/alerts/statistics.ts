export interface Spread {
  points: number;
  mean: number;
  /** Of the sample (n − 1); 0 for a single point. */
  deviation: number;
}

export function spreadOf(values: readonly number[]): Spread {
  const points = values.length;
  if (points === 0) return { points, mean: 0, deviation: 0 };
  const mean = values.reduce((sum, value) => sum + value, 0) / points;
  if (points === 1) return { points, mean, deviation: 0 };
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return { points, mean, deviation: Math.sqrt(squares / (points - 1)) };
}

/**
 * The upper edge of what is usual. Hardly any scatter would make every trifle "a million sigma", and none at all nothing
 * comparable: so the deviation counts for at least a share of the mean.
 */
export function upperEdge({ mean, deviation }: Spread, sigmas: number, leastShare: number): number {
  return mean + sigmas * Math.max(deviation, leastShare * mean);
}

export const meanOf = (values: readonly number[]): number => spreadOf(values).mean;

/** The lower one of an even number: one that has been, and not moved by a day that was an incident itself. */
export function medianOf(values: readonly number[]): number | null {
  const sorted = [...values].sort((one, other) => one - other);
  return sorted[Math.floor((sorted.length - 1) / 2)] ?? null;
}
