"use client";

import { useQuery } from "@tanstack/react-query";
import { Percent } from "lucide-react";
import { Failure } from "@/app/_components/failure";
import type { Column } from "@/app/_components/tables/column";
import { ReportTable } from "@/app/_components/tables/report-table";
import { Badge } from "@/app/_components/ui/badge";
import { ButtonLink } from "@/app/_components/ui/button";
import { Card, CardHeader } from "@/app/_components/ui/card";
import { EmptyState } from "@/app/_components/ui/empty-state";
import { formatDate } from "@/app/_format/dates";
import { formatCount } from "@/app/_format/quantities";
import { useTRPC } from "@/app/_trpc/client";
import type { PlanHead } from "@/server/invoices/documents";
import { memberName } from "../../statements/words";
import { useMemberNames } from "../../_components/names";
import { useRight, useTenant } from "../../_components/tenant-context";
import { InvoicesHeader } from "../invoices-header";
import { RetireButton } from "./retire-button";
import { termsInShort } from "./terms-words";

const columnsOf = (timeZone: string, names: ReadonlyMap<string, string>): Column<PlanHead>[] => [
  {
    key: "accounts",
    header: "Accounts",
    about: "Those that have it as their own",
    folded: { line: 2, after: " accounts of its own" },
    cell: ({ accounts }) => formatCount(accounts),
  },
  {
    key: "version",
    header: "Version",
    folded: { line: 2, before: "version " },
    cell: ({ version, createdAt, createdBy }) => (
      <span title={`${formatDate(createdAt, timeZone)} by ${memberName(names, createdBy)}`}>{version}</span>
    ),
  },
  { key: "actions", header: <span className="sr-only">Actions</span>, folded: { line: 2 }, cell: (plan) => <RetireButton plan={plan} /> },
]; // prettier-ignore

/** What accounts can be billed by. */
export function Plans() {
  const { slug, timeZone } = useTenant();
  const mayWrite = useRight("billing:write");
  const names = useMemberNames();
  const plans = useQuery(useTRPC().invoices.plans.queryOptions());
  const newPlan = (
    <ButtonLink variant="primary" href={`/${slug}/invoices/plans/new`}>
      New rate plan
    </ButtonLink>
  );
  return (
    <>
      <InvoicesHeader hint="A rate plan says what an account pays for a month. Changing one makes a new version; an invoice keeps the version it was computed with.">
        {mayWrite && plans.data && plans.data.length > 0 && newPlan}
      </InvoicesHeader>
      <Card>
        <CardHeader title="Rate plans" hint="The default plan is of all accounts that have none of their own." />
        {plans.isError ? (
          <Failure error={plans.error} onRetry={() => void plans.refetch()} />
        ) : (
          <ReportTable
            caption="Rate plans"
            fold="narrow"
            rows={plans.data}
            keyOf={({ id }) => id}
            name={{
              header: "Plan",
              of: ({ id, terms, isDefault, retiredAt }) => ({
                text: terms.name,
                href: `/${slug}/invoices/plans/${id}`,
                detail: <span className="whitespace-normal">{termsInShort(terms)}</span>,
                badge: retiredAt !== null ? <Badge>retired</Badge> : isDefault ? <Badge tone="accent">default</Badge> : undefined,
              }),
            }}
            columns={columnsOf(timeZone, names)}
            empty={
              <EmptyState icon={Percent} title="No rate plan yet" action={mayWrite && newPlan}>
                Cost plus a markup, a price per token or call, fees, tiers: a plan has as many components as you like.{" "}
                {!mayWrite && "Owners, admins and finance make them."}
              </EmptyState>
            }
          />
        )}
      </Card>
    </>
  );
} // prettier-ignore
