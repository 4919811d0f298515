import type { Ctx } from "@/server/context";
import { DomainError } from "@/server/errors";
import { act } from "./act";
import { type Incident, longestSnoozeDays, SnoozeIncidentInput } from "./schemas";

/**
 * Not now: it wakes at that instant if the rule still finds it, and says so.
 * @throws DomainError NOT_FOUND; CONFLICT where its state allows something else; INVALID_INPUT for an instant that is over or
 * more than 30 days away
 */
export async function snoozeIncident(ctx: Ctx, input: SnoozeIncidentInput): Promise<Incident> {
  const { until: when, ...named } = SnoozeIncidentInput.parse(input);
  const until = new Date(when);
  const days = (until.getTime() - ctx.now.getTime()) / 86_400_000;
  if (days <= 0) throw new DomainError("INVALID_INPUT", "`until` must lie ahead.", { field: "until" });
  if (days > longestSnoozeDays) {
    const message = `At most ${String(longestSnoozeDays)} days can be slept through.`;
    throw new DomainError("INVALID_INPUT", message, { field: "until" });
  }
  return act(ctx, { ...named, until, action: "snooze" });
}
