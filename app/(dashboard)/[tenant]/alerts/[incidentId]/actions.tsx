"use client";

import { useState } from "react";
import { Button } from "@/app/_components/ui/button";
import type { IncidentAction } from "@/server/incidents/transition";
import { useRight } from "../../_components/tenant-context";
import { NoteDialog } from "./note-dialog";
import { SnoozeDialog } from "./snooze-dialog";
import { useIncidentActions } from "./use-incident-actions";

interface ActionsProps {
  id: string;
  /** What its state allows. */
  possible: readonly IncidentAction[];
  now: Date;
}

/** What can be done about an incident, for who may. */
export function Actions({ id, possible, now }: ActionsProps) {
  const mayWrite = useRight("incidents:write");
  const actions = useIncidentActions(id);
  // It stays when the dialog closes, which gives the focus back only if it is still there.
  const [asked, setAsked] = useState<IncidentAction | null>(null);
  const [isOpen, setIsOpen] = useState(false);
  const [opening, setOpening] = useState(0);
  if (!mayWrite) return null;
  const ask = (action: IncidentAction) => () => {
    setAsked(action);
    setIsOpen(true);
    setOpening(opening + 1);
  };
  const dialog = { open: isOpen, onClose: () => setIsOpen(false) };
  const can = (action: IncidentAction) => possible.includes(action);
  return (
    <div className="flex flex-wrap gap-2">
      {can("acknowledge") && (
        <Button variant="primary" disabled={actions.isBusy} onClick={actions.acknowledge}>
          Acknowledge
        </Button>
      )}
      {can("snooze") && <Button onClick={ask("snooze")}>Snooze</Button>}
      {can("resolve") && <Button onClick={ask("resolve")}>Resolve</Button>}
      {can("reopen") && <Button onClick={ask("reopen")}>Reopen</Button>}
      {can("note") && (
        <Button variant="ghost" onClick={ask("note")}>
          Add a note
        </Button>
      )}
      {asked === "snooze" && <SnoozeDialog key={opening} {...dialog} now={now} onSnooze={actions.snooze} />}
      {asked === "resolve" && (
        <NoteDialog
          key={opening}
          {...dialog}
          title="Resolve the incident?"
          label="Why"
          placeholder="What was done about it"
          submit="Resolve"
          onSubmit={actions.resolve}
        >
          The rule stays quiet about what goes on, until it has ended or has become twice as bad. Who was told
          of the incident is told that it is over.
        </NoteDialog>
      )}
      {asked === "reopen" && (
        <NoteDialog
          key={opening}
          {...dialog}
          title="Open the incident again?"
          label="Why"
          placeholder="What is not over"
          submit="Reopen"
          onSubmit={actions.reopen}
        >
          Who was told of the incident is told that it is back.
        </NoteDialog>
      )}
      {asked === "note" && (
        <NoteDialog
          key={opening}
          {...dialog}
          isRequired
          title="Add a note"
          label="Note"
          placeholder="What you found out"
          submit="Add the note"
          onSubmit={(note) => note !== null && actions.note(note)}
        />
      )}
    </div>
  );
}
