"use client";

import { Callout } from "@/app/_components/ui/callout";
import { Link } from "@/app/_components/ui/link";
import { formatInstant, formatMonth } from "@/app/_format/dates";
import { formatTotalChange } from "@/app/_format/money";
import type { Invoice } from "@/server/invoices/documents";
import { useMemberNames } from "../../_components/names";
import { useTenant } from "../../_components/tenant-context";
import { memberName } from "../../statements/words";
import { invoiceHref } from "../search-params";
import { outdatedWords } from "../words";

function Other({ other, fallback }: { other: { id: string; number: string | null }; fallback: string }) {
  return (
    <Link href={invoiceHref(useTenant().slug, other.id)} className="font-medium underline">
      {other.number ?? fallback}
    </Link>
  );
}

/** What one must know before believing the figures below. */
export function Notices({ invoice }: { invoice: Invoice }) {
  const { timeZone } = useTenant();
  const names = useMemberNames();
  const { outdated, sinceReopened, voidedAt, voidedBy, voidReason, replaces, replacedBy, month } = invoice;
  const why = outdatedWords(outdated);
  return (
    <div className="mb-5 space-y-3 empty:hidden">
      {voidedAt !== null && (
        <Callout tone="warn">
          Voided {formatInstant(voidedAt, timeZone)} by {memberName(names, voidedBy ?? "")}: “{voidReason}”{" "}
          {replacedBy !== null && <>In its place stands <Other other={replacedBy} fallback="a draft" />.</>}
        </Callout>
      )}
      {replaces !== null && (
        <Callout>
          It stands in the place of <Other other={replaces} fallback="a voided invoice" />.
        </Callout>
      )}
      {why !== null && (
        <Callout tone="warn">This draft is not what it would be now: {why}. Compute it anew before it becomes final.</Callout>
      )}
      {sinceReopened !== null && (
        <Callout tone="warn">
          {formatMonth(month)} was opened again after this invoice was made.{" "}
          {sinceReopened.costUsd === null ? (
            "What it would be is known once the month is closed again."
          ) : (
            `The statement in force has ${formatTotalChange(sinceReopened.costUsd)} of cost for this account, against what the invoice was made of. Void and replace it, if that is to be billed.`
          )}
        </Callout>
      )}
    </div>
  );
} // prettier-ignore
