import type { ReactNode } from "react";
import { Badge } from "@/app/_components/ui/badge";
import { Link } from "@/app/_components/ui/link";
import type { KillItem } from "@/server/kill-review/schemas";
import { useMemberNames } from "../../_components/names";
import { guardWords, personName, suggestionTones, suggestionWords } from "../words";
import { EvidenceFacts } from "./evidence-facts";

interface BottomFeatureProps {
  item: KillItem;
  /** Its calls of the month. */
  href: string;
  /** What was decided, and the way to decide. */
  children?: ReactNode;
}

/** One of the least used features: what is suggested and why, what it was to the month, what was decided. */
export function BottomFeature({ item, href, children }: BottomFeatureProps) {
  const { feature, suggestion, guard, evidence } = item;
  const names = useMemberNames();
  const of = evidence.teams.length === 0 ? "no team" : evidence.teams.join(", ");
  return (
    <article aria-label={feature} className="space-y-3 border-t px-4 py-4 sm:px-5 print:break-inside-avoid">
      <header className="flex flex-wrap items-center gap-x-3 gap-y-1.5">
        <h3 className="text-base font-semibold wrap-anywhere">
          <Link href={href} className="hover:underline">
            {feature}
          </Link>
        </h3>
        {suggestion && <Badge tone={suggestionTones[suggestion]}>{suggestionWords[suggestion]}</Badge>}
        {guard && <Badge>{guardWords[guard]}</Badge>}
        <span className="text-xs text-ink-muted">
          {of}; owner: {personName(names, evidence.ownerId)}
        </span>
      </header>
      {evidence.reason !== null && <p className="max-w-3xl text-sm">{evidence.reason}</p>}
      <EvidenceFacts evidence={evidence} />
      {children}
    </article>
  );
}
