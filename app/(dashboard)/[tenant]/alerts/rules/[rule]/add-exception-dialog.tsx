"use client";

import { skipToken, useQuery } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { type SubmitEvent, useId, useState } from "react";
import { Button } from "@/app/_components/ui/button";
import { Dialog } from "@/app/_components/ui/dialog";
import { Field, Input, Select } from "@/app/_components/ui/field";
import { useTRPC } from "@/app/_trpc/client";
import { AlertSubject, ruleOf } from "@/server/alerts/schemas";
import { groupings } from "@/server/analytics/schemas";
import { addDays, localDay } from "@/server/calendar/local-day";
import type { IncidentSubjectKind, RuleId } from "@/server/incidents/schemas";
import { useTenant } from "../../../_components/tenant-context";
import { useNow } from "../../../_components/use-now";
import { kindLabels } from "../../words";
import { ruleHref } from "./search-params";

interface AddExceptionDialogProps {
  open: boolean;
  onClose: () => void;
  rule: RuleId;
}

const hints: Partial<Record<IncidentSubjectKind, string>> = {
  feature: "As calls are tagged with it. Leave it empty for calls without a feature.",
  model: "With its provider: openai/gpt-4o.",
  source: "The connection’s name.",
};

/** Asks who is to be watched otherwise, and leads to where that is tried out and saved. */
export function AddExceptionDialog({ open, onClose, rule }: AddExceptionDialogProps) {
  const { slug, timeZone } = useTenant();
  const router = useRouter();
  const formId = useId();
  const listId = useId();
  const { subjects } = ruleOf(rule);
  const [kind, setKind] = useState<IncidentSubjectKind>(subjects[0] ?? "tenant");
  const [key, setKey] = useState("");
  const [opened] = useState(() => new Date().toISOString());
  const today = localDay(useNow(opened), timeZone);
  const tag = groupings.find((one) => one === kind && one !== "model");
  const names = useQuery(
    useTRPC().reports.values.queryOptions(
      open && tag ? { from: addDays(today, -30), to: addDays(today, 1), tag } : skipToken,
    ),
  );
  const subject = AlertSubject.safeParse({ kind, key: kind === "tenant" ? "" : key.trim() });
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    if (!subject.success) return;
    onClose();
    router.push(ruleHref(slug, rule, subject.data));
  };
  return (
    <Dialog
      open={open}
      onClose={onClose}
      title="Add an exception"
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" form={formId} variant="primary" disabled={!subject.success}>
            Go on
          </Button>
        </>
      }
    >
      <form id={formId} onSubmit={submit} className="space-y-4">
        {subjects.length > 1 && (
          <Field label="For">
            {(ids) => (
              <Select
                {...ids}
                value={kind}
                onChange={({ target }) => {
                  const next = subjects.find((one) => one === target.value);
                  if (next) setKind(next);
                }}
              >
                {subjects.map((one) => (
                  <option key={one} value={one}>
                    {kindLabels[one]}
                  </option>
                ))}
              </Select>
            )}
          </Field>
        )}
        {kind === "tenant" ? (
          <p className="text-sm text-ink-muted">The organisation as a whole.</p>
        ) : (
          <Field label={kindLabels[kind]} hint={hints[kind] ?? "As calls are tagged with it."}>
            {(ids) => (
              <>
                <Input
                  {...ids}
                  list={listId}
                  maxLength={1_024}
                  autoComplete="off"
                  spellCheck={false}
                  value={key}
                  onChange={({ target }) => setKey(target.value)}
                />
                <datalist id={listId}>
                  {names.data?.values.map(
                    ({ value }) => value !== null && <option key={value} value={value} />,
                  )}
                </datalist>
              </>
            )}
          </Field>
        )}
      </form>
    </Dialog>
  );
}
