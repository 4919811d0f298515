import { CircleAlert, CircleCheck, Hourglass } from "lucide-react";
import { cn } from "@/app/_components/ui/class-names";
import { Skeleton } from "@/app/_components/ui/skeleton";
import { conclude } from "./conclude";
import type { ReconciliationLink } from "./words";

const looks = {
  good: { icon: CircleCheck, className: "border-transparent bg-good-soft", iconClass: "text-good" },
  waits: { icon: Hourglass, className: "border-warn-line bg-warn-soft", iconClass: "text-warn" },
  differs: { icon: CircleAlert, className: "border-bad-line bg-bad-soft", iconClass: "text-bad" },
} as const;

interface VerdictProps {
  month: string;
  /** Null: a side is still on its way, and nothing is said before it is there. */
  links: readonly ReconciliationLink[] | null;
}

/** The month in a sentence. */
export function Verdict({ month, links }: VerdictProps) {
  if (links === null) return <Skeleton className="h-16" />;
  const { tone, title, detail } = conclude(month, links);
  const { icon: Icon, className, iconClass } = looks[tone];
  return (
    <section role="status" className={cn("flex items-start gap-3 rounded-lg border px-4 py-3 sm:px-5", className)}>
      <Icon aria-hidden className={cn("mt-0.5 size-5 shrink-0", iconClass)} />
      <div className="min-w-0">
        <h2 className="text-base font-semibold text-ink">{title}</h2>
        {detail !== "" && <p className="mt-0.5 text-sm text-ink">{detail}</p>}
      </div>
    </section>
  );
} // prettier-ignore
