import type { Ctx } from "@/server/context";
import { act } from "./act";
import { type Incident, IncidentActionInput } from "./schemas";

/** It is dealt with. The rule stays quiet about it until it has ended, or becomes worse. @throws DomainError NOT_FOUND; CONFLICT where its state allows something else */
export function resolveIncident(ctx: Ctx, input: IncidentActionInput): Promise<Incident> {
  return act(ctx, { ...IncidentActionInput.parse(input), action: "resolve" });
}
