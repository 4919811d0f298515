"use client";

import { useQuery } from "@tanstack/react-query";
import { BellRing, Plus } from "lucide-react";
import { useState } from "react";
import { Failure } from "@/app/_components/failure";
import { Button } from "@/app/_components/ui/button";
import { Card, CardHeader } from "@/app/_components/ui/card";
import { EmptyState } from "@/app/_components/ui/empty-state";
import { SkeletonRows } from "@/app/_components/ui/skeleton";
import { useTRPC } from "@/app/_trpc/client";
import { destinationKinds, type DestinationKind } from "@/server/delivery/schemas";
import { useRight } from "../../_components/tenant-context";
import { AddDestinationDialog } from "./add-destination-dialog";
import { DestinationRow } from "./destination-row";
import { kindNames } from "./words";

/** Where incidents are told. */
export function Destinations({ now }: { now: Date }) {
  const list = useQuery(useTRPC().delivery.list.queryOptions(undefined, { refetchInterval: 5_000 }));
  const mayWrite = useRight("alerts:write");
  const [adding, setAdding] = useState<DestinationKind | null>(null);
  const canMail = list.data?.mailIsConfigured ?? false;
  const add = mayWrite && (
    <div className="flex flex-wrap gap-2">
      {destinationKinds.map((kind) => (
        <Button key={kind} disabled={kind === "email" && !canMail} onClick={() => setAdding(kind)}>
          <Plus /> {kindNames[kind]}
        </Button>
      ))}
    </div>
  );
  const isEmpty = list.data?.destinations.length === 0;
  return (
    <Card>
      <CardHeader title="Destinations" hint="Incidents are told here as soon as a rule finds them.">
        {!isEmpty && <div className="w-full sm:w-auto">{add}</div>}
      </CardHeader>
      {list.isError ? (
        <Failure error={list.error} onRetry={() => void list.refetch()} />
      ) : list.data === undefined ? (
        <SkeletonRows rows={2} />
      ) : isEmpty ? (
        <EmptyState icon={BellRing} title="Incidents are told to nobody" action={add} className="py-8">
          They stand on the screen alone. Add a Slack channel, a system of your own or mailboxes.
        </EmptyState>
      ) : (
        <ul className="divide-y border-t">
          {list.data.destinations.map((destination) => (
            <DestinationRow key={destination.id} destination={destination} days={list.data.days} now={now} />
          ))}
        </ul>
      )}
      {mayWrite && list.data && !canMail && (
        <p className="border-t px-4 py-2 text-xs text-ink-muted sm:px-5">
          This installation cannot send mail: its operator has to set SMTP_URL and SMTP_FROM first.
        </p>
      )}
      {adding !== null && <AddDestinationDialog kind={adding} onClose={() => setAdding(null)} />}
    </Card>
  );
}
