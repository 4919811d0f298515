import { formatDate } from "@/app/_format/dates";
import type { Run } from "./run-state";

/** "openai / gpt-4o of chat, 1 Nov – 20 Nov 2026, unpriced only": which calls a run is about. */
export function scopeWords(
  { from, to, provider, model, feature, onlyUnpriced }: Run["scope"],
  timeZone: string,
): string {
  const which = [provider, model].filter(Boolean).join(" / ");
  const whose = feature === undefined ? "" : ` of ${feature ?? "no feature"}`;
  // The end is exclusive; people name the last day.
  const lastDay = new Date(new Date(to).getTime() - 1).toISOString();
  const [first, last] = [formatDate(from, timeZone), formatDate(lastDay, timeZone)];
  const when = first === last ? first : `${first} – ${last}`;
  return `${which === "" ? "All models" : which}${whose}, ${when}${onlyUnpriced ? ", unpriced calls only" : ""}`;
}
