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
/** The rule to change, or where a new one begins. */
type Editing = { rule: Rule } | { asked: AskedRule | null };

export function Rules({ now: initialNow, asked }: { now: string; asked: AskedRule | null }) {
  const now = useNow(initialNow);
  const mayWrite = useRight("attribution:write");
  const [editing, setEditing] = useState<Editing | null>(asked !== null && mayWrite ? { asked } : null);
  const [applying, setApplying] = useState<Rule | null>(null);
  const rules = useQuery(useTRPC().attribution.rules.queryOptions({}));
  const active = rules.data?.filter(({ retired }) => !retired);
  const retired = rules.data?.filter((rule) => rule.retired) ?? [];
  const create = mayWrite && (
    <Button variant="primary" onClick={() => setEditing({ asked: null })}>
      <Plus /> New rule
    </Button>
  );
  const rowOf = (rule: Rule, place: number | null) => (
    <RuleRow
      key={rule.id}
      rule={rule}
      place={place}
      now={now}
      onEdit={() => setEditing({ rule })}
      onApply={() => setApplying(rule)}
    />
  );
  return (
    <div className="space-y-4">
      <Card>
        <CardHeader
          title="Rules"
          hint="Asked in this order of every call that comes in; for each tag, the first rule that may set it wins. What a call says itself stays, unless a rule asks about that very tag."
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
      {editing && (
        <RuleDialog
          key={"rule" in editing ? editing.rule.id : "new"}
          rule={"rule" in editing ? editing.rule : null}
          asked={"asked" in editing ? editing.asked : null}
          now={now}
          onClose={() => setEditing(null)}
        />
      )}
      {applying && (
        <ApplyDialog key={applying.id} rule={applying} now={now} onClose={() => setApplying(null)} />
      )}
    </div>
  );
}
