"use client";

import { useMutation, useQuery } from "@tanstack/react-query";
import { type SubmitEvent, useState } from "react";
import { fieldError } from "@/app/_components/forms/field-error";
import { Button } from "@/app/_components/ui/button";
import { Callout } from "@/app/_components/ui/callout";
import { Card, CardHeader } from "@/app/_components/ui/card";
import { Field, Input } from "@/app/_components/ui/field";
import { errorSentence } from "@/app/_format/errors";
import { useTRPC } from "@/app/_trpc/client";
import { minPasswordLength } from "@/server/auth/schemas";

export function ChangePassword({ email }: { email: string }) {
  const trpc = useTRPC();
  const me = useQuery(trpc.account.me.queryOptions());
  const [current, setCurrent] = useState("");
  const [next, setNext] = useState("");
  const change = useMutation(
    trpc.account.changePassword.mutationOptions({
      // All sessions have ended, this one too.
      onSuccess: () => window.location.assign("/sign-in?reset=done"),
    }),
  );
  const hasPassword = me.data?.hasPassword ?? true;
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    change.mutate({ current: hasPassword ? current : undefined, next });
  };
  return (
    <Card>
      <CardHeader title="Password" hint={`For ${email}. A change ends all sessions; you sign in again.`} />
      <form onSubmit={submit} className="grid max-w-xl gap-4 border-t px-4 py-5 sm:px-5">
        {change.isError && change.error.data?.field === undefined && (
          <Callout tone="bad">{errorSentence(change.error)}</Callout>
        )}
        {hasPassword && (
          <Field label="Current password" error={fieldError(change.error, "current")}>
            {(ids) => (
              <Input
                {...ids}
                type="password"
                autoComplete="current-password"
                required
                value={current}
                onChange={(event) => setCurrent(event.target.value)}
              />
            )}
          </Field>
        )}
        <Field
          label="New password"
          hint={`${String(minPasswordLength)} characters or more.`}
          error={fieldError(change.error, "next")}
        >
          {(ids) => (
            <Input
              {...ids}
              type="password"
              autoComplete="new-password"
              required
              minLength={minPasswordLength}
              value={next}
              onChange={(event) => setNext(event.target.value)}
            />
          )}
        </Field>
        <div>
          <Button type="submit" variant="primary" disabled={change.isPending || change.isSuccess}>
            Change the password
          </Button>
        </div>
      </form>
    </Card>
  );
}
