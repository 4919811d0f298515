"use client";

import { useQuery } from "@tanstack/react-query";
import { Plus, Waypoints } from "lucide-react";
import { useState } from "react";
import { Failure } from "@/app/_components/failure";
import { Button } from "@/app/_components/ui/button";
import { Card, CardHeader } from "@/app/_components/ui/card";
import { EmptyState } from "@/app/_components/ui/empty-state";
import { SkeletonRows } from "@/app/_components/ui/skeleton";
import { type Outputs, useTRPC } from "@/app/_trpc/client";
import { useRight } from "../../_components/tenant-context";
import { useNow } from "../../_components/use-now";
import { ApplyDialog } from "./apply-dialog";
import { RuleDialog } from "./rule-dialog";
import { RuleRow } from "./rule-row";
import { Runs } from "./runs";
import type { AskedRule } from "./search-params";

export type Rule = Outputs["attribution"]["rules"][number];
/** What a dialog is about; it stays when the dialog closes, which gives the focus back only if it is still there. */
type Subject =
  | { dialog: "edit"; rule: Rule }
  | { dialog: "new"; asked: AskedRule | null }
  | { dialog: "apply"; rule: Rule };

interface SubjectDialogProps {
  subject: Subject | null;
  open: boolean;
  now: Date;
  onClose: () => void;
}

function SubjectDialog({ subject, ...dialog }: SubjectDialogProps) {
  switch (subject?.dialog) {
    case "edit":
      return <RuleDialog {...dialog} rule={subject.rule} asked={null} />;
    case "new":
      return <RuleDialog {...dialog} rule={null} asked={subject.asked} />;
    case "apply":
      return <ApplyDialog {...dialog} rule={subject.rule} />;
    case undefined:
      return null;
  }
}

export function Rules({ now: initialNow, asked }: { now: string; asked: AskedRule | null }) {
  const now = useNow(initialNow);
  const mayWrite = useRight("attribution:write");
  const startsOpen = asked !== null && mayWrite;
  const [subject, setSubject] = useState<Subject | null>(startsOpen ? { dialog: "new", asked } : null);
  const [isOpen, setIsOpen] = useState(startsOpen);
  const [opening, setOpening] = useState(0);
  const open = (next: Subject) => {
    setSubject(next);
    setIsOpen(true);
    setOpening(opening + 1);
  };
  const rules = useQuery(useTRPC().attribution.rules.queryOptions({}));
  const active = rules.data?.filter(({ retired }) => !retired);
  const retired = rules.data?.filter((rule) => rule.retired) ?? [];
  const create = mayWrite && (
    <Button variant="primary" onClick={() => open({ dialog: "new", asked: null })}>
      <Plus /> New rule
    </Button>
  );
  const rowOf = (rule: Rule, place: number | null) => (
    <RuleRow
      key={rule.id}
      rule={rule}
      place={place}
      now={now}
      onEdit={() => open({ dialog: "edit", rule })}
      onApply={() => open({ dialog: "apply", rule })}
    />
  );
  return (
    <div className="space-y-4">
      <Card>
        <CardHeader
          title="Rules"
          hint="Asked in this order of every call; for each tag the first that may set it wins. What a call says itself stays, unless a rule asks about that very tag."
        >
          {create}
        </CardHeader>
        {rules.isError ? (
          <Failure error={rules.error} onRetry={() => void rules.refetch()} />
        ) : active === undefined ? (
          <SkeletonRows rows={4} />
        ) : active.length === 0 ? (
          <EmptyState icon={Waypoints} title="No rules yet" action={create}>
            A rule fills in what an app forgot: “calls without a feature on route /chat are feature chat.” See
            what it would change before you save it.
          </EmptyState>
        ) : (
          <ol className="divide-y border-t">{active.map((rule, at) => rowOf(rule, at + 1))}</ol>
        )}
        {retired.length > 0 && (
          <details className="border-t">
            <summary className="px-4 py-2.5 text-xs text-ink-muted hover:text-ink sm:px-5">
              Retired ({retired.length})
            </summary>
            <ul className="divide-y border-t">{retired.map((rule) => rowOf(rule, null))}</ul>
          </details>
        )}
      </Card>
      <Runs rules={rules.data ?? []} now={now} />
      <SubjectDialog
        key={opening}
        subject={subject}
        open={isOpen}
        now={now}
        onClose={() => setIsOpen(false)}
      />
    </div>
  );
}
