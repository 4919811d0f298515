const whole = new Intl.NumberFormat("en-US", { maximumFractionDigits: 0 });
const compact = new Intl.NumberFormat("en-US", { notation: "compact", maximumFractionDigits: 1 });
const percent = new Intl.NumberFormat("en-US", { style: "percent", maximumFractionDigits: 1 });

export function formatCount(count: number): string {
  return whole.format(count);
}

/** 1.2M; the exact number belongs into a tooltip. */
export function formatCompact(count: number): string {
  return count < 10_000 ? whole.format(count) : compact.format(count);
}

/** A fraction of 1 as a share; a trace is "< 0.1%", never 0%. */
export function formatShare(fraction: number): string {
  return fraction > 0 && fraction < 0.001 ? "< 0.1%" : percent.format(fraction);
}

/** A fraction of 1 as a change, with its sign. */
export function formatChange(fraction: number): string {
  const rounded = Math.round(Math.abs(fraction) * 1000) / 1000;
  if (rounded === 0) return "±0%";
  const sign = fraction < 0 ? "−" : "+";
  return rounded >= 10
    ? `${sign}${whole.format(rounded + 1)}×`.replace("+", "")
    : `${sign}${percent.format(rounded)}`;
}

/** How many times as much: 3.2×, 0.4×, 41×. */
export function formatMultiple(ratio: number): string {
  return `${ratio >= 10 ? whole.format(ratio) : String(Number(ratio.toPrecision(2)))}×`;
}

export function formatLatency(milliseconds: number): string {
  return milliseconds < 1000 ? `${whole.format(milliseconds)} ms` : `${(milliseconds / 1000).toFixed(2)} s`;
}

/** How long something went on: 850 ms, 12.88 s, 40 min 27 s, 3 h 5 min. */
export function formatDuration(milliseconds: number): string {
  const seconds = Math.round(milliseconds / 1000);
  if (seconds < 60) return formatLatency(milliseconds);
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return `${String(minutes)} min ${String(seconds % 60)} s`;
  return `${whole.format(Math.floor(minutes / 60))} h ${String(minutes % 60)} min`;
}

export function plural(count: number, one: string, many = `${one}s`): string {
  return `${whole.format(count)} ${count === 1 ? one : many}`;
}
