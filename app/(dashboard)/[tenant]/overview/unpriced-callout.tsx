"use client";

import { useQuery } from "@tanstack/react-query";
import { Callout } from "@/app/_components/ui/callout";
import { formatCompact, plural } from "@/app/_format/quantities";
import { type Outputs, useTRPC } from "@/app/_trpc/client";
import type { overviewQuestions } from "./questions";

interface UnpricedCalloutProps {
  total: Outputs["reports"]["spend"]["total"];
  /** Models of the range: they tell which one has no price. */
  question: ReturnType<typeof overviewQuestions>["models"];
}

/** What the amounts above lack. Nothing is shown when they lack nothing. */
export function UnpricedCallout({ total, question }: UnpricedCalloutProps) {
  const models = useQuery(
    useTRPC().reports.spend.queryOptions(question, { enabled: total.unpricedCalls > 0 }),
  );
  if (total.unpricedCalls === 0 && total.partialCalls === 0 && total.estimatedCalls === 0) return null;
  const names =
    models.data?.rows.filter((row) => row.unpricedCalls > 0 && row.key !== null).map((row) => row.key) ?? [];
  return (
    <Callout tone={total.unpricedCalls > 0 ? "warn" : "info"}>
      {total.unpricedCalls > 0 && (
        <>
          <strong className="figures font-semibold">
            + {plural(total.unpricedCalls, "call")} ({formatCompact(total.unpricedTokens)} tokens) unpriced
          </strong>{" "}
          in this range: no price is known for{" "}
          {names.length > 0 ? <code className="font-mono text-xs">{names.join(", ")}</code> : "their models"},
          so no amount here includes them.{" "}
        </>
      )}
      {total.partialCalls > 0 && <>{plural(total.partialCalls, "call")} only partly priced. </>}
      {total.estimatedCalls > 0 && (
        <>{plural(total.estimatedCalls, "call")} priced by estimate (no rate of their own in the book).</>
      )}
    </Callout>
  );
}
