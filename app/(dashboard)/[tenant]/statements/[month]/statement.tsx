"use client";

import { useQuery } from "@tanstack/react-query";
import { Failure } from "@/app/_components/failure";
import { Badge } from "@/app/_components/ui/badge";
import { Callout } from "@/app/_components/ui/callout";
import { Link } from "@/app/_components/ui/link";
import { formatInstant, formatMonth } from "@/app/_format/dates";
import { useTRPC } from "@/app/_trpc/client";
import type { StatementInput } from "@/server/statements/schemas";
import { CsvButton } from "../../_export/csv-button";
import { useMemberNames } from "../../_components/names";
import { PageHeader } from "../../_components/page-header";
import { useTenant } from "../../_components/tenant-context";
import { memberName, type StatementAnswer, statementHref } from "../words";
import { CorrectionsCard } from "./corrections-card";
import { HeadCard } from "./head-card";
import { SinceClosed } from "./since-closed";
import { TakeWithYou } from "./take-with-you";
import { ViewCard } from "./view-card";

/** Other revisions of the month, each with its way in. */
function Revisions({ answer: { head, revisions } }: { answer: StatementAnswer }) {
  const { slug } = useTenant();
  const others = revisions.filter(({ revision }) => revision !== head.revision);
  if (others.length === 0) return null;
  return (
    <p className="mb-5 text-sm text-ink-muted">
      Other revisions:{" "}
      {others.map(({ revision, reopenedAt }) => (
        <Link
          key={revision}
          href={`${statementHref(slug, head.month)}?revision=${String(revision)}`}
          className="mr-3 text-accent hover:underline"
        >
          revision {revision}
          {reopenedAt === null ? " (in force)" : ""}
        </Link>
      ))}
    </p>
  );
}

/** A closed month: what it came to, by whom it can be checked, and what has come since. */
export function Statement({ which }: { which: StatementInput }) {
  const { timeZone } = useTenant();
  const names = useMemberNames();
  const read = useQuery(useTRPC().statements.read.queryOptions(which));
  const title = `Statement of ${formatMonth(which.month)}`;
  if (read.isError) {
    return (
      <>
        <PageHeader title={title} />
        <Failure error={read.error} onRetry={() => void read.refetch()} />
      </>
    );
  }
  if (!read.data) return null;
  const { head } = read.data;
  const isInForce = head.reopenedAt === null;
  return (
    <>
      <PageHeader
        title={title}
        aside={isInForce ? <Badge tone="good">in force</Badge> : <Badge tone="warn">opened again</Badge>}
        hint={`Revision ${String(head.revision)}, taken ${formatInstant(head.takenAt, timeZone)}, asked for by ${memberName(names, head.takenBy)}. Days of ${head.timeZone}.`}
      >
        <CsvButton table="statement" input={which} of="all lines" />
      </PageHeader>
      {head.reopenedAt !== null && (
        <Callout tone="warn" className="mb-5">
          The month was opened again {formatInstant(head.reopenedAt, timeZone)} by{" "}
          {memberName(names, head.reopenedBy ?? "")}: “{head.reopenReason}”. This revision is no longer in
          force.
        </Callout>
      )}
      <Revisions answer={read.data} />
      <div className="space-y-5">
        <HeadCard head={head} which={which} />
        {isInForce && <SinceClosed month={head.month} />}
        <ViewCard which={which} />
        <CorrectionsCard answer={read.data} />
        {isInForce && <TakeWithYou month={head.month} />}
      </div>
    </>
  );
}
