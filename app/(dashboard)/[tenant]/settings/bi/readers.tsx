"use client";

import { useQuery } from "@tanstack/react-query";
import { Database, Plus } from "lucide-react";
import { useState } from "react";
import { Failure } from "@/app/_components/failure";
import { Button } from "@/app/_components/ui/button";
import { Callout } from "@/app/_components/ui/callout";
import { Card, CardHeader } from "@/app/_components/ui/card";
import { EmptyState } from "@/app/_components/ui/empty-state";
import { SkeletonRows } from "@/app/_components/ui/skeleton";
import { useTRPC } from "@/app/_trpc/client";
import { useRight } from "../../_components/tenant-context";
import { CreateReaderDialog } from "./create-reader-dialog";
import { ReaderRow } from "./reader-row";

/** Logins of the database for BI tools: each reads this tenant's views. */
export function Readers() {
  const list = useQuery(useTRPC().bi.listReaders.queryOptions());
  const mayWrite = useRight("bi:write");
  const [isCreating, setIsCreating] = useState(false);
  const create = mayWrite && (
    <Button variant="primary" onClick={() => setIsCreating(true)}>
      <Plus /> Create a reader
    </Button>
  );
  return (
    <Card>
      <CardHeader
        title="BI access"
        hint="A read-only login of the database for Metabase, Grafana or any tool that speaks PostgreSQL. It sees the views of this organisation and nothing else."
      >
        {create}
      </CardHeader>
      {list.isError ? (
        <Failure error={list.error} onRetry={() => void list.refetch()} />
      ) : list.data === undefined ? (
        <SkeletonRows rows={2} />
      ) : (
        <>
          {list.data.address.isLocal && (
            <Callout className="mx-4 mb-4 sm:mx-5">
              The database listens at {list.data.address.host}:{list.data.address.port}, which only this
              server’s own machine reaches. For a tool elsewhere, open a tunnel, or let the database listen
              there and set BI_PUBLIC_HOST and BI_PUBLIC_PORT.
            </Callout>
          )}
          {list.data.readers.length === 0 ? (
            <EmptyState icon={Database} title="No readers yet" action={create} className="border-t py-8">
              Give each tool its own, so that you can revoke one alone.
            </EmptyState>
          ) : (
            <ul className="divide-y border-t">
              {list.data.readers.map((reader) => (
                <ReaderRow key={reader.id} reader={reader} />
              ))}
            </ul>
          )}
        </>
      )}
      <CreateReaderDialog open={isCreating} onClose={() => setIsCreating(false)} />
    </Card>
  );
}
