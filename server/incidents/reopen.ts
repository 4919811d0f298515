import type { Ctx } from "@/server/context";
import { act } from "./act";
import { type Incident, IncidentActionInput } from "./schemas";

/** It was not over after all. @throws DomainError NOT_FOUND; CONFLICT where its state allows something else */
export function reopenIncident(ctx: Ctx, input: IncidentActionInput): Promise<Incident> {
  return act(ctx, { ...IncidentActionInput.parse(input), action: "reopen" });
}
