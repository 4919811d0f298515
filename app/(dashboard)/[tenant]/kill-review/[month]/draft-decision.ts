import type { Outputs } from "@/app/_trpc/client";
import type { DecideInput, KillItem, Suggestion } from "@/server/kill-review/schemas";
import { usualDueDate } from "../words";

export type ShownDecision = Outputs["killReview"]["read"]["decisions"][number];

export interface DecisionDraft {
  decision: Suggestion;
  reason: string;
  ownerId: string;
  dueOn: string;
  mergeInto: string;
  /** Of a budget that comes with a limit; empty: none. */
  amount: string;
}

/** What was decided, or what is suggested: the reason is the suggestion's until somebody says another. */
export function draftOf(
  item: KillItem,
  known: ShownDecision | null,
  month: string,
  today: string,
): DecisionDraft {
  const due = usualDueDate(month, today);
  if (known && known.decision !== "withdrawn")
    return {
      decision: known.decision,
      reason: known.reason,
      ownerId: known.ownerId ?? "",
      dueOn: known.dueOn ?? due,
      mergeInto: known.mergeInto ?? "",
      amount: "",
    };
  return {
    decision: item.suggestion ?? "keep",
    reason: item.evidence.reason ?? "",
    ownerId: item.evidence.ownerId ?? "",
    dueOn: due,
    mergeInto: item.evidence.overlap?.feature ?? "",
    amount: "",
  };
}

/** What is sent; null while something is missing. */
export function inputOf(draft: DecisionDraft, month: string, feature: string): DecideInput | null {
  const { decision, reason, ownerId, dueOn, mergeInto } = draft;
  if (reason.trim() === "") return null;
  if (decision !== "keep" && dueOn === "") return null;
  if (decision === "merge" && mergeInto === "") return null;
  return {
    month,
    feature,
    decision,
    reason,
    ownerId: ownerId === "" ? null : ownerId,
    dueOn: decision === "keep" ? null : dueOn,
    mergeInto: decision === "merge" ? mergeInto : null,
  };
}
