import { ruleOf } from "@/server/alerts/schemas";
import type { RuleId } from "@/server/incidents/schemas";

interface Rule {
  rule: RuleId;
  evaluatedTo: string | null;
}

const hourMs = 3_600_000;
/** Without calls nothing is rolled up; then rules look at this minute of each hour (inngest/alerts). */
const minuteOfHourMs = 2 * 60_000;

/** When the rules that look after each roll-up did so last (null: never), and by when they will again; instants. */
export function lookedAt(rules: readonly Rule[], now: Date): { last: string | null; next: string } {
  const looks = rules.flatMap(({ rule, evaluatedTo }) =>
    ruleOf(rule).cadence === "fast" && evaluatedTo !== null ? [new Date(evaluatedTo).getTime()] : [],
  );
  const hour = Math.floor((now.getTime() - minuteOfHourMs) / hourMs) + 1;
  return {
    last: looks.length === 0 ? null : new Date(Math.max(...looks)).toISOString(),
    next: new Date(hour * hourMs + minuteOfHourMs).toISOString(),
  };
}
