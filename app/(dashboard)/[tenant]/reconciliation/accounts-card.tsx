"use client";

import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { Failure } from "@/app/_components/failure";
import { Money } from "@/app/_components/money";
import type { Column } from "@/app/_components/tables/column";
import { ReportTable } from "@/app/_components/tables/report-table";
import { Badge } from "@/app/_components/ui/badge";
import { Button } from "@/app/_components/ui/button";
import { Card, CardHeader } from "@/app/_components/ui/card";
import { plural } from "@/app/_format/quantities";
import { type Outputs, useTRPC } from "@/app/_trpc/client";

type Row = Outputs["reconciliation"]["accounts"]["rows"][number];

const money = (usd: string | null) => (usd === null ? "–" : <Money usd={usd} />);
const columns: Column<Row>[] = [
  { key: "ledger", header: "Calls", about: "Added up one by one", folded: { line: 1 }, cell: ({ ledgerUsd }) => <Money usd={ledgerUsd} /> },
  { key: "rolledUp", header: "Roll-ups", from: "sm", folded: { line: 2, before: "roll-ups " }, cell: ({ rolledUpUsd }) => money(rolledUpUsd) },
  { key: "stated", header: "Statements", about: "What statements in force hold of the month's calls, late ones too", from: "sm", folded: { line: 2, before: "statements " }, cell: ({ statedUsd }) => money(statedUsd) },
  { key: "toInvoice", header: "To invoice", about: "Of its statement, with corrections of earlier months", from: "md", cell: ({ toInvoiceUsd }) => money(toInvoiceUsd) },
  {
    key: "invoice",
    header: "Cost basis",
    about: "What its invoice was computed from",
    from: "md",
    cell: ({ invoice }) => (invoice ? <span><Money usd={invoice.basisUsd} /><span className="block text-2xs text-ink-muted">{invoice.number ?? "draft"}</span></span> : "–"),
  },
]; // prettier-ignore

function Rows({ month }: { month: string }) {
  const accounts = useQuery(useTRPC().reconciliation.accounts.queryOptions({ month }));
  if (accounts.isError) return <Failure error={accounts.error} onRetry={() => void accounts.refetch()} />;
  const rest = accounts.data?.rest;
  return (
    <>
      <ReportTable
        caption="The month by account, those that are off first"
        rows={accounts.data?.rows}
        keyOf={({ accountId }) => accountId}
        name={{
          header: "Account",
          of: ({ accountId, isOff }) => ({
            text: accountId === "" ? "Calls without an account" : accountId,
            isNameless: accountId === "",
            ...(isOff && { badge: <Badge tone="bad">off</Badge> }),
          }),
        }}
        columns={columns}
        empty={<p className="border-t px-4 py-4 text-sm text-ink-muted sm:px-5">The month has no call.</p>}
      />
      {rest && (
        <p className="border-t px-4 py-3 text-xs text-ink-muted sm:px-5">
          {plural(rest.accounts, "further account")}, all agreeing or less dear, for <Money usd={rest.ledgerUsd} />.
        </p>
      )}
    </>
  );
} // prettier-ignore

/** Which account is off: asked for, since it adds up every call by account. */
export function AccountsCard({ month }: { month: string }) {
  const [isShown, setIsShown] = useState(false);
  return (
    <Card className="print:hidden">
      <CardHeader title="Account by account" hint="The same figures for each account, those that are off first.">
        {!isShown && (
          <Button size="sm" onClick={() => setIsShown(true)}>
            Show accounts
          </Button>
        )}
      </CardHeader>
      {isShown && <Rows month={month} />}
    </Card>
  );
} // prettier-ignore
