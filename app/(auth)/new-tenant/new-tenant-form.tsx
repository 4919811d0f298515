"use client";

import { useMutation } from "@tanstack/react-query";
import { type SubmitEvent, useState, useSyncExternalStore } from "react";
import { fieldError } from "@/app/_components/forms/field-error";
import { ZoneField } from "@/app/_components/forms/zone-field";
import { Button } from "@/app/_components/ui/button";
import { Callout } from "@/app/_components/ui/callout";
import { Field, Input } from "@/app/_components/ui/field";
import { errorSentence } from "@/app/_format/errors";
import { useTRPC } from "@/app/_trpc/client";

const never = () => () => undefined;
const browserZone = () => Intl.DateTimeFormat().resolvedOptions().timeZone;

export function NewTenantForm({ now }: { now: string }) {
  const [name, setName] = useState("");
  const [chosenZone, setChosenZone] = useState<string | null>(null);
  const ownZone = useSyncExternalStore(never, browserZone, () => "UTC");
  const timeZone = chosenZone ?? ownZone;
  const create = useMutation(
    useTRPC().tenants.create.mutationOptions({
      onSuccess: ({ slug }) => window.location.assign(`/${slug}/get-started`),
    }),
  );
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    create.mutate({ name, timeZone });
  };
  return (
    <form onSubmit={submit} className="space-y-4">
      {create.isError && create.error.data?.field === undefined && (
        <Callout tone="bad">{errorSentence(create.error)}</Callout>
      )}
      <Field label="Name" error={fieldError(create.error, "name")}>
        {(ids) => (
          <Input
            {...ids}
            required
            autoFocus
            maxLength={80}
            autoComplete="organization"
            value={name}
            onChange={(event) => setName(event.target.value)}
          />
        )}
      </Field>
      <ZoneField
        value={timeZone}
        onChange={setChosenZone}
        now={new Date(now)}
        error={fieldError(create.error, "timeZone")}
      />
      <Button
        type="submit"
        variant="primary"
        size="lg"
        className="w-full"
        disabled={create.isPending || create.isSuccess}
      >
        Create
      </Button>
    </form>
  );
}
