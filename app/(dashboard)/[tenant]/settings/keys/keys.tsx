"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { KeyRound, Plus } from "lucide-react";
import { parseAsBoolean, useQueryState } from "nuqs";
import { toast } from "sonner";
import { ConfirmButton } from "@/app/_components/forms/confirm-button";
import { Failure } from "@/app/_components/failure";
import { Badge } from "@/app/_components/ui/badge";
import { Button } from "@/app/_components/ui/button";
import { Card, CardHeader } from "@/app/_components/ui/card";
import { EmptyState } from "@/app/_components/ui/empty-state";
import { SkeletonRows } from "@/app/_components/ui/skeleton";
import { formatAgo, formatDate } from "@/app/_format/dates";
import { errorSentence } from "@/app/_format/errors";
import { type Outputs, useTRPC } from "@/app/_trpc/client";
import { useRight, useTenant } from "../../_components/tenant-context";
import { useNow } from "../../_components/use-now";
import { CreateKeyDialog } from "./create-key-dialog";

type Key = Outputs["keys"]["list"][number];

function stateOf(key: Key, now: Date): "active" | "revoked" | "expired" {
  if (key.revokedAt !== null) return "revoked";
  return key.expiresAt !== null && new Date(key.expiresAt) <= now ? "expired" : "active";
}

function KeyRow({ apiKey, now }: { apiKey: Key; now: Date }) {
  const { timeZone } = useTenant();
  const mayWrite = useRight("keys:write");
  const trpc = useTRPC();
  const queries = useQueryClient();
  const revoke = useMutation(
    trpc.keys.revoke.mutationOptions({
      onSuccess: () => void toast.success("The key was revoked."),
      onError: (error) => void toast.error(errorSentence(error)),
      onSettled: () => queries.invalidateQueries(trpc.keys.list.queryFilter()),
    }),
  );
  const state = stateOf(apiKey, now);
  const pins = Object.entries(apiKey.pins);
  return (
    <li className="flex flex-wrap items-center gap-x-4 gap-y-2 px-4 py-3 sm:px-5">
      <div className="min-w-0 flex-1 basis-52">
        <p className="flex flex-wrap items-center gap-x-2 gap-y-1 text-sm font-medium">
          <span className={state === "active" ? "" : "text-ink-muted line-through"}>{apiKey.name}</span>
          {apiKey.scopes.map((scope) => (
            <Badge key={scope}>{scope}</Badge>
          ))}
          {pins.map(([tag, value]) => (
            <Badge
              key={tag}
              tone="accent"
              title="Every call with this key gets this tag, whatever it says itself."
            >
              {tag}: {value}
            </Badge>
          ))}
        </p>
        <p className="mt-0.5 text-xs text-ink-muted">
          <code className="font-mono">{apiKey.hint}</code> · made {formatDate(apiKey.createdAt, timeZone)} ·{" "}
          {apiKey.lastUsedAt === null
            ? "never used"
            : `last used ${formatAgo(apiKey.lastUsedAt, now, timeZone)}`}
          {apiKey.expiresAt !== null && ` · expires ${formatDate(apiKey.expiresAt, timeZone)}`}
        </p>
      </div>
      {state === "active" ? (
        mayWrite && (
          <ConfirmButton
            label="Revoke"
            title={`Revoke “${apiKey.name}”?`}
            confirm="Revoke the key"
            onConfirm={() => revoke.mutate({ id: apiKey.id })}
          >
            Apps that use it are refused within a second, and calls that they send are lost unless they keep
            them. A revoked key does not come back.
          </ConfirmButton>
        )
      ) : (
        <Badge tone="bad">{state}</Badge>
      )}
    </li>
  );
}

export function Keys({ now: initialNow }: { now: string }) {
  const now = useNow(initialNow);
  const keys = useQuery(useTRPC().keys.list.queryOptions());
  const mayWrite = useRight("keys:write");
  const [isCreating, setIsCreating] = useQueryState("new", parseAsBoolean.withDefault(false));
  const create = mayWrite && (
    <Button variant="primary" onClick={() => void setIsCreating(true)}>
      <Plus /> Create a key
    </Button>
  );
  return (
    <Card>
      <CardHeader title="API keys" hint="For the apps that send calls, and the scripts that read figures.">
        {create}
      </CardHeader>
      {keys.isError ? (
        <Failure error={keys.error} onRetry={() => void keys.refetch()} />
      ) : keys.data === undefined ? (
        <SkeletonRows rows={4} />
      ) : keys.data.length === 0 ? (
        <EmptyState icon={KeyRound} title="No keys yet" action={create}>
          A key lets one app send its calls. Give each app its own, so that you can revoke one alone.
        </EmptyState>
      ) : (
        <ul className="divide-y border-t">
          {keys.data.map((key) => (
            <KeyRow key={key.id} apiKey={key} now={now} />
          ))}
        </ul>
      )}
      <CreateKeyDialog open={isCreating && mayWrite} onClose={() => void setIsCreating(false)} now={now} />
    </Card>
  );
}
