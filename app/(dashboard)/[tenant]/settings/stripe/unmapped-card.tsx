"use client";

import { useQuery } from "@tanstack/react-query";
import { CircleCheck } from "lucide-react";
import { useState } from "react";
import { Failure } from "@/app/_components/failure";
import { Money } from "@/app/_components/money";
import { Button } from "@/app/_components/ui/button";
import { Callout } from "@/app/_components/ui/callout";
import { Card, CardHeader } from "@/app/_components/ui/card";
import { EmptyState } from "@/app/_components/ui/empty-state";
import { Link } from "@/app/_components/ui/link";
import { SkeletonRows } from "@/app/_components/ui/skeleton";
import { formatDay } from "@/app/_format/dates";
import { formatCount, plural } from "@/app/_format/quantities";
import { type Outputs, useTRPC } from "@/app/_trpc/client";
import { useRight, useTenant } from "../../_components/tenant-context";
import { failureSentence } from "../../stripe/failure-sentence";
import type { Shown } from "../../stripe/words";
import { MapDialog } from "./map-dialog";
import { useBillingSettings } from "./use-billing-settings";

type Unmapped = Outputs["billing"]["unmapped"][number];
type Suggestion = Outputs["billing"]["suggestMappings"]["suggestions"][number];

/** As many as the list answers. */
const mostRows = 500;

interface UnmappedRowProps {
  account: Unmapped;
  suggestion: Suggestion | undefined;
  onChoose: () => void;
}

function UnmappedRow({ account, suggestion, onChoose }: UnmappedRowProps) {
  const { slug } = useTenant();
  const mayWrite = useRight("billing:write");
  const { map } = useBillingSettings();
  const { accountId, costUsd, calls, lastDay } = account;
  const isNameless = accountId === "";
  return (
    <li className="flex flex-wrap items-center gap-x-4 gap-y-2 px-4 py-3 text-sm sm:px-5">
      <div className="min-w-0 flex-1 basis-60">
        <p className="flex flex-wrap items-baseline gap-x-2 font-medium wrap-anywhere">
          {isNameless ? <em className="font-normal text-ink-muted">Calls without an account</em> : accountId}
          <Money usd={costUsd} />
        </p>
        <p className="figures mt-0.5 text-xs text-ink-muted">
          {plural(Number(calls), "call")}, the last on {formatDay(lastDay)}
          {isNameless && (
            <>
              {" · nobody can be billed for them; "}
              <Link href={`/${slug}/attribution`} className="underline underline-offset-2">
                attribution
              </Link>
              {" can give them one"}
            </>
          )}
        </p>
        {suggestion && (
          <p className="mt-1 text-xs wrap-anywhere">
            Perhaps <span className="font-medium">{suggestion.customerName}</span>{" "}
            <code className="text-ink-muted">{suggestion.customerId}</code>: {suggestion.sentence}
          </p>
        )}
        {map.isError && <p className="mt-1 text-xs text-bad">{failureSentence(map.error)}</p>}
      </div>
      {mayWrite && !isNameless && (
        <div className="flex flex-wrap gap-1.5">
          {suggestion && (
            <Button
              size="sm"
              variant="accent"
              disabled={map.isPending}
              aria-label={`Bill ${accountId} as ${suggestion.customerName}`}
              onClick={() => map.mutate({ accountId, customerId: suggestion.customerId })}
            >
              Accept
            </Button>
          )}
          <Button size="sm" aria-label={`Choose a customer for ${accountId}`} onClick={onChoose}>
            Choose a customer
          </Button>
        </div>
      )}
    </li>
  );
}

/** Accounts whose usage is billed to nobody, the dearest first, and whom of Stripe's customers they seem to be. */
export function UnmappedCard({ shown }: { shown: Shown }) {
  const mayWrite = useRight("billing:write");
  const { billing } = useTRPC();
  const [chosen, setChosen] = useState<string | null>(null);
  const list = useQuery(billing.unmapped.queryOptions());
  const rows = list.data;
  const some = rows?.some(({ accountId }) => accountId !== "") ?? false;
  // It asks Stripe: only where there is something to suggest, and not again and again.
  const suggested = useQuery(
    billing.suggestMappings.queryOptions(undefined, {
      enabled: mayWrite && some,
      retry: false,
      staleTime: 5 * 60_000,
      refetchOnWindowFocus: false,
    }),
  );
  const suggestionOf = ({ accountId }: Unmapped) =>
    suggested.data?.suggestions.find((one) => one.accountId === accountId);
  return (
    <Card>
      <CardHeader
        title="Accounts without a customer"
        hint="Their usage since the first meter began waits, and is billed once somebody says whom they are."
      />
      {list.isError ? (
        <Failure error={list.error} onRetry={() => void list.refetch()} />
      ) : rows === undefined ? (
        <SkeletonRows rows={3} />
      ) : rows.length === 0 ? (
        <EmptyState icon={CircleCheck} title="None is left" className="py-8">
          {shown.meters.length === 0
            ? "Add a meter first: accounts with usage since it began appear here."
            : "Every account with usage since the first meter began is billed to somebody."}
        </EmptyState>
      ) : (
        <>
          {suggested.isError && (
            <div className="px-4 pb-3 sm:px-5">
              <Callout tone="warn">{failureSentence(suggested.error)} Customers can be named by hand.</Callout>
            </div>
          )}
          {suggested.data?.complete === false && (
            <p className="px-4 pb-3 text-xs text-ink-muted sm:px-5">
              Suggestions look at the newest {formatCount(suggested.data.customers)} customers of Stripe’s.
            </p>
          )}
          <ul className="divide-y border-t">
            {rows.map((account) => (
              <UnmappedRow
                key={account.accountId}
                account={account}
                suggestion={suggestionOf(account)}
                onChoose={() => setChosen(account.accountId)}
              />
            ))}
          </ul>
          {rows.length === mostRows && (
            <p className="border-t px-4 py-2.5 text-xs text-ink-muted sm:px-5">
              These are the dearest {formatCount(mostRows)}; cheaper ones follow as these are mapped.
            </p>
          )}
        </>
      )}
      <MapDialog accountId={chosen} onClose={() => setChosen(null)} mode={shown.connection.mode} />
    </Card>
  );
} // prettier-ignore
