import type { Ctx } from "@/server/context";
import { act } from "./act";
import { type Incident, NoteIncidentInput } from "./schemas";

/** A word for the others, whatever its state. @throws DomainError NOT_FOUND */
export function noteIncident(ctx: Ctx, input: NoteIncidentInput): Promise<Incident> {
  return act(ctx, { ...NoteIncidentInput.parse(input), action: "note" });
}
