import type { Ctx } from "@/server/context";
import { act } from "./act";
import { type Incident, IncidentActionInput } from "./schemas";

/** Somebody looks into it. @throws DomainError NOT_FOUND; CONFLICT where its state allows something else */
export function acknowledgeIncident(ctx: Ctx, input: IncidentActionInput): Promise<Incident> {
  return act(ctx, { ...IncidentActionInput.parse(input), action: "acknowledge" });
}
