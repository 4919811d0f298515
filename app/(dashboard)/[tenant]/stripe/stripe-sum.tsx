"use client";

import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { Button } from "@/app/_components/ui/button";
import { formatTime } from "@/app/_format/dates";
import { useTRPC } from "@/app/_trpc/client";
import type { Measure } from "@/server/billing/schemas";
import { useTenant } from "../_components/tenant-context";
import { failureSentence } from "./failure-sentence";
import { valueWords } from "./words";

/** Stripe's own sum of the customer's hour, asked for when somebody wants to know. */
export function StripeSum({ id, measure }: { id: string; measure: Measure }) {
  const { timeZone } = useTenant();
  const [isAsked, setIsAsked] = useState(false);
  const sum = useQuery(
    useTRPC().billing.askSum.queryOptions({ id }, { enabled: isAsked, retry: false, staleTime: 0 }),
  );
  const ask = () => (isAsked ? void sum.refetch() : setIsAsked(true));
  return (
    <section className="mt-5" aria-label="What Stripe says">
      <div className="flex items-center justify-between gap-3">
        <h3 className="text-2xs font-medium text-ink-faint">What Stripe says</h3>
        <Button size="sm" disabled={sum.isFetching} onClick={ask}>
          {sum.isFetching ? "Asking …" : "Ask Stripe for its sum"}
        </Button>
      </div>
      <p role="status" className="mt-1 text-sm">
        {sum.isError ? (
          <span className="text-bad">{failureSentence(sum.error)}</span>
        ) : sum.data ? (
          <>
            {valueWords(measure, sum.data.billed)} of this customer’s hour, at{" "}
            {formatTime(sum.data.askedAt, timeZone)}; accepted from here were{" "}
            {valueWords(measure, sum.data.accepted)}.{" "}
            {sum.data.billed === sum.data.accepted ? (
              <span className="text-good">They agree.</span>
            ) : (
              <span className="text-warn">They differ. Stripe’s sums may lag behind for some hours.</span>
            )}
          </>
        ) : (
          <span className="text-xs text-ink-muted">
            Its sums are of all accounts that are billed to this customer.
          </span>
        )}
      </p>
    </section>
  );
}
