"use client";

import { keepPreviousData, useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { Users } from "lucide-react";
import { parseAsString, useQueryState } from "nuqs";
import { useState } from "react";
import { Failure } from "@/app/_components/failure";
import { ReportTable } from "@/app/_components/tables/report-table";
import { Button, ButtonLink } from "@/app/_components/ui/button";
import { Callout } from "@/app/_components/ui/callout";
import { Card, CardHeader } from "@/app/_components/ui/card";
import { EmptyState } from "@/app/_components/ui/empty-state";
import { Input } from "@/app/_components/ui/field";
import { Link } from "@/app/_components/ui/link";
import { type Outputs, useTRPC, useTRPCClient } from "@/app/_trpc/client";
import { pages } from "@/app/_trpc/pages";
import { useRight, useTenant } from "../../_components/tenant-context";
import { useSettled } from "../../_scope/use-settled";
import { InvoicesHeader } from "../invoices-header";
import { accountColumns } from "./account-columns";
import { AccountDialog } from "./account-dialog";

export type BilledAccount = Outputs["invoices"]["accounts"]["accounts"][number];

/** Who is billed: accounts of closed months, and those that have details. */
export function Accounts() {
  const { slug } = useTenant();
  const mayWrite = useRight("billing:write");
  const [typed, setTyped] = useQueryState("search", parseAsString.withDefault(""));
  const search = useSettled(typed.trim().slice(0, 200), 300);
  const [openId, setOpenId] = useState<string | null>(null);
  const trpc = useTRPC();
  const client = useTRPCClient();
  const plans = useQuery(trpc.invoices.plans.queryOptions());
  const issuer = useQuery(trpc.invoices.issuer.queryOptions());
  const accounts = useInfiniteQuery({
    ...pages(trpc.invoices.accounts.queryKey({ search }), (cursor) => client.invoices.accounts.query({ search, cursor })),
    placeholderData: keepPreviousData,
  });
  const rows = accounts.data?.pages.flatMap((page) => page.accounts);
  const open = rows?.find(({ accountId }) => accountId === openId);
  const names = new Map(plans.data?.map(({ id, terms }) => [id, terms.name]));
  const defaultPlan = issuer.data && issuer.data.defaultPlanId !== null ? (names.get(issuer.data.defaultPlanId) ?? null) : null;
  return (
    <>
      <InvoicesHeader hint="Accounts are as your calls name them. Without details, an account is billed by the default plan under its own id." />
      {!mayWrite && <Callout className="mb-5">Your role can see how accounts are billed, not change it. Owners, admins and finance may.</Callout>}
      {issuer.data?.defaultPlanId === null && (
        <Callout tone="warn" className="mb-5">
          There is no default plan: accounts without one of their own are not billed.{" "}
          <Link href={`/${slug}/invoices/issuer`} className="font-medium underline">
            Choose one
          </Link>
        </Callout>
      )}
      <Card>
        <CardHeader title="Accounts" hint="Of closed months, and those that have details.">
          <Input
            type="search"
            aria-label="Part of an account or a name"
            placeholder="Search"
            maxLength={200}
            className="w-52"
            value={typed}
            onChange={({ target }) => void setTyped(target.value === "" ? null : target.value)}
          />
        </CardHeader>
        {accounts.isError ? (
          <Failure error={accounts.error} onRetry={() => void accounts.refetch()} />
        ) : (
          <ReportTable
            caption="How accounts are billed"
            rows={rows}
            isStale={accounts.isPlaceholderData}
            keyOf={({ accountId }) => accountId}
            name={{
              header: "Account",
              of: ({ accountId, details }) => ({
                text: accountId,
                ...(details.name !== "" && { detail: details.name }),
                ...(mayWrite && { onOpen: () => setOpenId(accountId) }),
              }),
            }}
            columns={accountColumns(slug, names, defaultPlan)}
            empty={
              search !== "" ? (
                <EmptyState icon={Users} title="No account matches" action={<Button onClick={() => void setTyped(null)}>Show all</Button>}>
                  Parts of ids and of names are looked for.
                </EmptyState>
              ) : (
                <EmptyState icon={Users} title="No account yet" action={<ButtonLink href={`/${slug}/get-started`}>What a call can carry</ButtonLink>}>
                  A call that names its account (accountId) can be billed to it, once its month is closed.
                </EmptyState>
              )
            }
          />
        )}
        {accounts.hasNextPage && (
          <div className="border-t px-4 py-2.5 text-right sm:px-5">
            <Button size="sm" disabled={accounts.isFetchingNextPage} onClick={() => void accounts.fetchNextPage()}>
              {accounts.isFetchingNextPage ? "Loading …" : "Show more accounts"}
            </Button>
          </div>
        )}
      </Card>
      {open && (
        <AccountDialog
          key={open.accountId}
          account={open}
          plans={plans.data ?? []}
          defaultPlan={defaultPlan}
          onClose={() => setOpenId(null)}
        />
      )}
    </>
  );
} // prettier-ignore
