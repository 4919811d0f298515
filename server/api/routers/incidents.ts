import { allowed, router } from "@/server/api/trpc";
import { acknowledgeIncident } from "@/server/incidents/acknowledge";
import { listIncidents } from "@/server/incidents/list";
import { noteIncident } from "@/server/incidents/note";
import { readIncident } from "@/server/incidents/read";
import { reopenIncident } from "@/server/incidents/reopen";
import { resolveIncident } from "@/server/incidents/resolve";
import {
  IncidentActionInput,
  IncidentInput,
  ListIncidentsInput,
  NoteIncidentInput,
  SnoozeIncidentInput,
} from "@/server/incidents/schemas";
import { snoozeIncident } from "@/server/incidents/snooze";

export const incidentsRouter = router({
  list: allowed("alerts:read")
    .input(ListIncidentsInput)
    .query(({ ctx, input }) => listIncidents(ctx, input)),
  read: allowed("alerts:read")
    .input(IncidentInput)
    .query(({ ctx, input }) => readIncident(ctx, input)),
  acknowledge: allowed("incidents:write")
    .input(IncidentActionInput)
    .mutation(({ ctx, input }) => acknowledgeIncident(ctx, input)),
  snooze: allowed("incidents:write")
    .input(SnoozeIncidentInput)
    .mutation(({ ctx, input }) => snoozeIncident(ctx, input)),
  resolve: allowed("incidents:write")
    .input(IncidentActionInput)
    .mutation(({ ctx, input }) => resolveIncident(ctx, input)),
  reopen: allowed("incidents:write")
    .input(IncidentActionInput)
    .mutation(({ ctx, input }) => reopenIncident(ctx, input)),
  note: allowed("incidents:write")
    .input(NoteIncidentInput)
    .mutation(({ ctx, input }) => noteIncident(ctx, input)),
});
