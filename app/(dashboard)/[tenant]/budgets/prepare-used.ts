/** A budget's bar: lengths in parts of its width. */
export interface UsedBar {
  length: number;
  tone: "fine" | "warned" | "exceeded";
  /** Thresholds, each with its place; those beyond the bar are left out. */
  marks: { per: number; at: number; isPassed: boolean }[];
}

/** A bar that is as wide as the amount, or, once that is exceeded, as what was used. @param used share of the amount */
export function prepareUsed(used: number, thresholds: readonly number[]): UsedBar {
  const scale = Math.max(1, used);
  const passed = thresholds.filter((per) => used * 100 >= per);
  return {
    length: used / scale,
    tone: used > 1 ? "exceeded" : passed.length > 0 ? "warned" : "fine",
    marks: thresholds
      .map((per) => ({ per, at: per / 100 / scale, isPassed: used * 100 >= per }))
      // One at the very end is the bar's own end.
      .filter(({ at }) => at < 1),
  };
}
