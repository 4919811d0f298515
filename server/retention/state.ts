import { addDays, type LocalDay } from "@/server/calendar/local-day";
import type { RetentionSettings } from "./schemas";

/** `never`: an app told of the user, who has no call and no event. */
export const userStates = ["active", "atRisk", "churned", "never"] as const;
export type UserState = (typeof userStates)[number];

/** The first local days on which somebody must have been there last to be in a state. */
export interface StateBounds {
  /** From this day on: active. */
  active: LocalDay;
  /** From this day on, and before that one: at risk; before both: churned. */
  atRisk: LocalDay;
}

/** @param today of the tenant's zone */
export function stateBounds(
  today: LocalDay,
  { activeDays, churnDays }: Pick<RetentionSettings, "activeDays" | "churnDays">,
): StateBounds {
  return { active: addDays(today, -activeDays), atRisk: addDays(today, -churnDays) };
}

/**
 * How a user stands by the last day with activity; who came back is active again.
 * @param lastDay null: no call and no event yet
 */
export function stateOf(lastDay: LocalDay | null, bounds: StateBounds): UserState {
  if (lastDay === null) return "never";
  if (lastDay >= bounds.active) return "active";
  return lastDay >= bounds.atRisk ? "atRisk" : "churned";
}
