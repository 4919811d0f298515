import type { ReactNode } from "react";
import type { Folded } from "./column";
import { type Fold, foldLooks } from "./fold";

/** A figure without its header needs a word beside it. */
export function FoldedWords({
  folded,
  fold,
  children,
}: {
  folded: Folded | undefined;
  fold: Fold;
  children: ReactNode;
}) {
  const { word } = foldLooks(fold);
  return (
    <>
      {folded?.before !== undefined && <span className={word}>{folded.before} </span>}
      {children}
      {folded?.after !== undefined && <span className={word}> {folded.after}</span>}
    </>
  );
}
