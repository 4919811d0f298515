"use client";

import { Link } from "@/app/_components/ui/link";
import { signIn } from "next-auth/react";
import { type SubmitEvent, useState } from "react";
import { Button } from "@/app/_components/ui/button";
import { Callout } from "@/app/_components/ui/callout";
import { Field, Input } from "@/app/_components/ui/field";
import { signInSentences } from "@/server/auth/schemas";

export function PasswordForm({ backTo, canReset }: { backTo: string; canReset: boolean }) {
  const [email, setEmail] = useState("");
  const [password, setPassword] = useState("");
  const [state, setState] = useState<"idle" | "busy" | "refused">("idle");

  const submit = async (event: SubmitEvent) => {
    event.preventDefault();
    setState("busy");
    const answer = await signIn("credentials", { email, password, redirect: false });
    if (answer?.ok) {
      // A whole page load, so that nothing of another session stays in memory.
      window.location.assign(backTo);
      return;
    }
    setState("refused");
  };

  return (
    <form onSubmit={(event) => void submit(event)} className="space-y-4">
      {state === "refused" && <Callout tone="bad">{signInSentences.CredentialsSignin}</Callout>}
      <Field label="E-mail">
        {(ids) => (
          <Input
            {...ids}
            type="email"
            autoComplete="username"
            required
            autoFocus
            value={email}
            onChange={(event) => setEmail(event.target.value)}
          />
        )}
      </Field>
      <Field
        label="Password"
        hint={
          canReset && (
            <Link href="/forgot-password" className="underline underline-offset-2 hover:text-ink">
              Forgot it?
            </Link>
          )
        }
      >
        {(ids) => (
          <Input
            {...ids}
            type="password"
            autoComplete="current-password"
            required
            value={password}
            onChange={(event) => setPassword(event.target.value)}
          />
        )}
      </Field>
      <Button type="submit" variant="primary" size="lg" className="w-full" disabled={state === "busy"}>
        {state === "busy" ? "Signing in …" : "Sign in"}
      </Button>
    </form>
  );
}
