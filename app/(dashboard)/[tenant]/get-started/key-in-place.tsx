"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { KeyRound } from "lucide-react";
import { Link } from "@/app/_components/ui/link";
import { SecretOnce } from "@/app/_components/forms/secret-once";
import { Button } from "@/app/_components/ui/button";
import { Callout } from "@/app/_components/ui/callout";
import { errorSentence } from "@/app/_format/errors";
import { useTRPC } from "@/app/_trpc/client";
import { useRight, useTenant } from "../_components/tenant-context";

interface KeyInPlaceProps {
  apiKey: string | null;
  onCreated: (key: string) => void;
}

/** Makes a key on the spot; the snippets below then carry it. */
export function KeyInPlace({ apiKey, onCreated }: KeyInPlaceProps) {
  const { slug } = useTenant();
  const mayCreate = useRight("keys:write");
  const trpc = useTRPC();
  const queries = useQueryClient();
  const create = useMutation(
    trpc.keys.create.mutationOptions({
      onSuccess: async ({ key }) => {
        onCreated(key);
        await queries.invalidateQueries(trpc.keys.list.queryFilter());
      },
    }),
  );

  if (apiKey !== null) {
    return (
      <SecretOnce text={apiKey}>
        This is the only time that the key is shown. The snippets below contain it.
      </SecretOnce>
    );
  }
  if (!mayCreate) {
    return (
      <Callout>
        Your role does not make keys. Ask an admin for one, and put it into the snippet below.
      </Callout>
    );
  }
  return (
    <div className="space-y-3">
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
        <Button
          variant="primary"
          disabled={create.isPending}
          onClick={() => create.mutate({ name: "Get started", scopes: ["ingest"] })}
        >
          <KeyRound /> Create an ingest key
        </Button>
        <p className="text-xs text-ink-muted">
          It can send calls and nothing else. To pin tags or set an expiry, use{" "}
          <Link href={`/${slug}/settings/keys`} className="underline underline-offset-2 hover:text-ink">
            Settings
          </Link>
          .
        </p>
      </div>
      {create.isError && <Callout tone="bad">{errorSentence(create.error)}</Callout>}
    </div>
  );
}
