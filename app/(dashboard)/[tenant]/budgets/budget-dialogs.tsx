"use client";

import { useState } from "react";
import type { BudgetSubject } from "@/server/budgets/schemas";
import { BudgetDialog } from "./budget-dialog";
import type { BudgetRow } from "./budgets";
import { EndDialog } from "./end-dialog";

type Budget = BudgetRow["budget"];
/** What a dialog is about; it stays when the dialog closes, which gives the focus back only if it is still there. */
type Asked =
  | { dialog: "new"; subject?: BudgetSubject }
  | { dialog: "change"; budget: Budget }
  | { dialog: "end"; budget: Budget };
export type OpenBudgetDialog = (asked: Asked) => void;

export function useBudgetDialogs() {
  const [asked, setAsked] = useState<Asked | null>(null);
  const [isOpen, setIsOpen] = useState(false);
  const [opening, setOpening] = useState(0);
  const open: OpenBudgetDialog = (next) => {
    setAsked(next);
    setIsOpen(true);
    setOpening(opening + 1);
  };
  return { asked, isOpen, opening, open, close: () => setIsOpen(false) };
}

type Dialogs = ReturnType<typeof useBudgetDialogs> & { now: Date };

export function BudgetDialogs({ asked, isOpen, opening, close, now }: Dialogs) {
  const dialog = { open: isOpen, onClose: close, now };
  switch (asked?.dialog) {
    case "new":
      return <BudgetDialog key={opening} {...dialog} budget={null} subject={asked.subject ?? null} />;
    case "change":
      return <BudgetDialog key={opening} {...dialog} budget={asked.budget} subject={null} />;
    case "end":
      return <EndDialog key={opening} open={isOpen} onClose={close} budget={asked.budget} />;
    case undefined:
      return null;
  }
}
