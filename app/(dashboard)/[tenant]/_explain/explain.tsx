"use client";

import type { ReactNode } from "react";
import { useState } from "react";
import { createPortal } from "react-dom";
import { cn } from "@/app/_components/ui/class-names";
import { Dialog } from "@/app/_components/ui/dialog";
import type { Figure } from "@/server/analytics/explain/explain-schemas";
import type { ReportScope } from "@/server/analytics/schemas";
import { groupWords } from "../_reports/groups";
import type { ExplainedGroup } from "./calls-link";
import { Explanation } from "./explanation";
import { figureLabels } from "./figure-words";

interface ExplainProps {
  figure: Figure;
  /** Of the question that the figure is an answer to: from, to, filter. */
  scope: ReportScope;
  /** The row of a table that it stands in. */
  group?: ExplainedGroup;
  /** What it is called, where its usual name says too little. */
  label?: string;
  className?: string;
  /** The figure as it is shown. Not within a link: it becomes a button. */
  children: ReactNode;
}

/** A figure that says where it comes from when it is pressed. */
export function Explain({
  figure,
  scope,
  group,
  label = figureLabels[figure],
  className,
  children,
}: ExplainProps) {
  const [open, setOpen] = useState(false);
  // Kept from the first opening on: the browser gives the focus back only to a dialog that it closes itself.
  const [wasOpened, setWasOpened] = useState(false);
  return (
    <>
      <button
        type="button"
        aria-haspopup="dialog"
        title="Where this figure comes from"
        onClick={(event) => {
          event.stopPropagation();
          setWasOpened(true);
          setOpen(true);
        }}
        className={cn(
          "rounded-sm underline decoration-transparent decoration-dotted decoration-from-font underline-offset-4 transition-colors",
          "hover:decoration-ink-faint focus-visible:decoration-ink-faint",
          // Boxes within it would lose the line; and a bar is told against the width of its column.
          "[&_*]:[text-decoration:inherit] @md:has-[[data-bar]]:w-full",
          className,
        )}
      >
        {children}
        <span className="sr-only">, explain</span>
      </button>
      {wasOpened &&
        createPortal(
          <Dialog
            open={open}
            onClose={() => setOpen(false)}
            side
            title={group ? `${label}: ${group.key ?? groupWords[group.by].without}` : label}
          >
            <Explanation figure={figure} scope={scope} group={group} />
          </Dialog>,
          document.body,
        )}
    </>
  );
}
