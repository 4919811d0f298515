import { DomainError } from "@/server/errors";
import type { RunState } from "./schemas";

/** What can happen to a run. */
export type RunEvent = "previewed" | "approved" | "discarded" | "finished" | "failed" | "retried";

/**
 * requested → previewing → previewed → running → done. A preview may be discarded as long as nothing was applied; what
 * failed goes on from where it was.
 */
const next: Record<RunState, Partial<Record<RunEvent, RunState>>> = {
  previewing: { previewed: "previewed", failed: "failed", discarded: "discarded" },
  previewed: { approved: "running", discarded: "discarded" },
  running: { finished: "done", failed: "failed" },
  done: {},
  failed: {},
  discarded: {},
};

const refusals: Record<RunState, string> = {
  previewing: "The preview is still being worked out.",
  previewed: "This repricing waits to be approved.",
  running: "This repricing is running already.",
  done: "This repricing is done.",
  failed: "This repricing has failed.",
  discarded: "This repricing was discarded.",
};

/**
 * @param wasApproved what failed before that goes back to its preview, after it to its calls, and is no longer discarded
 * @throws DomainError CONFLICT when this cannot happen to a run in that state
 */
export function stateAfter(state: RunState, event: RunEvent, wasApproved = false): RunState {
  const after = state === "failed" ? afterFailure(event, wasApproved) : next[state][event];
  if (!after) throw new DomainError("CONFLICT", refusals[state]);
  return after;
}

function afterFailure(event: RunEvent, wasApproved: boolean): RunState | undefined {
  if (event === "retried") return wasApproved ? "running" : "previewing";
  return event === "discarded" && !wasApproved ? "discarded" : undefined;
}
