"use client";

import { useQuery } from "@tanstack/react-query";
import { Failure } from "@/app/_components/failure";
import { Badge } from "@/app/_components/ui/badge";
import { Link } from "@/app/_components/ui/link";
import { useTRPC } from "@/app/_trpc/client";
import { PageHeader } from "../../../_components/page-header";
import { useTenant } from "../../../_components/tenant-context";
import { PlanEditor } from "../plan-editor";
import { Versions } from "./versions";

function BackToPlans() {
  return (
    <Link
      href={`/${useTenant().slug}/invoices/plans`}
      className="mb-2 inline-block text-sm text-ink-muted hover:text-ink"
    >
      ← All rate plans
    </Link>
  );
}

function Known({ id }: { id: string }) {
  const read = useQuery(useTRPC().invoices.plan.queryOptions({ id }));
  if (read.isError) {
    return (
      <>
        <PageHeader title="Rate plan" />
        <Failure error={read.error} onRetry={() => void read.refetch()} />
      </>
    );
  }
  if (!read.data) return null;
  const { plan, versions } = read.data;
  return (
    <>
      <PageHeader
        title={plan.terms.name}
        aside={
          plan.retiredAt !== null ? (
            <Badge>retired</Badge>
          ) : (
            plan.isDefault && <Badge tone="accent">default</Badge>
          )
        }
        hint={`Version ${String(plan.version)}.`}
      />
      <PlanEditor plan={plan} />
      {versions.length > 1 && <Versions id={id} versions={versions} />}
    </>
  );
}

/** A rate plan and what it would bill. @param id null: a new one */
export function Plan({ id }: { id: string | null }) {
  return (
    <>
      <BackToPlans />
      {id !== null ? (
        <Known id={id} />
      ) : (
        <>
          <PageHeader
            title="New rate plan"
            hint="What an account pays for a month. Beside it stands what the last closed month would have come to."
          />
          <PlanEditor plan={null} />
        </>
      )}
    </>
  );
}
