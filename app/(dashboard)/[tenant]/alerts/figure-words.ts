import { formatTotal } from "@/app/_format/money";
import {
  formatCompact,
  formatCount,
  formatLatency,
  formatMultiple,
  formatShare,
  plural,
} from "@/app/_format/quantities";
import type { IncidentUnit } from "@/server/incidents/schemas";

/** What a rule compares, as it is read: "$41.20", "38%", "2.4×", "3 h". @param value decimal string in the unit */
export function figureWords(value: string, unit: IncidentUnit): string {
  if (unit === "usd") return formatTotal(value);
  const number = Number(value);
  switch (unit) {
    case "share":
      return formatShare(number);
    case "ratio":
      return formatMultiple(number);
    case "calls":
      return plural(Math.round(number), "call");
    case "ms":
      return formatLatency(number);
    case "usd_ms":
      return `${formatCompact(Math.round(number))} $·ms`;
    case "hours":
      return `${formatCount(number)} h`;
  }
}
