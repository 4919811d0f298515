"use client";

import { Mail } from "lucide-react";
import { signIn } from "next-auth/react";
import { type SubmitEvent, useState } from "react";
import { Button } from "@/app/_components/ui/button";
import { Field, Input } from "@/app/_components/ui/field";
import type { SignInWays } from "@/server/auth/providers";

/** Only what this installation has set up. */
export function OtherWays({ ways, backTo }: { ways: SignInWays; backTo: string }) {
  const [email, setEmail] = useState("");
  if (!ways.google && !ways.github && !ways.email) return null;
  const sendLink = (event: SubmitEvent) => {
    event.preventDefault();
    void signIn("email", { email, callbackUrl: backTo });
  };
  return (
    <div className="space-y-3">
      <p className="flex items-center gap-3 text-xs text-ink-faint before:h-px before:flex-1 before:bg-line after:h-px after:flex-1 after:bg-line">
        or
      </p>
      {ways.google && (
        <Button size="lg" className="w-full" onClick={() => void signIn("google", { callbackUrl: backTo })}>
          Continue with Google
        </Button>
      )}
      {ways.github && (
        <Button size="lg" className="w-full" onClick={() => void signIn("github", { callbackUrl: backTo })}>
          Continue with GitHub
        </Button>
      )}
      {ways.email && (
        <form onSubmit={sendLink} className="flex items-end gap-2">
          <Field label="A link by e-mail" className="flex-1">
            {(ids) => (
              <Input
                {...ids}
                type="email"
                required
                autoComplete="email"
                value={email}
                onChange={(event) => setEmail(event.target.value)}
              />
            )}
          </Field>
          <Button type="submit">
            <Mail /> Send
          </Button>
        </form>
      )}
    </div>
  );
}
