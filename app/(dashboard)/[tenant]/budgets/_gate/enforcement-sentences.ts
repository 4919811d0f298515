import { formatTotal, subtractUsd, toGeometry } from "@/app/_format/money";
import type { BudgetSubject } from "@/server/budgets/schemas";
import { subjectName } from "../words";

interface Enforced {
  subject: BudgetSubject;
  period: "month" | "day";
  amountUsd: string;
  enforcement: "ask" | "deny";
}

/**
 * What it comes to that the gate enforces a budget.
 * @param usedUsd of its running period; undefined: not known yet
 */
export function enforcementSentences(
  { subject, period, amountUsd, enforcement }: Enforced,
  usedUsd: string | undefined,
): string[] {
  const whose = subject.kind === "tenant" ? "of the organisation" : `of ${subjectName(subject)}`;
  const until = enforcement === "ask" ? "until somebody confirms them" : `until the next ${period} begins`;
  const beyond = `Calls ${whose} that would take it beyond ${formatTotal(amountUsd)} a ${period} are refused ${until}, in apps that ask the gate.`;
  if (usedUsd === undefined) return [beyond];
  const isUsedUp = toGeometry(subtractUsd(usedUsd, amountUsd)) >= 0;
  const running = period === "month" ? "this month" : "today";
  const used = isUsedUp
    ? `${formatTotal(usedUsd)} is used ${running} already, so it begins at once.`
    : `${formatTotal(usedUsd)} is used ${running} so far.`;
  return [beyond, used];
}
