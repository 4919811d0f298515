import { formatCount } from "@/app/_format/quantities";
import { Button } from "../ui/button";
import type { Paging } from "./column";

/** "50 of 312 features", and the way to more of them. */
export function TablePaging({ paging, shown }: { paging: Paging; shown: number }) {
  const { of, nouns, onMore, isLoading = false } = paging;
  const noun = nouns[of === 1 ? 0 : 1];
  return (
    <div className="flex items-center justify-between gap-3 border-t px-4 py-2.5 text-xs text-ink-muted sm:px-5">
      <span className="figures" aria-live="polite">
        {shown < of ? `${formatCount(shown)} of ${formatCount(of)} ${noun}` : `${formatCount(of)} ${noun}`}
      </span>
      {shown < of && onMore !== undefined && (
        <Button size="sm" onClick={onMore} disabled={isLoading}>
          {isLoading ? "Loading…" : "Show more"}
        </Button>
      )}
    </div>
  );
}
