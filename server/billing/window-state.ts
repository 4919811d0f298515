import type { ExportState } from "./schemas";

/** What people must look at comes first. */
const gravest: readonly ExportState[] = ["refused", "too_old", "unknown", "pending", "sent", "confirmed"];

/** An hour with several revisions is as far as the one that is worst off. */
export function windowState(states: readonly ExportState[]): ExportState {
  return gravest.find((state) => states.includes(state)) ?? "pending";
}
