"use client";

import { useMutation } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { type SubmitEvent, useState } from "react";
import { toast } from "sonner";
import { fieldError } from "@/app/_components/forms/field-error";
import { ZoneField } from "@/app/_components/forms/zone-field";
import { Button } from "@/app/_components/ui/button";
import { Callout } from "@/app/_components/ui/callout";
import { Card, CardHeader } from "@/app/_components/ui/card";
import { Field, Input, Select } from "@/app/_components/ui/field";
import { errorSentence } from "@/app/_format/errors";
import { useTRPC } from "@/app/_trpc/client";
import { useRight, useTenant } from "../_components/tenant-context";
import { useNow } from "../_components/use-now";

const buffers = [
  [15, "15 minutes"],
  [60, "1 hour"],
  [180, "3 hours"],
  [720, "12 hours"],
  [1440, "1 day"],
  [2880, "2 days"],
] as const;

export function GeneralForm({ now: initialNow }: { now: string }) {
  const tenant = useTenant();
  const now = useNow(initialNow);
  const router = useRouter();
  const mayWrite = useRight("tenant:write");
  const [name, setName] = useState(tenant.name);
  const [timeZone, setTimeZone] = useState(tenant.timeZone);
  const [buffer, setBuffer] = useState(tenant.latencyBufferMinutes);
  const update = useMutation(
    useTRPC().tenants.update.mutationOptions({
      onSuccess: () => {
        toast.success("Saved.");
        router.refresh();
      },
    }),
  );
  const isChanged =
    name !== tenant.name || timeZone !== tenant.timeZone || buffer !== tenant.latencyBufferMinutes;
  const options = buffers.some(([minutes]) => minutes === tenant.latencyBufferMinutes)
    ? buffers
    : ([
        [tenant.latencyBufferMinutes, `${String(tenant.latencyBufferMinutes)} minutes`],
        ...buffers,
      ] as const);

  const save = (event: SubmitEvent) => {
    event.preventDefault();
    update.mutate({ name, timeZone, latencyBufferMinutes: buffer });
  };

  return (
    <Card>
      <CardHeader title="General" hint="What this organisation is called, and how its days are cut." />
      <form onSubmit={save} className="space-y-5 border-t px-4 py-5 sm:px-5">
        {!mayWrite && <Callout>Your role ({tenant.role}) can see these settings, not change them.</Callout>}
        <div className="grid max-w-xl gap-5">
          <Field label="Name" error={fieldError(update.error, "name")}>
            {(ids) => (
              <Input
                {...ids}
                required
                maxLength={80}
                disabled={!mayWrite}
                value={name}
                onChange={(event) => setName(event.target.value)}
              />
            )}
          </Field>
          <ZoneField
            value={timeZone}
            onChange={setTimeZone}
            disabled={!mayWrite}
            now={now}
            error={fieldError(update.error, "timeZone")}
          />
          {timeZone !== tenant.timeZone && (
            <Callout tone="warn">
              All days are added up again from the ledger. Charts may lag for a minute or two.
            </Callout>
          )}
          <Field
            label="Figures are final after"
            hint="How long late calls are waited for. Until then a figure is marked provisional."
            error={fieldError(update.error, "latencyBufferMinutes")}
          >
            {(ids) => (
              <Select
                {...ids}
                disabled={!mayWrite}
                value={buffer}
                onChange={(event) => setBuffer(Number(event.target.value))}
              >
                {options.map(([minutes, label]) => (
                  <option key={minutes} value={minutes}>
                    {label}
                  </option>
                ))}
              </Select>
            )}
          </Field>
          <Field label="Address" hint="Fixed, so that links stay true.">
            {(ids) => <Input {...ids} disabled readOnly value={`/${tenant.slug}`} className="font-mono" />}
          </Field>
        </div>
        {update.isError && update.error.data?.field === undefined && (
          <Callout tone="bad">{errorSentence(update.error)}</Callout>
        )}
        {mayWrite && (
          <Button type="submit" variant="primary" disabled={!isChanged || update.isPending}>
            {update.isPending ? "Saving …" : "Save"}
          </Button>
        )}
      </form>
    </Card>
  );
}
