import { Link } from "@/app/_components/ui/link";
import { cn } from "../ui/class-names";
import type { RowHead } from "./column";

/** A row's name: a link, a button, or words; in each case the place where the keyboard stands. */
export function RowName({ head }: { head: RowHead }) {
  const { text, isNameless = false, href, onOpen, detail, badge, menu } = head;
  const look = cn("truncate rounded-sm font-medium", isNameless && "pr-1 font-normal text-ink-muted italic");
  const leads = "hover:underline hover:underline-offset-2";
  return (
    <div className="flex min-w-0 items-center gap-2">
      <div className="min-w-0">
        <span className="flex min-w-0 items-center gap-2">
          {href !== undefined ? (
            <Link data-row-focus href={href} title={text} className={cn(look, leads)}>
              {text}
            </Link>
          ) : onOpen !== undefined ? (
            <button
              data-row-focus
              type="button"
              onClick={onOpen}
              title={text}
              className={cn(look, leads, "text-left")}
            >
              {text}
            </button>
          ) : (
            <span data-row-focus tabIndex={-1} title={text} className={look}>
              {text}
            </span>
          )}
          {badge}
        </span>
        {detail !== undefined && <span className="block truncate text-xs text-ink-muted">{detail}</span>}
      </div>
      {menu}
    </div>
  );
}
