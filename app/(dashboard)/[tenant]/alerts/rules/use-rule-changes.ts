"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { toast } from "sonner";
import { errorSentence } from "@/app/_format/errors";
import { useTRPC } from "@/app/_trpc/client";
import type { ParamValues } from "@/server/alerts/schemas";
import type { IncidentSubject, RuleId } from "@/server/incidents/schemas";
import { subjectName } from "../words";

export interface Target {
  rule: RuleId;
  /** Null: everything that the rule looks at. */
  subject: IncidentSubject | null;
}

/** How a target is set; null: not at all, so that it is as delivered or as for everything. */
export type SetBefore = { enabled: boolean; params: ParamValues } | null;

/** Setting rules and taking settings back; each says what became of it and can be undone. */
export function useRuleChanges() {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const onSettled = () => queries.invalidateQueries(trpc.alerts.rules.queryFilter());
  const onError = (error: Parameters<typeof errorSentence>[0]) => void toast.error(errorSentence(error));
  const set = useMutation(trpc.alerts.set.mutationOptions({ onSettled, onError }));
  const reset = useMutation(trpc.alerts.reset.mutationOptions({ onSettled, onError }));
  const putBack = (target: Target, before: SetBefore) =>
    before
      ? set.mutate({ ...target, enabled: before.enabled, params: { ...before.params } })
      : reset.mutate(target);
  const tell = (words: string, target: Target, before: SetBefore) =>
    void toast.success(words, {
      duration: 10_000,
      action: { label: "Undo", onClick: () => putBack(target, before) },
    });
  const of = ({ subject }: Target) => (subject ? ` of ${subjectName(subject)}` : "");
  return {
    isBusy: set.isPending || reset.isPending,
    error: set.error,
    set: (target: Target, next: { enabled: boolean; params: ParamValues }, before: SetBefore) =>
      set.mutate(
        { ...target, enabled: next.enabled, params: { ...next.params } },
        {
          onSuccess: () =>
            tell(`The rule${of(target)} was changed. It holds from the next look on.`, target, before),
        },
      ),
    reset: (target: Target, before: SetBefore) =>
      reset.mutate(target, {
        onSuccess: () =>
          tell(
            target.subject
              ? `${subjectName(target.subject)} is watched like everything else.`
              : "The rule is as delivered again.",
            target,
            before,
          ),
      }),
  };
}
