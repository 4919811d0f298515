"use client";

import { useMutation } from "@tanstack/react-query";
import { type SubmitEvent, useState } from "react";
import { fieldError } from "@/app/_components/forms/field-error";
import { Button } from "@/app/_components/ui/button";
import { Callout } from "@/app/_components/ui/callout";
import { Field, Input } from "@/app/_components/ui/field";
import { errorSentence } from "@/app/_format/errors";
import { useTRPC } from "@/app/_trpc/client";

export function ForgotForm() {
  const [email, setEmail] = useState("");
  const ask = useMutation(useTRPC().account.forgotPassword.mutationOptions());
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    ask.mutate({ email });
  };
  if (ask.isSuccess) {
    return (
      <Callout>If there is an account for {email}, a link is on its way. It works once, for an hour.</Callout>
    );
  }
  return (
    <form onSubmit={submit} className="space-y-4">
      {ask.isError && ask.error.data?.field === undefined && (
        <Callout tone="bad">{errorSentence(ask.error)}</Callout>
      )}
      <Field label="E-mail" error={fieldError(ask.error, "email")}>
        {(ids) => (
          <Input
            {...ids}
            type="email"
            required
            autoFocus
            autoComplete="username"
            value={email}
            onChange={(event) => setEmail(event.target.value)}
          />
        )}
      </Field>
      <Button type="submit" variant="primary" size="lg" className="w-full" disabled={ask.isPending}>
        Send the link
      </Button>
    </form>
  );
}
