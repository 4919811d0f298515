"use client";

import { useMutation } from "@tanstack/react-query";
import { Button } from "@/app/_components/ui/button";
import { Callout } from "@/app/_components/ui/callout";
import { errorSentence } from "@/app/_format/errors";
import { useTRPC } from "@/app/_trpc/client";

export function AcceptForm({ token, tenantName }: { token: string; tenantName: string }) {
  const accept = useMutation(
    useTRPC().members.accept.mutationOptions({
      onSuccess: ({ slug }) => window.location.assign(`/${slug}/overview`),
    }),
  );
  return (
    <div className="space-y-4">
      {accept.isError && <Callout tone="bad">{errorSentence(accept.error)}</Callout>}
      <Button
        variant="primary"
        size="lg"
        className="w-full"
        disabled={accept.isPending || accept.isSuccess}
        onClick={() => accept.mutate({ token })}
      >
        Join {tenantName}
      </Button>
    </div>
  );
}
