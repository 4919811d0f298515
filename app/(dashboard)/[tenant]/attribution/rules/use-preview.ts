"use client";

import { useMutation } from "@tanstack/react-query";
import { type Outputs, useTRPC } from "@/app/_trpc/client";
import type { RuleCondition, RuleSets } from "@/server/attribution/schemas";
import { askedDays, type DayRange } from "./day-range";

export type PreviewFigures = Outputs["attribution"]["previewRule"];

interface Terms {
  conditions: readonly RuleCondition[];
  sets: RuleSets;
}

/** What a rule would change in a stretch of days; figures of other terms than those now in sight are not given out. */
export function usePreview(terms: Terms | null, range: DayRange) {
  const preview = useMutation(useTRPC().attribution.previewRule.mutationOptions());
  const days = askedDays(range);
  const question = terms && days && { conditions: [...terms.conditions], sets: terms.sets, ...days };
  const isOfThese = JSON.stringify(preview.variables) === JSON.stringify(question);
  return {
    ask: question === null ? null : () => preview.mutate(question),
    isPending: preview.isPending,
    error: isOfThese ? preview.error : null,
    figures: isOfThese ? (preview.data ?? null) : null,
  };
}
