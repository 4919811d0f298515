const intervals = 4;
const steps = [1, 1.5, 2, 2.5, 3, 4, 5, 6, 7.5, 8, 10];

/** The least end of an axis at or above `value` whose four intervals are all round numbers. */
export function axisTop(value: number): number {
  if (value <= 0) return 1;
  const rough = value / intervals;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = steps.find((candidate) => candidate * power >= rough) ?? 10;
  return Number((step * power * intervals).toPrecision(6));
}

/** The same for what comes in whole numbers: four intervals of at least one. */
export function countAxisTop(value: number): number {
  return Math.ceil(axisTop(Math.max(value, intervals)) / intervals) * intervals;
}

/** Room that the labels of the left axis need, in pixels. */
export function axisWidthOf(labels: readonly string[]): number {
  return Math.max(40, ...labels.map((label) => Math.ceil(label.length * 6.4) + 14));
}
