"use client";

import { type SubmitEvent, useId, useState } from "react";
import { Button } from "@/app/_components/ui/button";
import { Dialog } from "@/app/_components/ui/dialog";
import { Field, Input } from "@/app/_components/ui/field";
import { Segmented } from "@/app/_components/ui/segmented";
import { longestSnoozeDays } from "@/server/incidents/schemas";
import { useTenant } from "../../_components/tenant-context";
import { type Snooze, wakesAt, wallOf } from "./snooze-until";

const choices = [
  { value: "1h", label: "1 hour" },
  { value: "4h", label: "4 hours" },
  { value: "1d", label: "1 day" },
  { value: "until", label: "Until …" },
] as const;
const hourMs = 3_600_000;

interface SnoozeDialogProps {
  open: boolean;
  onClose: () => void;
  now: Date;
  onSnooze: (until: Date, note: string | null) => void;
}

export function SnoozeDialog({ open, onClose, now, onSnooze }: SnoozeDialogProps) {
  const { timeZone } = useTenant();
  const formId = useId();
  const [snooze, setSnooze] = useState<Snooze>("4h");
  const [wall, setWall] = useState(() => wallOf(new Date(now.getTime() + 24 * hourMs), timeZone));
  const [note, setNote] = useState("");
  const until = wakesAt(snooze, wall, now, timeZone);
  const latest = new Date(now.getTime() + longestSnoozeDays * 24 * hourMs);
  const isPossible = until !== null && until > now && until <= latest;
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    if (!until) return;
    onClose();
    onSnooze(until, note.trim() === "" ? null : note.trim());
  };
  return (
    <Dialog
      open={open}
      onClose={onClose}
      title="Snooze the incident"
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" form={formId} variant="primary" disabled={!isPossible}>
            Snooze
          </Button>
        </>
      }
    >
      <form id={formId} onSubmit={submit} className="space-y-4">
        <p className="text-sm text-ink-muted">
          It stays quiet until then. If the rule still finds it, it is open again and told anew.
        </p>
        <Segmented label="For how long" value={snooze} options={choices} onChange={setSnooze} />
        {snooze === "until" && (
          <Field
            label="Until"
            hint={`In the organisation’s zone, ${timeZone}; at most ${String(longestSnoozeDays)} days away.`}
            error={isPossible ? undefined : "This is no time within the next 30 days."}
          >
            {(ids) => (
              <Input
                {...ids}
                required
                type="datetime-local"
                className="max-w-60"
                min={wallOf(now, timeZone)}
                max={wallOf(latest, timeZone)}
                value={wall}
                onChange={({ target }) => setWall(target.value)}
              />
            )}
          </Field>
        )}
        <Field label="Why">
          {(ids) => (
            <Input
              {...ids}
              maxLength={2_000}
              autoComplete="off"
              placeholder="Who looks at it then"
              value={note}
              onChange={({ target }) => setNote(target.value)}
            />
          )}
        </Field>
      </form>
    </Dialog>
  );
}
