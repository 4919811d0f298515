"use client";

import { useQuery } from "@tanstack/react-query";
import { Cable, Plus } from "lucide-react";
import { useState } from "react";
import { Failure } from "@/app/_components/failure";
import { Button } from "@/app/_components/ui/button";
import { Card, CardHeader } from "@/app/_components/ui/card";
import { EmptyState } from "@/app/_components/ui/empty-state";
import { SkeletonRows } from "@/app/_components/ui/skeleton";
import { useTRPC } from "@/app/_trpc/client";
import { useRight } from "../../_components/tenant-context";
import { AddLangfuseDialog } from "./add-langfuse-dialog";
import { AddPlausibleDialog } from "./add-plausible-dialog";
import { ConnectionRow } from "./connection-row";

type Kind = "langfuse" | "plausible";

/** Systems that we pull from each hour. A pull that was just asked for shows by itself. */
export function Connections({ now }: { now: Date }) {
  const list = useQuery(
    useTRPC().sources.connections.list.queryOptions(undefined, { refetchInterval: 5_000 }),
  );
  const mayWrite = useRight("sources:write");
  const [adding, setAdding] = useState<Kind | null>(null);
  const add = mayWrite && (
    <div className="flex flex-wrap gap-2">
      <Button onClick={() => setAdding("langfuse")}>
        <Plus /> Langfuse
      </Button>
      <Button onClick={() => setAdding("plausible")}>
        <Plus /> Plausible
      </Button>
    </div>
  );
  const isEmpty = list.data?.length === 0;
  return (
    <Card>
      <CardHeader title="Connections" hint="We ask these systems every hour for what is new.">
        {!isEmpty && <div className="w-full sm:w-auto">{add}</div>}
      </CardHeader>
      {list.isError ? (
        <Failure error={list.error} onRetry={() => void list.refetch()} />
      ) : list.data === undefined ? (
        <SkeletonRows rows={2} />
      ) : isEmpty ? (
        <EmptyState icon={Cable} title="Nothing is connected" action={add} className="py-8">
          Bring the history of your calls from Langfuse, or how often features are used from Plausible.
        </EmptyState>
      ) : (
        <ul className="divide-y border-t">
          {list.data.map((connection) => (
            <ConnectionRow key={connection.id} connection={connection} now={now} />
          ))}
        </ul>
      )}
      <AddLangfuseDialog open={adding === "langfuse"} onClose={() => setAdding(null)} />
      <AddPlausibleDialog open={adding === "plausible"} onClose={() => setAdding(null)} now={now} />
    </Card>
  );
}
