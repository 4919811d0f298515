import { Money } from "@/app/_components/money";
import { Link } from "@/app/_components/ui/link";
import { formatInstant } from "@/app/_format/dates";
import { formatCompact, formatShare, plural } from "@/app/_format/quantities";
import type { ReviewFigures } from "@/server/weekly-review/schemas";

interface GapsStepProps {
  gaps: ReviewFigures["gaps"];
  slug: string;
  timeZone: string;
}

const link = "underline underline-offset-2 hover:text-ink";

export function GapsStep({ gaps, slug, timeZone }: GapsStepProps) {
  return (
    <dl className="grid gap-x-6 gap-y-3 border-t px-4 py-4 text-sm sm:grid-cols-2 sm:px-5">
      <div>
        <dt className="text-ink-muted">
          <Link href={`/${slug}/prices`} className={link}>
            Without a price
          </Link>
        </dt>
        <dd className="figures">
          {plural(gaps.unpricedCalls, "call")}, {formatCompact(gaps.unpricedTokens)} tokens
        </dd>
      </div>
      {gaps.lacking.map(({ tag, costUsd, costShare }) => (
        <div key={tag}>
          <dt className="text-ink-muted">
            <Link href={`/${slug}/attribution`} className={link}>
              Without {tag === "feature" || tag === "team" ? `a ${tag}` : tag}
            </Link>
          </dt>
          <dd className="figures">
            <Money usd={costUsd} />
            {costShare !== null && ` (${formatShare(Number(costShare))})`}
          </dd>
        </div>
      ))}
      <div>
        <dt className="text-ink-muted">Final through</dt>
        <dd className="figures">
          {formatInstant(gaps.finalThrough, timeZone)}
          {gaps.pendingHours > 0 && `, ${plural(gaps.pendingHours, "hour")} waited to be summed up`}
        </dd>
      </div>
    </dl>
  );
}
