"use client";

import { useMutation } from "@tanstack/react-query";
import { toast } from "sonner";
import { ConfirmButton } from "@/app/_components/forms/confirm-button";
import { Card } from "@/app/_components/ui/card";
import { errorSentence } from "@/app/_format/errors";
import { useTRPC } from "@/app/_trpc/client";

export function SignOutEverywhere() {
  const signOut = useMutation(
    useTRPC().account.signOutEverywhere.mutationOptions({
      onSuccess: () => window.location.assign("/sign-in"),
      onError: (error) => void toast.error(errorSentence(error)),
    }),
  );
  return (
    <Card className="flex flex-wrap items-center justify-between gap-3 px-4 py-3.5 sm:px-5">
      <div>
        <h2 className="text-sm font-semibold">Sessions</h2>
        <p className="mt-0.5 text-xs text-ink-muted">
          Ends every session of yours, on all devices, this one included.
        </p>
      </div>
      <ConfirmButton
        label="Sign out everywhere"
        title="Sign out everywhere?"
        confirm="Sign out everywhere"
        onConfirm={() => signOut.mutate()}
      >
        You will have to sign in again on each device.
      </ConfirmButton>
    </Card>
  );
}
