"use client";

import { Check } from "lucide-react";
import { type ReactNode, type SubmitEvent, useState } from "react";
import { Badge } from "@/app/_components/ui/badge";
import { Button } from "@/app/_components/ui/button";
import { Card, CardHeader } from "@/app/_components/ui/card";
import { Field, Input } from "@/app/_components/ui/field";
import { formatInstant } from "@/app/_format/dates";
import type { Outputs } from "@/app/_trpc/client";
import type { ReviewStep } from "@/server/weekly-review/schemas";
import { stepTitles } from "../words";

type Ticked = Outputs["reviews"]["read"]["ticked"][number];

interface StepCardProps {
  step: ReviewStep;
  /** Its place, from 1. */
  place: number;
  sentence: string;
  ticked: Ticked | undefined;
  tickedBy: string;
  timeZone: string;
  /** Null: nothing can be changed. */
  changes: {
    isBusy: boolean;
    tick: (step: ReviewStep, note: string) => void;
    untick: (step: ReviewStep) => void;
  } | null;
  children?: ReactNode;
}

/** One part of a review, to be ticked once somebody has been through it. */
export function StepCard(props: StepCardProps) {
  const { step, place, sentence, ticked, tickedBy, timeZone, changes, children } = props;
  const [note, setNote] = useState("");
  const title = stepTitles[step];
  const onSubmit = (event: SubmitEvent) => {
    event.preventDefault();
    changes?.tick(step, note);
  };
  return (
    <Card id={step}>
      <CardHeader title={`${String(place)}. ${title}`} hint={sentence}>
        {ticked && <Badge tone="good">ticked</Badge>}
      </CardHeader>
      {children}
      {ticked ? (
        <footer className="flex flex-wrap items-center gap-3 border-t px-4 py-3 text-sm sm:px-5">
          <p className="min-w-0 flex-1 wrap-anywhere text-ink-muted">
            {ticked.note !== null && <span className="text-ink">“{ticked.note}” </span>}
            Ticked by {tickedBy}, {formatInstant(ticked.tickedAt, timeZone)}.
          </p>
          {changes && (
            <Button
              size="sm"
              variant="ghost"
              disabled={changes.isBusy}
              aria-label={`Take back the tick of ${title}`}
              onClick={() => changes.untick(step)}
            >
              Take back
            </Button>
          )}
        </footer>
      ) : (
        changes && (
          <form onSubmit={onSubmit} className="flex flex-wrap items-end gap-3 border-t px-4 py-3 sm:px-5">
            <Field label={`Note on ${title.charAt(0).toLowerCase()}${title.slice(1)}`} className="flex-1 basis-56">
              {(ids) => (
                <Input {...ids} maxLength={2_000} value={note} placeholder="Optional: what follows from it" onChange={(event) => setNote(event.target.value)} />
              )}
            </Field>
            <Button type="submit" disabled={changes.isBusy} aria-label={`Tick ${title}`}>
              <Check /> Tick
            </Button>
          </form>
        )
      )}
    </Card>
  ); // prettier-ignore
}
