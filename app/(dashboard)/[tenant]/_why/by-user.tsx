"use client";

import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { Failure } from "@/app/_components/failure";
import { Segmented } from "@/app/_components/ui/segmented";
import { SkeletonRows } from "@/app/_components/ui/skeleton";
import { useTRPC } from "@/app/_trpc/client";
import { callsHref } from "../calls/search-params";
import { useTenant } from "../_components/tenant-context";
import { withOnly } from "../_scope/filters";
import { whyInput, type WhyQuestion } from "./question";
import { UsersTable } from "./users-table";

const options = [
  { value: "user", label: "Users" },
  { value: "account", label: "Accounts" },
] as const;

/** The same change by people: who stopped, who came, who stayed. */
export function ByUser({ question }: { question: WhyQuestion }) {
  const { slug } = useTenant();
  const [by, setBy] = useState<"user" | "account">("user");
  const { from, to, compare, filter } = whyInput(question);
  const answer = useQuery(useTRPC().reports.whyUsers.queryOptions({ from, to, compare, filter, by }));
  return (
    <div className="space-y-4">
      <Segmented label="By" value={by} options={options} onChange={setBy} />
      {answer.isError ? (
        <Failure error={answer.error} onRetry={() => void answer.refetch()} />
      ) : answer.data ? (
        <UsersTable
          answer={answer.data}
          by={by}
          callsOf={({ key, group }) =>
            callsHref(slug, {
              ...(group === "gone" ? question.compare : question.stretch),
              parts: withOnly(question.parts, by, key),
              order: "dearest",
            })
          }
        />
      ) : (
        <SkeletonRows rows={8} className="px-0 sm:px-0" />
      )}
    </div>
  );
}
