"use client";

import type { ReactNode } from "react";
import { Money } from "@/app/_components/money";
import { Card, CardHeader } from "@/app/_components/ui/card";
import { CopyButton } from "@/app/_components/ui/copy-button";
import { Link } from "@/app/_components/ui/link";
import { formatInstant, formatMonth } from "@/app/_format/dates";
import { formatExact, subtractUsd } from "@/app/_format/money";
import { plural } from "@/app/_format/quantities";
import type { Invoice } from "@/server/invoices/documents";
import { useMemberNames } from "../../_components/names";
import { useTenant } from "../../_components/tenant-context";
import { memberName, statementHref } from "../../statements/words";
import { TermsList } from "../plans/terms-list";
import { Verify } from "./verify";

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div className="min-w-0">
      <dt className="text-xs text-ink-muted">{name}</dt>
      <dd className="figures mt-0.5 text-sm wrap-anywhere">{children}</dd>
    </div>
  );
}

/** What the invoice was computed from, by whom, and by what it can be told from another: not for whoever is billed. */
export function FactsCard({ invoice }: { invoice: Invoice }) {
  const { slug, timeZone } = useTenant();
  const names = useMemberNames();
  const { accountId, plan, month, statementRevision, calls, costUsd, netUsd, unpricedCalls, uncharged } = invoice;
  const isUncharged = uncharged.calls !== 0 || /[1-9]/.test(uncharged.costUsd);
  const at = (instant: string, by: string) => `${formatInstant(instant, timeZone)} by ${memberName(names, by)}`;
  return (
    <Card>
      <CardHeader title="What it was computed from" hint="For you; it is not on the invoice." />
      <dl className="space-y-3 border-t px-4 py-4 sm:px-5">
        <Fact name="Account">{accountId}</Fact>
        <Fact name="Statement">
          <Link href={`${statementHref(slug, month)}?revision=${String(statementRevision)}`} className="text-accent hover:underline">
            {formatMonth(month)}, revision {statementRevision}
          </Link>
          <span className="block text-xs text-ink-muted">
            {plural(calls, "call")}, {formatExact(costUsd)} of cost
          </span>
        </Fact>
        <Fact name="Margin, before tax">
          <Money usd={subtractUsd(netUsd, costUsd)} />
        </Fact>
        {unpricedCalls > 0 && (
          <Fact name="Without a price">
            <span className="text-warn">{plural(unpricedCalls, "call")}: their cost is not in it</span>
          </Fact>
        )}
        {isUncharged && (
          <Fact name="Charged by no component">
            <span className="text-warn">
              {plural(uncharged.calls, "call")}, <Money usd={uncharged.costUsd} /> of cost
            </span>
          </Fact>
        )}
        <div>
          <dt className="text-xs text-ink-muted">Rate plan</dt>
          <dd>
            <Link href={`/${slug}/invoices/plans/${plan.id}`} className="mt-0.5 text-sm text-accent hover:underline">
              {plan.name}, version {plan.version}
            </Link>
            <TermsList terms={invoice.terms} />
          </dd>
        </div>
        <Fact name="Made">{at(invoice.createdAt, invoice.createdBy)}</Fact>
        <Fact name="Computed">{formatInstant(invoice.computedAt, timeZone)}</Fact>
        {invoice.finalisedAt !== null && <Fact name="Final since">{at(invoice.finalisedAt, invoice.finalisedBy ?? "")}</Fact>}
        {invoice.contentHash !== null && (
          <Fact name="Content hash (SHA-256)">
            <code className="mb-1.5 block text-xs">{invoice.contentHash}</code>
            <span className="flex flex-wrap items-center gap-2">
              <CopyButton text={invoice.contentHash} />
              <Verify id={invoice.id} />
            </span>
          </Fact>
        )}
        {invoice.renamedAt !== null && (
          <Fact name="Renamed">
            Somebody in it was forgotten {formatInstant(invoice.renamedAt, timeZone)}; the hash was made anew, and no amount was changed.
          </Fact>
        )}
      </dl>
    </Card>
  );
} // prettier-ignore
