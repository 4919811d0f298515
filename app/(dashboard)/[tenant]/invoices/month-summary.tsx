"use client";

import type { ReactNode } from "react";
import { Money } from "@/app/_components/money";
import { Callout } from "@/app/_components/ui/callout";
import { Card, CardHeader } from "@/app/_components/ui/card";
import { Link } from "@/app/_components/ui/link";
import { formatMonth } from "@/app/_format/dates";
import { formatShare, plural } from "@/app/_format/quantities";
import { shareOf } from "@/app/_format/money";
import type { InvoiceMonth } from "@/server/invoices/documents";
import { useTenant } from "../_components/tenant-context";
import { statementHref } from "../statements/words";
import { MonthActions } from "./month-actions";
import { uninvoicedWords } from "./words";

const isNothing = (usd: string) => !/[1-9]/.test(usd);

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div className="min-w-0">
      <dt className="text-xs text-ink-muted">{name}</dt>
      <dd className="figures mt-0.5 text-sm wrap-anywhere">{children}</dd>
    </div>
  );
}

/** What of the statement is on no invoice, and why. */
function Uninvoiced({ of }: { of: InvoiceMonth["uninvoiced"] }) {
  const { slug } = useTenant();
  const missing = of.filter(({ accounts, calls, costUsd }) => accounts > 0 || calls > 0 || !isNothing(costUsd));
  if (missing.length === 0) {
    return <p className="text-sm text-ink-muted">All that the statement has is on an invoice.</p>;
  }
  return (
    <>
      <h3 className="text-xs font-semibold">On no invoice</h3>
      <ul className="mt-1.5 space-y-1.5 text-sm">
        {missing.map(({ reason, accounts, calls, costUsd }) => (
          <li key={reason} className="flex flex-wrap items-baseline gap-x-3">
            <Money usd={costUsd} className="font-medium" />
            <span className="min-w-0 flex-1 basis-56 text-ink-muted">
              {uninvoicedWords[reason]} {reason !== "no_account" && `${plural(accounts, "account")}, `}
              {plural(calls, "call")}.{" "}
              {reason !== "no_account" && reason !== "no_invoice" && (
                <Link href={`/${slug}/invoices/${reason === "no_plan" ? "issuer" : "accounts"}`} className="text-accent underline underline-offset-2">
                  {reason === "no_plan" ? "Choose a default plan" : "See accounts"}
                </Link>
              )}
            </span>
          </li>
        ))}
      </ul>
    </>
  );
} // prettier-ignore

/** What became of a month's statement: invoiced, not invoiced, and what is left over. */
export function MonthSummary({ of }: { of: InvoiceMonth }) {
  const { slug } = useTenant();
  const { month, statement, drafts, finals, voids } = of;
  const margin = shareOf(of.marginUsd, of.billedUsd);
  const name = formatMonth(month);
  return (
    <Card>
      <CardHeader
        title={`What became of ${name}`}
        hint={
          statement ? (
            <>
              Computed from{" "}
              <Link href={statementHref(slug, month)} className="text-accent underline underline-offset-2">
                its statement, revision {statement.revision}
              </Link>
              .
            </>
          ) : (
            "The month is open again; there is no statement in force."
          )
        }
      >
        <MonthActions of={of} />
      </CardHeader>
      <dl className="grid grid-cols-2 gap-4 border-t px-4 py-4 sm:grid-cols-4 sm:px-5">
        <Fact name="Billed, before tax">
          <Money usd={of.billedUsd} className="text-lg font-semibold" />
          <span className="block text-2xs text-ink-muted">
            {plural(finals.count, "final", "final")}, {plural(drafts.count, "draft")}
            {voids.count > 0 && `, ${String(voids.count)} void`}
          </span>
        </Fact>
        <Fact name="What it cost">
          <Money usd={of.invoicedCostUsd} />
        </Fact>
        <Fact name="Margin">
          <Money usd={of.marginUsd} />
          {margin !== null && <span className="block text-2xs text-ink-muted">{formatShare(margin)} of what is billed</span>}
        </Fact>
        <Fact name="The statement">
          {statement ? <Money usd={statement.costUsd} /> : "–"}
          {statement && statement.unpricedCalls > 0 && (
            <span className="block text-2xs text-warn">+ {plural(statement.unpricedCalls, "call")} unpriced, in no amount</span>
          )}
        </Fact>
      </dl>
      <div className="space-y-3 border-t px-4 py-4 sm:px-5">
        {statement === null && (
          <Callout tone="warn">
            {name} was opened again. Its drafts cannot be made final until it is closed; final invoices stay as they are, and what they lack then is told here.
          </Callout>
        )}
        {of.outdatedDrafts > 0 && statement !== null && (
          <Callout tone="warn">
            {of.outdatedDrafts === 1 ? "A draft is" : `${plural(of.outdatedDrafts, "draft")} are`} not what {of.outdatedDrafts === 1 ? "it" : "they"} would be now. Make the drafts again before they become final; those with lines by hand are computed anew on their own page.
          </Callout>
        )}
        {!isNothing(of.sinceReopenedUsd) && (
          <Callout tone="warn">
            Since the month was opened again its statement differs by <Money usd={of.sinceReopenedUsd} /> from what final invoices were made of. Void and replace those that are marked below.
          </Callout>
        )}
        {!isNothing(of.differenceUsd) && (
          <Callout tone="bad">
            <Money usd={of.differenceUsd} /> of the statement is neither invoiced nor named above. That must not be: verify the statement, and tell us.
          </Callout>
        )}
        {statement && <Uninvoiced of={of.uninvoiced} />}
      </div>
    </Card>
  );
} // prettier-ignore
