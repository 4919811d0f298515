import {
  type Budget,
  type BudgetSubject,
  type SetBudgetInput,
  usualThresholds,
} from "@/server/budgets/schemas";

/** What the form holds, as typed. */
export interface DraftBudget {
  kind: BudgetSubject["kind"];
  key: string;
  period: "month" | "day";
  amount: string;
  /** Per cent, with commas between. */
  thresholds: string;
  enforcement: "none" | "ask" | "deny";
  /** A person's id; empty: nobody. */
  ownerId: string;
  note: string;
}

const thresholdsText = (thresholds: readonly number[]) => thresholds.join(", ");

export const emptyDraft = (kind: BudgetSubject["kind"] = "feature", key = ""): DraftBudget => ({
  kind,
  key,
  period: "month",
  amount: "",
  thresholds: thresholdsText(usualThresholds[kind]),
  enforcement: "none",
  ownerId: "",
  note: "",
});

type Drafted = Pick<Budget, "subject" | "period" | "amountUsd" | "thresholds" | "enforcement" | "ownerId" | "note">; // prettier-ignore

export const draftOf = ({
  subject,
  period,
  amountUsd,
  thresholds,
  enforcement,
  ownerId,
  note,
}: Drafted): DraftBudget => ({
  kind: subject.kind,
  key: subject.key,
  period,
  amount: amountUsd,
  thresholds: thresholdsText(thresholds),
  enforcement: enforcement ?? "none",
  ownerId: ownerId ?? "",
  note: note ?? "",
});

/** Another kind of subject has other usual thresholds, unless somebody has chosen some. */
export function withKind(draft: DraftBudget, kind: DraftBudget["kind"]): DraftBudget {
  const isUsual = draft.thresholds === thresholdsText(usualThresholds[draft.kind]);
  const thresholds = isUsual ? thresholdsText(usualThresholds[kind]) : draft.thresholds;
  return { ...draft, kind, key: kind === "tenant" ? "" : draft.key, thresholds };
}

/** "$1,200.50" is 1200.50; what is no number stays as it is, for the server to refuse. */
const plainAmount = (typed: string) => typed.replace(/[$,\s]/g, "");

/** What is sent. Null: a field is still empty or holds what can be no threshold. */
export function inputOf(draft: DraftBudget): SetBudgetInput | null {
  const thresholds = draft.thresholds.split(/[,;\s%]+/).filter((part) => part !== "").map(Number); // prettier-ignore
  const areWhole = thresholds.every((per) => Number.isInteger(per) && per >= 1 && per <= 200);
  const key = draft.kind === "tenant" ? "" : draft.key.trim();
  const isNamed = draft.kind === "tenant" || key !== "";
  if (!isNamed || draft.amount.trim() === "" || thresholds.length === 0 || !areWhole) return null;
  return {
    subject: { kind: draft.kind, key },
    period: draft.period,
    amountUsd: plainAmount(draft.amount),
    thresholds,
    enforcement: draft.enforcement === "none" ? null : draft.enforcement,
    ownerId: draft.ownerId === "" ? null : draft.ownerId,
    note: draft.note.trim() === "" ? null : draft.note.trim(),
  };
}

const byStrictness = ["none", "ask", "deny"] as const satisfies DraftBudget["enforcement"][];

/** Whether the gate would refuse calls of it that pass today. @param before null: there was no budget, or it only told */
export const isEnforcedMore = (before: Budget["enforcement"], after: DraftBudget["enforcement"]): boolean =>
  byStrictness.indexOf(after) > byStrictness.indexOf(before ?? "none");
