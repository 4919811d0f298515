"use client";

import { useQuery } from "@tanstack/react-query";
import { Landmark, Plus } from "lucide-react";
import { useState } from "react";
import { Failure } from "@/app/_components/failure";
import { Button } from "@/app/_components/ui/button";
import { Card, CardHeader } from "@/app/_components/ui/card";
import { EmptyState } from "@/app/_components/ui/empty-state";
import { SkeletonRows } from "@/app/_components/ui/skeleton";
import { useTRPC } from "@/app/_trpc/client";
import type { ReportProvider } from "@/server/provider-bills/schemas";
import { useRight } from "../_components/tenant-context";
import { BillConnectionRow } from "./bill-connection-row";
import { ConnectBillDialog } from "./connect-bill-dialog";

const whileReadingMs = 5_000;
const otherwiseMs = 30_000;

/** Organisations whose cost report is read by itself. */
export function BillConnections({ now }: { now: Date }) {
  const list = useQuery(
    useTRPC().bills.list.queryOptions(undefined, {
      refetchInterval: ({ state }) =>
        state.data?.pulls.some((pull) => pull.state === "reading") ? whileReadingMs : otherwiseMs,
    }),
  );
  const mayWrite = useRight("sources:write");
  const [connecting, setConnecting] = useState<ReportProvider | null>(null);
  const add = mayWrite && (
    <div className="flex flex-wrap gap-2">
      <Button onClick={() => setConnecting("openai")}>
        <Plus /> OpenAI
      </Button>
      <Button onClick={() => setConnecting("anthropic")}>
        <Plus /> Anthropic
      </Button>
    </div>
  );
  const isEmpty = list.data?.connections.length === 0;
  return (
    <Card>
      <CardHeader title="Connections" hint="Their cost reports are read twice a day, the last 35 days each time.">
        {!isEmpty && <div className="w-full sm:w-auto">{add}</div>}
      </CardHeader>
      {list.isError ? (
        <Failure error={list.error} onRetry={() => void list.refetch()} />
      ) : list.data === undefined ? (
        <SkeletonRows rows={2} />
      ) : isEmpty ? (
        <EmptyState icon={Landmark} title="Nothing is connected" action={add} className="border-t py-8">
          An admin key of the organisation lets us read what it is billed, and nothing else of it is asked for.
        </EmptyState>
      ) : (
        <ul className="divide-y border-t">
          {list.data.connections.map((connection) => (
            <BillConnectionRow
              key={connection.id}
              connection={connection}
              reading={list.data.pulls.find(({ connectionId, state }) => connectionId === connection.id && state === "reading")}
              mayWrite={mayWrite}
              now={now}
            />
          ))}
        </ul>
      )}
      {connecting !== null && <ConnectBillDialog provider={connecting} onClose={() => setConnecting(null)} />}
    </Card>
  );
} // prettier-ignore
