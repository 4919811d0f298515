"use client";

import { useMutation } from "@tanstack/react-query";
import { type SubmitEvent, useState } from "react";
import { fieldError } from "@/app/_components/forms/field-error";
import { Button } from "@/app/_components/ui/button";
import { Callout } from "@/app/_components/ui/callout";
import { Field, Input } from "@/app/_components/ui/field";
import { errorSentence } from "@/app/_format/errors";
import { useTRPC } from "@/app/_trpc/client";
import { minPasswordLength } from "@/server/auth/schemas";

export function ResetForm({ email, token }: { email: string; token: string }) {
  const [password, setPassword] = useState("");
  const reset = useMutation(
    useTRPC().account.resetPassword.mutationOptions({
      onSuccess: () => window.location.assign("/sign-in?reset=done"),
    }),
  );
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    reset.mutate({ email, token, password });
  };
  return (
    <form onSubmit={submit} className="space-y-4">
      {reset.isError && reset.error.data?.field === undefined && (
        <Callout tone="bad">{errorSentence(reset.error)}</Callout>
      )}
      <Field
        label="New password"
        hint={`${String(minPasswordLength)} characters or more.`}
        error={fieldError(reset.error, "password")}
      >
        {(ids) => (
          <Input
            {...ids}
            type="password"
            autoComplete="new-password"
            required
            autoFocus
            minLength={minPasswordLength}
            value={password}
            onChange={(event) => setPassword(event.target.value)}
          />
        )}
      </Field>
      <Button
        type="submit"
        variant="primary"
        size="lg"
        className="w-full"
        disabled={reset.isPending || reset.isSuccess}
      >
        Set the password
      </Button>
    </form>
  );
}
