"use client";

import { useQuery } from "@tanstack/react-query";
import { ArrowLeft } from "lucide-react";
import { Failure } from "@/app/_components/failure";
import { Badge } from "@/app/_components/ui/badge";
import { Card } from "@/app/_components/ui/card";
import { Link } from "@/app/_components/ui/link";
import { SkeletonRows } from "@/app/_components/ui/skeleton";
import { useTRPC } from "@/app/_trpc/client";
import { ruleOf } from "@/server/alerts/schemas";
import type { IncidentSubject, RuleId } from "@/server/incidents/schemas";
import { PageHeader } from "../../../_components/page-header";
import { useTenant } from "../../../_components/tenant-context";
import { useNow } from "../../../_components/use-now";
import { cadenceWords, ruleSeverities, subjectName } from "../../words";
import { ExceptionsCard } from "./exceptions-card";
import { RuleEditor } from "./rule-editor";
import { ruleHref } from "./search-params";

interface RuleProps {
  rule: RuleId;
  /** Null: everything that it looks at. */
  subject: IncidentSubject | null;
  now: string;
}

export function Rule({ rule, subject, now: initialNow }: RuleProps) {
  const now = useNow(initialNow);
  const { slug } = useTenant();
  const list = useQuery(useTRPC().alerts.rules.queryOptions());
  const listed = list.data?.rules.find((one) => one.rule === rule);
  const { title, says, cadence, subjects } = ruleOf(rule);
  return (
    <>
      <Link
        href={subject ? ruleHref(slug, rule) : `/${slug}/alerts/rules`}
        className="mb-2 inline-flex items-center gap-1.5 text-xs text-ink-muted underline underline-offset-2 hover:text-ink"
      >
        <ArrowLeft aria-hidden className="size-3.5" /> {subject ? "The rule for everything" : "All rules"}
      </Link>
      <PageHeader
        title={subject ? `${title}: ${subjectName(subject)}` : title}
        hint={`As delivered: ${says} Severity: ${ruleSeverities[rule]}; ${cadenceWords[cadence]}.`}
        aside={
          listed && (
            <Badge tone={listed.enabled ? "good" : "neutral"} dot={listed.enabled}>
              {listed.enabled ? "on" : "off"}
            </Badge>
          )
        }
      />
      {!listed ? (
        <Card>
          {list.isError ? (
            <Failure error={list.error} onRetry={() => void list.refetch()} />
          ) : (
            <SkeletonRows rows={6} />
          )}
        </Card>
      ) : (
        <div className="space-y-4">
          <RuleEditor key={JSON.stringify(subject)} listed={listed} subject={subject} now={now} />
          {subject === null && subjects.length > 0 && <ExceptionsCard listed={listed} />}
        </div>
      )}
    </>
  );
}
