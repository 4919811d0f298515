"use client";

import { useQuery } from "@tanstack/react-query";
import { Mails } from "lucide-react";
import { useState } from "react";
import { Failure } from "@/app/_components/failure";
import { Card, CardHeader } from "@/app/_components/ui/card";
import { EmptyState } from "@/app/_components/ui/empty-state";
import { Segmented } from "@/app/_components/ui/segmented";
import { SkeletonRows } from "@/app/_components/ui/skeleton";
import { useTRPC } from "@/app/_trpc/client";
import { MessageRow } from "./message-row";

const choices = [
  { value: "all", label: "All" },
  { value: "failed", label: "Not delivered" },
] as const;

/** The last messages, and what became of each. */
export function Messages({ now }: { now: Date }) {
  const trpc = useTRPC();
  const [shown, setShown] = useState<"all" | "failed">("all");
  const isFailed = shown === "failed";
  const list = useQuery(
    trpc.delivery.messages.queryOptions({ failed: isFailed }, { refetchInterval: 5_000 }),
  );
  const destinations = useQuery(trpc.delivery.list.queryOptions());
  const names = new Map(destinations.data?.destinations.map(({ id, name }) => [id, name]));
  return (
    <Card>
      <CardHeader title="Messages" hint="The last fifty. They are kept for 90 days.">
        <Segmented label="Which messages" options={choices} value={shown} onChange={setShown} />
      </CardHeader>
      {list.isError ? (
        <Failure error={list.error} onRetry={() => void list.refetch()} />
      ) : list.data === undefined ? (
        <SkeletonRows rows={3} />
      ) : list.data.length === 0 ? (
        <EmptyState icon={Mails} title={isFailed ? "All were delivered" : "None yet"} className="py-8">
          {isFailed
            ? "What could not be delivered stands here, and can be sent again."
            : "As soon as a rule finds something, or you send a test, it stands here."}
        </EmptyState>
      ) : (
        <ul className="divide-y border-t">
          {list.data.map((message) => (
            <MessageRow
              key={message.id}
              message={message}
              destination={names.get(message.destinationId) ?? "a removed destination"}
              now={now}
            />
          ))}
        </ul>
      )}
    </Card>
  );
}
