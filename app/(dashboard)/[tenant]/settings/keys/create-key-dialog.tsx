"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type SubmitEvent, useId, useState } from "react";
import { fieldError } from "@/app/_components/forms/field-error";
import { SecretOnce } from "@/app/_components/forms/secret-once";
import { Button } from "@/app/_components/ui/button";
import { Callout } from "@/app/_components/ui/callout";
import { Dialog } from "@/app/_components/ui/dialog";
import { Field, Input, Select } from "@/app/_components/ui/field";
import { errorSentence } from "@/app/_format/errors";
import { useTRPC } from "@/app/_trpc/client";
import type { Scope } from "@/server/auth/permissions";

const scopeOptions = [
  { scope: "ingest", label: "Send calls", hint: "ingest: all that an app needs" },
  { scope: "read", label: "Read figures", hint: "read: reports, calls, prices" },
  { scope: "gate", label: "Ask the gate", hint: "gate: reserve before a call, settle after it" },
] as const satisfies { scope: Scope; label: string; hint: string }[];

const lifetimes = [
  [0, "Until it is revoked"],
  [30, "30 days"],
  [90, "90 days"],
  [365, "1 year"],
] as const;

interface Draft {
  name: string;
  scopes: readonly Scope[];
  environment: string;
  team: string;
  days: number;
}

const empty: Draft = { name: "", scopes: ["ingest"], environment: "", team: "", days: 0 };

/** Blank fields are no pins. */
function pinsOf({ environment, team }: Draft) {
  return {
    ...(environment.trim() === "" ? {} : { environment: environment.trim() }),
    ...(team.trim() === "" ? {} : { team: team.trim() }),
  };
}

export function CreateKeyDialog({ open, onClose, now }: { open: boolean; onClose: () => void; now: Date }) {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const formId = useId();
  const [draft, setDraft] = useState(empty);
  const change = (part: Partial<Draft>) => setDraft({ ...draft, ...part });
  const create = useMutation(
    trpc.keys.create.mutationOptions({
      onSuccess: () => queries.invalidateQueries(trpc.keys.list.queryFilter()),
    }),
  );
  const close = () => {
    create.reset();
    setDraft(empty);
    onClose();
  };
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    const expiresAt =
      draft.days === 0 ? null : new Date(now.getTime() + draft.days * 86_400_000).toISOString();
    create.mutate({ name: draft.name, scopes: [...draft.scopes], pins: pinsOf(draft), expiresAt });
  };

  if (create.data) {
    return (
      <Dialog
        sticky
        open={open}
        onClose={close}
        title={`Key “${create.data.name}”`}
        footer={
          <Button variant="primary" onClick={close}>
            I have copied it
          </Button>
        }
      >
        <SecretOnce text={create.data.key}>
          This is the only time that the key is shown; we keep no copy of it.
        </SecretOnce>
      </Dialog>
    );
  }
  return (
    <Dialog
      open={open}
      onClose={close}
      title="Create an API key"
      footer={
        <>
          <Button onClick={close}>Cancel</Button>
          <Button
            type="submit"
            form={formId}
            variant="primary"
            disabled={create.isPending || draft.scopes.length === 0}
          >
            Create
          </Button>
        </>
      }
    >
      <form id={formId} onSubmit={submit} className="space-y-4">
        <Field label="Name" hint="Say which app uses it." error={fieldError(create.error, "name")}>
          {(ids) => (
            <Input
              {...ids}
              required
              maxLength={80}
              value={draft.name}
              onChange={(event) => change({ name: event.target.value })}
            />
          )}
        </Field>
        <fieldset>
          <legend className="mb-1.5 text-sm font-medium">May</legend>
          <div className="grid gap-2 sm:grid-cols-2">
            {scopeOptions.map(({ scope, label, hint }) => (
              <label
                key={scope}
                className="flex items-start gap-2.5 rounded-md border border-line-strong px-3 py-2 has-checked:border-accent has-checked:bg-accent-soft"
              >
                <input
                  type="checkbox"
                  className="mt-1 accent-accent"
                  checked={draft.scopes.includes(scope)}
                  onChange={(event) =>
                    change({
                      scopes: event.target.checked
                        ? [...draft.scopes, scope]
                        : draft.scopes.filter((one) => one !== scope),
                    })
                  }
                />
                <span>
                  <span className="block text-sm font-medium">{label}</span>
                  <span className="block text-xs text-ink-muted">{hint}</span>
                </span>
              </label>
            ))}
          </div>
        </fieldset>
        <div className="grid gap-4 sm:grid-cols-2">
          <Field label="Pin environment" hint="Optional. Calls cannot override it.">
            {(ids) => (
              <Input
                {...ids}
                maxLength={64}
                placeholder="production"
                value={draft.environment}
                onChange={(event) => change({ environment: event.target.value })}
              />
            )}
          </Field>
          <Field label="Pin team" hint="Optional.">
            {(ids) => (
              <Input
                {...ids}
                maxLength={64}
                value={draft.team}
                onChange={(event) => change({ team: event.target.value })}
              />
            )}
          </Field>
        </div>
        <Field label="Valid" error={fieldError(create.error, "expiresAt")}>
          {(ids) => (
            <Select
              {...ids}
              value={draft.days}
              onChange={(event) => change({ days: Number(event.target.value) })}
            >
              {lifetimes.map(([days, label]) => (
                <option key={days} value={days}>
                  {label}
                </option>
              ))}
            </Select>
          )}
        </Field>
        {create.isError && create.error.data?.field === undefined && (
          <Callout tone="bad">{errorSentence(create.error)}</Callout>
        )}
      </form>
    </Dialog>
  );
}
