import { Plus } from "lucide-react";
import { Button } from "@/app/_components/ui/button";
import type { BudgetSubject } from "@/server/budgets/schemas";
import { useRight } from "../../_components/tenant-context";
import type { OpenBudgetDialog } from "../budget-dialogs";
import { periodWords } from "../words";
import type { ForecastAnswer } from "./subject-forecast";

interface SubjectActionsProps {
  subject: BudgetSubject;
  /** In force. */
  budgets: ForecastAnswer["budgets"];
  open: OpenBudgetDialog;
}

/** Changing and ending the budgets of a subject, or giving it its first. */
export function SubjectActions({ subject, budgets, open }: SubjectActionsProps) {
  const mayWrite = useRight("budgets:write");
  if (!mayWrite) return null;
  if (budgets.length === 0) {
    return (
      <Button variant="primary" onClick={() => open({ dialog: "new", subject })}>
        <Plus /> Set a budget
      </Button>
    );
  }
  // With both, each is named by its period.
  const of = (period: "month" | "day") => (budgets.length > 1 ? ` of ${periodWords[period]}` : "");
  return (
    <div className="flex flex-wrap gap-2">
      {budgets.map((budget) => (
        <span key={budget.id} className="inline-flex gap-2">
          <Button onClick={() => open({ dialog: "change", budget })}>
            Change the budget{of(budget.period)}
          </Button>
          <Button variant="ghost" onClick={() => open({ dialog: "end", budget })}>
            End it
          </Button>
        </span>
      ))}
    </div>
  );
}
