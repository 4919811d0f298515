"use client";

import { useQuery } from "@tanstack/react-query";
import { Badge } from "@/app/_components/ui/badge";
import { formatExact } from "@/app/_format/money";
import { plural } from "@/app/_format/quantities";
import { useTRPC } from "@/app/_trpc/client";

interface AttemptsProps {
  rootRequestId: string;
  /** When the call that is open occurred. */
  at: string;
  callId: string;
}

/** What the whole request cost: every attempt at its own model and price, and their sum. Nothing for a lone attempt. */
export function Attempts({ rootRequestId, at, callId }: AttemptsProps) {
  const { data } = useQuery(useTRPC().reports.requestCost.queryOptions({ rootRequestId, at }));
  if (!data || data.attempts.length < 2) return null;
  const { attempts, costUsd, unpricedAttempts, truncated } = data;
  return (
    <section className="mt-5" aria-label="Attempts of this request">
      <h3 className="text-2xs font-medium text-ink-faint">Attempts of this request</h3>
      <p className="mb-1 text-xs text-ink-muted">All that was asked for one answer, each at its own price.</p>
      <ol className="figures divide-y text-sm">
        {attempts.map((attempt) => (
          <li key={attempt.id} className="flex items-baseline justify-between gap-3 py-1.5">
            <div className="min-w-0">
              <div className="truncate">
                <span className="mr-2 text-ink-muted">{attempt.attempt}.</span>
                {attempt.model === "" ? attempt.provider : attempt.model}
                {attempt.id === callId && <Badge className="ml-2">this call</Badge>}
              </div>
              {attempt.errorClass !== null && (
                <div className="pl-5 text-xs text-bad">{attempt.errorClass}</div>
              )}
            </div>
            <div className="shrink-0">
              {attempt.costUsd === null ? (
                <span className="text-warn">unpriced</span>
              ) : (
                formatExact(attempt.costUsd)
              )}
            </div>
          </li>
        ))}
      </ol>
      <p className="figures flex justify-between gap-3 border-t py-1.5 text-sm font-medium">
        <span>
          {truncated ? `The first ${plural(attempts.length, "attempt")}` : "Together"}
          {unpricedAttempts > 0 && (
            <span className="ml-2 font-normal text-warn">
              + {plural(unpricedAttempts, "attempt")} unpriced
            </span>
          )}
        </span>
        {formatExact(costUsd)}
      </p>
    </section>
  );
}
