/** Where the buckets of a plot lie, as fractions of its width. Bars stand in their bucket; a line goes from edge to edge. */
export interface PlotScale {
  start: (at: number) => number;
  middle: (at: number) => number;
  end: (at: number) => number;
}

export function barScale(count: number): PlotScale {
  return {
    start: (at) => at / count,
    middle: (at) => (at + 0.5) / count,
    end: (at) => (at + 1) / count,
  };
}

export function lineScale(count: number): PlotScale {
  if (count < 2) return { start: () => 0, middle: () => 0.5, end: () => 1 };
  const inside = (x: number) => Math.min(1, Math.max(0, x));
  return {
    start: (at) => inside((at - 0.5) / (count - 1)),
    middle: (at) => at / (count - 1),
    end: (at) => inside((at + 0.5) / (count - 1)),
  };
}

export const percent = (fraction: number) => `${String(Number((fraction * 100).toFixed(3)))}%`;
