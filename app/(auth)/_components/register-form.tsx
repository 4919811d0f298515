"use client";

import { useMutation } from "@tanstack/react-query";
import { signIn } from "next-auth/react";
import { type SubmitEvent, useState } from "react";
import { fieldError } from "@/app/_components/forms/field-error";
import { Button } from "@/app/_components/ui/button";
import { Callout } from "@/app/_components/ui/callout";
import { Field, Input } from "@/app/_components/ui/field";
import { errorSentence } from "@/app/_format/errors";
import { useTRPC } from "@/app/_trpc/client";
import { minPasswordLength } from "@/server/auth/schemas";

interface RegisterFormProps {
  /** With an invitation the address is given, and the person joins at once. */
  invitation?: { token: string; email: string };
}

export function RegisterForm({ invitation }: RegisterFormProps) {
  const [name, setName] = useState("");
  const [email, setEmail] = useState(invitation?.email ?? "");
  const [password, setPassword] = useState("");
  const register = useMutation(
    useTRPC().account.register.mutationOptions({
      onSuccess: async ({ slug }) => {
        const next = slug === null ? "/new-tenant" : `/${slug}/overview`;
        const answer = await signIn("credentials", { email, password, redirect: false });
        window.location.assign(answer?.ok ? next : `/sign-in?callbackUrl=${encodeURIComponent(next)}`);
      },
    }),
  );
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    register.mutate({ email, password, name, invitationToken: invitation?.token });
  };
  const isBusy = register.isPending || register.isSuccess;

  return (
    <form onSubmit={submit} className="space-y-4">
      {register.isError && register.error.data?.field === undefined && (
        <Callout tone="bad">{errorSentence(register.error)}</Callout>
      )}
      <Field label="Name" error={fieldError(register.error, "name")}>
        {(ids) => (
          <Input
            {...ids}
            autoComplete="name"
            maxLength={120}
            value={name}
            onChange={(event) => setName(event.target.value)}
          />
        )}
      </Field>
      <Field label="E-mail" error={fieldError(register.error, "email")}>
        {(ids) => (
          <Input
            {...ids}
            type="email"
            autoComplete="username"
            required
            readOnly={invitation !== undefined}
            value={email}
            onChange={(event) => setEmail(event.target.value)}
          />
        )}
      </Field>
      <Field
        label="Password"
        hint={`${String(minPasswordLength)} characters or more. A few words make a good one.`}
        error={fieldError(register.error, "password")}
      >
        {(ids) => (
          <Input
            {...ids}
            type="password"
            autoComplete="new-password"
            required
            minLength={minPasswordLength}
            value={password}
            onChange={(event) => setPassword(event.target.value)}
          />
        )}
      </Field>
      <Button type="submit" variant="primary" size="lg" className="w-full" disabled={isBusy}>
        {isBusy ? "One moment …" : invitation ? "Create the account and join" : "Create the account"}
      </Button>
    </form>
  );
}
