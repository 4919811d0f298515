import type { Format } from "@/server/metrics/exposition";

export interface ParsedSample {
  name: string;
  labels: Record<string, string>;
  /** As it was written. */
  value: string;
}

export interface ParsedFamily {
  name: string;
  type: string;
  unit: string | null;
  help: string | null;
  samples: ParsedSample[];
}

const metricName = "[a-zA-Z_:][a-zA-Z0-9_:]*";
const sampleLine = new RegExp(`^(${metricName})(?:\\{(.*)\\})? ([^ ]+)$`, "su");
const descriptor = new RegExp(`^# (TYPE|UNIT|HELP) (${metricName}) (.*)$`, "su");
const label = /([a-zA-Z_][a-zA-Z0-9_]*)="((?:[^"\\\n]|\\["\\n])*)"(,|$)/uy;
const number = /^[+-]?(?:\d+(?:\.\d*)?|\d*\.\d+)(?:e[+-]?\d+)?$/i;
const types = { text: ["counter", "gauge", "histogram", "summary", "untyped"], openMetrics: ["counter", "gauge", "histogram", "gaugehistogram", "stateset", "info", "summary", "unknown"] }; // prettier-ignore

const fault = (what: string, line: string): never => {
  throw new Error(`${what}: ${JSON.stringify(line)}`);
};

function unescape(text: string, line: string, isHelp: boolean, format: Format): string {
  // The older format knows two escapes in a HELP line, and quotes there mean nothing.
  const known = isHelp && format === "text" ? /\\([\\n])/g : /\\(["\\n])/g;
  if (text.replace(known, "").includes("\\")) fault("an unknown escape", line);
  if (isHelp && format === "openMetrics" && text.replace(known, "").includes('"'))
    fault("a bare quote", line);
  return text.replace(known, (_, character: string) => (character === "n" ? "\n" : character));
}

function labelsOf(text: string | undefined, line: string, format: Format): Record<string, string> {
  const labels: Record<string, string> = {};
  label.lastIndex = 0;
  let at = 0;
  while (text !== undefined && at < text.length) {
    const found = label.exec(text);
    const [, name = "", value = "", comma] = found ?? fault("no label", line);
    if (Object.hasOwn(labels, name)) fault("a label twice", line);
    labels[name] = unescape(value, line, false, format);
    at = label.lastIndex;
    if (comma === "," && at === text.length) fault("a comma too many", line);
  }
  return labels;
}

function linesOf(text: string, format: Format): string[] {
  if (text.startsWith("\uFEFF")) fault("a byte order mark", text.slice(0, 9));
  if (!text.endsWith("\n")) fault("the last line is open", text.slice(-40));
  const lines = text.slice(0, -1).split("\n");
  if (lines.some((line) => line.endsWith("\r"))) fault("a carriage return", "");
  if (format === "openMetrics" && lines.pop() !== "# EOF") fault("no end", lines.at(-1) ?? "");
  return lines;
}

/**
 * Reads an exposition by the letter of its format (Prometheus' text 0.0.4, OpenMetrics 1.0.0), and stricter where scrapers
 * differ: every family says its type first, families do not mix, no labels are told twice.
 * @throws Error naming the first fault and its line
 */
export function parseExposition(text: string, format: Format): ParsedFamily[] {
  const families: ParsedFamily[] = [];
  for (const line of linesOf(text, format)) {
    const open = families.at(-1);
    if (line.startsWith("#")) {
      const [, keyword = "", name = "", rest = ""] = descriptor.exec(line) ?? fault("no descriptor", line);
      if (keyword === "TYPE") {
        if (!types[format].includes(rest)) fault("no type", line);
        if (families.some((family) => family.name === name)) fault("a family twice", line);
        families.push({ name, type: rest, unit: null, help: null, samples: [] });
        continue;
      }
      if (open?.name !== name || open.samples.length > 0) fault("a stray descriptor", line);
      else if (keyword === "HELP" && open.help === null) open.help = unescape(rest, line, true, format);
      else if (keyword === "UNIT" && open.unit === null && format === "openMetrics") open.unit = rest;
      else fault("a descriptor twice", line);
      if (keyword === "UNIT" && !name.endsWith(`_${rest}`)) fault("a unit that is not in the name", line);
      continue;
    }
    const [, name = "", labelText, value = ""] = sampleLine.exec(line) ?? fault("no sample", line);
    if (!open) return fault("a sample of no family", line);
    const expected = format === "openMetrics" && open.type === "counter" ? `${open.name}_total` : open.name;
    if (name !== expected) fault("a sample of another family", line);
    if (!number.test(value)) fault("no number", line);
    if (open.type === "counter" && value.startsWith("-")) fault("a counter below zero", line);
    if (open.type === "counter" && !name.endsWith("_total")) fault("a counter that is not called one", line);
    const labels = labelsOf(labelText, line, format);
    open.samples.push({ name, labels, value });
  }
  for (const { name, samples } of families) {
    const seen = new Set(samples.map(({ labels }) => JSON.stringify(Object.entries(labels).sort())));
    if (seen.size < samples.length) fault("labels told twice", name);
  }
  return families;
}
