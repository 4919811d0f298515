import type { Labels, MetricFamily } from "./families";

export const formats = {
  /** What Prometheus has always read. */
  text: "text/plain; version=0.0.4; charset=utf-8",
  openMetrics: "application/openmetrics-text; version=1.0.0; charset=utf-8",
} as const;
export type Format = keyof typeof formats;

const escapes: Record<string, string> = { "\\": "\\\\", '"': '\\"', "\n": "\\n" };
const escape = (text: string) => text.replace(/[\\"\n]/g, (character) => escapes[character] ?? character);

function labelText(labels: Labels): string {
  if (labels.length === 0) return "";
  return `{${labels.map(([name, value]) => `${name}="${escape(value)}"`).join(",")}}`;
}

/** Metrics as one of the two formats has them: they differ in what a counter's family is called, in units and at the end. */
export function expose(families: readonly MetricFamily[], format: Format): string {
  const lines: string[] = [];
  for (const { name, type, unit, help, samples } of families) {
    const sampleName = type === "counter" ? `${name}_total` : name;
    const family = format === "openMetrics" ? name : sampleName;
    lines.push(`# TYPE ${family} ${type}`);
    if (format === "openMetrics" && unit !== undefined) lines.push(`# UNIT ${family} ${unit}`);
    // The older format escapes no quotes here; ours have none.
    lines.push(`# HELP ${family} ${escape(help)}`);
    for (const { labels, value } of samples) lines.push(`${sampleName}${labelText(labels)} ${value}`);
  }
  if (format === "openMetrics") lines.push("# EOF");
  return `${lines.join("\n")}\n`;
}
