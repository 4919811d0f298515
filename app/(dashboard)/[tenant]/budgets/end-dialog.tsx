"use client";

import { Button } from "@/app/_components/ui/button";
import { Dialog } from "@/app/_components/ui/dialog";
import { formatTotal } from "@/app/_format/money";
import type { BudgetRow } from "./budgets";
import { useBudgetChanges } from "./use-budget-changes";
import { periodWords, subjectName } from "./words";

interface EndDialogProps {
  open: boolean;
  budget: BudgetRow["budget"];
  onClose: () => void;
}

export function EndDialog({ open, budget, onClose }: EndDialogProps) {
  const changes = useBudgetChanges();
  const name = subjectName(budget.subject);
  return (
    <Dialog
      open={open}
      onClose={onClose}
      title={`End the budget of ${name}?`}
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button
            variant="danger"
            onClick={() => {
              onClose();
              changes.end(budget.id);
            }}
          >
            End the budget
          </Button>
        </>
      }
    >
      <p className="text-sm text-ink-muted">
        {name} may then cost more than {formatTotal(budget.amountUsd)} {periodWords[budget.period]} without
        anybody being told. Its history stays, and setting a budget again goes on with it.
      </p>
    </Dialog>
  );
}
