"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { toast } from "sonner";
import { ConfirmButton } from "@/app/_components/forms/confirm-button";
import { Badge } from "@/app/_components/ui/badge";
import { Button } from "@/app/_components/ui/button";
import { formatAgo } from "@/app/_format/dates";
import { errorSentence } from "@/app/_format/errors";
import { useTRPC } from "@/app/_trpc/client";
import { useRight, useTenant } from "../../_components/tenant-context";
import { useMemberNames } from "../../_components/names";
import { RuleTerms } from "./rule-terms";
import type { Rule } from "./rules";

interface RuleRowProps {
  rule: Rule;
  /** In the order in which rules are asked; null: it is retired. */
  place: number | null;
  now: Date;
  onEdit: () => void;
  onApply: () => void;
}

export function RuleRow({ rule, place, now, onEdit, onApply }: RuleRowProps) {
  const { timeZone } = useTenant();
  const mayWrite = useRight("attribution:write");
  const names = useMemberNames();
  const trpc = useTRPC();
  const queries = useQueryClient();
  const retire = useMutation(
    trpc.attribution.retireRule.mutationOptions({
      onSuccess: () =>
        void toast.success("The rule was retired. Calls that it has filled in stay as they are."),
      onError: (error) => void toast.error(errorSentence(error)),
      onSettled: () => queries.invalidateQueries(trpc.attribution.rules.queryFilter()),
    }),
  );
  const who = names.get(rule.setBy);
  return (
    <li className="flex flex-wrap items-start gap-x-4 gap-y-2.5 px-4 py-3.5 sm:px-5">
      <div className="flex min-w-0 flex-1 basis-72 gap-3">
        {place !== null && (
          <span className="figures mt-0.5 grid size-5 shrink-0 place-items-center rounded-full border text-2xs text-ink-muted">
            {place}
          </span>
        )}
        <div className="min-w-0 space-y-1.5">
          <p className="flex flex-wrap items-center gap-2 text-sm font-medium">
            <span className={place === null ? "text-ink-muted" : ""}>{rule.name}</span>
            {place === null && <Badge>retired</Badge>}
          </p>
          <RuleTerms conditions={rule.conditions} sets={rule.sets} />
          <p className="text-xs text-ink-faint">
            version {rule.version}
            {who !== undefined && ` by ${who}`}, {formatAgo(rule.knownFrom, now, timeZone)}
          </p>
        </div>
      </div>
      {mayWrite && place !== null && (
        <div className="-mr-2 flex flex-wrap gap-1">
          <Button size="sm" onClick={onApply} aria-label={`Apply ${rule.name} to the past`}>
            Apply to the past
          </Button>
          <Button size="sm" variant="ghost" onClick={onEdit} aria-label={`Edit ${rule.name}`}>
            Edit
          </Button>
          <ConfirmButton
            label="Retire"
            title={`Retire “${rule.name}”?`}
            confirm="Retire the rule"
            onConfirm={() => retire.mutate({ id: rule.id })}
          >
            New calls are no longer asked about it. Calls that it has filled in stay as they are; to take
            those back, revert the run that applied it.
          </ConfirmButton>
        </div>
      )}
    </li>
  );
}
