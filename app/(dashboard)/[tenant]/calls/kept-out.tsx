"use client";

import { useQuery } from "@tanstack/react-query";
import { parseAsString, useQueryState } from "nuqs";
import { Failure } from "@/app/_components/failure";
import { Card } from "@/app/_components/ui/card";
import { SkeletonRows } from "@/app/_components/ui/skeleton";
import { formatCount } from "@/app/_format/quantities";
import { useTRPC } from "@/app/_trpc/client";
import { KeptOutDrawer } from "./kept-out-drawer";
import { NothingKeptOut } from "./kept-out-empty";
import { KeptOutTable } from "./kept-out-table";

/** Calls that are sound and were sent, but are in no figure; each with its reason. */
export function KeptOut({ now }: { now: string }) {
  const [id, setId] = useQueryState("kept", parseAsString.withOptions({ history: "push" }));
  const keptOut = useQuery(useTRPC().calls.quarantine.queryOptions());
  if (keptOut.data === undefined) {
    return (
      <Card>
        {keptOut.isError ? (
          <Failure error={keptOut.error} onRetry={() => void keptOut.refetch()} />
        ) : (
          <SkeletonRows rows={12} />
        )}
      </Card>
    );
  }
  const { calls, newest, window } = keptOut.data;
  return (
    <>
      {calls.length > 0 && (
        <p className="mb-3 max-w-2xl text-sm text-ink-muted">
          These calls came in but are in no figure. Open one to see what is wrong with it, and what to do.
        </p>
      )}
      <Card className="overflow-hidden">
        {calls.length === 0 ? (
          <NothingKeptOut window={window} />
        ) : (
          <KeptOutTable
            rows={calls}
            window={window}
            now={new Date(now)}
            onOpen={(opened) => void setId(opened)}
          />
        )}
      </Card>
      {calls.length > 0 && (
        <p className="figures mt-4 text-center text-xs text-ink-muted">
          {calls.length === newest
            ? `The newest ${formatCount(newest)}`
            : `${formatCount(calls.length)} shown`}
        </p>
      )}
      <KeptOutDrawer id={id} window={window} onClose={() => void setId(null)} />
    </>
  );
}
