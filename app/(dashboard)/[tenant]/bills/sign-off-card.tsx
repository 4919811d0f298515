"use client";

import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { Money } from "@/app/_components/money";
import { Badge } from "@/app/_components/ui/badge";
import { Button } from "@/app/_components/ui/button";
import { Card, CardHeader } from "@/app/_components/ui/card";
import { SkeletonRows } from "@/app/_components/ui/skeleton";
import { formatInstant, formatMonth } from "@/app/_format/dates";
import { formatTotalChange } from "@/app/_format/money";
import { useTRPC } from "@/app/_trpc/client";
import { useMemberNames } from "../_components/names";
import { useRight, useTenant } from "../_components/tenant-context";
import type { ChosenBill } from "./choose-bill";
import { SignOffDialog } from "./sign-off-dialog";
import { type BillMonth, providerName } from "./words";

/** Why the month cannot be signed now; null when it can. */
function keptOpenBy({ isFinal, signOff, days, unreadDays }: BillMonth): string | null {
  if (signOff && !signOff.isReopened) return "Nothing has changed since.";
  if (isFinal) return null;
  if (unreadDays.length > 0) return "It can be signed off once every day of it was read.";
  return days.some(({ state }) => state === "provisional")
    ? "It can be signed off once no day is provisional: two reads a day apart say the same, or a file came after the invoice."
    : "It can be signed off once the month is over.";
}

function Signed({ signOff }: { signOff: NonNullable<BillMonth["signOff"]> }) {
  const { timeZone } = useTenant();
  const names = useMemberNames();
  const { signedAt, signedBy, note, invoiceNo, billUsd, ledgerUsd, isReopened } = signOff;
  return (
    <div className="space-y-1">
      <p>
        Signed off {formatInstant(signedAt, timeZone)} by {names.get(signedBy) ?? "somebody who has left"}, with a
        bill of <Money usd={billUsd} /> and a ledger of <Money usd={ledgerUsd} />.
      </p>
      {invoiceNo !== null && <p className="text-xs text-ink-muted">The provider’s invoice {invoiceNo}.</p>}
      {note !== "" && <p className="text-xs wrap-anywhere text-ink-muted">“{note}”</p>}
      {isReopened && (
        <p className="text-warn">
          Since then the bill changed by {formatTotalChange(signOff.billChangedUsd)} and the ledger by{" "}
          {formatTotalChange(signOff.ledgerChangedUsd)}: the month is open again.
        </p>
      )}
    </div>
  );
} // prettier-ignore

/** Whether finance agrees to the month, and with which figures. */
export function SignOffCard({ bill, month }: { bill: ChosenBill; month: BillMonth | undefined }) {
  const maySign = useRight("periods:write");
  const [isOpen, setIsOpen] = useState(false);
  const files = useQuery(useTRPC().bills.files.queryOptions());
  const keptOpen = month ? keptOpenBy(month) : null;
  const numbers = [
    ...new Set(
      files.data?.files
        .filter(({ provider, removedAt, firstDay, lastDay }) => provider === bill.provider && removedAt === null && firstDay.slice(0, 7) <= bill.month && lastDay.slice(0, 7) >= bill.month)
        .flatMap(({ invoiceNos }) => invoiceNos),
    ),
  ]; // prettier-ignore
  return (
    <Card>
      <CardHeader title="Sign-off" hint={`${providerName(bill.provider)}, ${formatMonth(bill.month)}`}>
        {month && (
          <Badge tone={month.signOff === null ? "neutral" : month.signOff.isReopened ? "warn" : "good"}>
            {month.signOff === null ? "not signed off" : month.signOff.isReopened ? "open again" : "signed off"}
          </Badge>
        )}
      </CardHeader>
      {month ? (
        <div className="space-y-3 border-t px-4 py-3.5 text-sm sm:px-5">
          {month.signOff && <Signed signOff={month.signOff} />}
          {keptOpen !== null && <p className="text-xs text-ink-muted">{keptOpen}</p>}
          {maySign && keptOpen === null && (
            <Button variant="primary" onClick={() => setIsOpen(true)}>
              Sign off {formatMonth(bill.month)}
            </Button>
          )}
          {maySign && keptOpen === null && (
            <SignOffDialog
              open={isOpen}
              onClose={() => setIsOpen(false)}
              bill={bill}
              month={month}
              invoiceNo={numbers.length === 1 ? (numbers[0] ?? "") : ""}
            />
          )}
        </div>
      ) : (
        <SkeletonRows rows={2} />
      )}
    </Card>
  );
} // prettier-ignore
