"use client";

import { Link } from "@/app/_components/ui/link";
import { Money } from "@/app/_components/money";
import { Badge } from "@/app/_components/ui/badge";
import { Card, CardHeader } from "@/app/_components/ui/card";
import { cn } from "@/app/_components/ui/class-names";
import { subtractUsd, toGeometry } from "@/app/_format/money";
import { formatShare, plural } from "@/app/_format/quantities";
import type { Outputs } from "@/app/_trpc/client";
import { useTenant } from "../_components/tenant-context";
import { listTags, tagWords } from "./tag-words";

type CoverageReport = Outputs["reports"]["coverage"];

function Score({ coverage }: { coverage: CoverageReport }) {
  const { slug } = useTenant();
  const { total, attributed, score, wanted } = coverage;
  if (attributed === null) {
    return (
      <p className="text-sm text-ink-muted">
        No tag is wanted, so nothing can be missing. Say in the{" "}
        <Link href={`/${slug}/attribution/policy`} className="text-accent underline underline-offset-2">
          tag policy
        </Link>{" "}
        which tags a call must have to count as attributed.
      </p>
    );
  }
  if (score === null) {
    return (
      <p className="text-sm text-ink-muted">
        Nothing was spent in this range. Choose a longer one, or send calls.
      </p>
    );
  }
  return (
    <>
      <p className="figures text-3xl font-semibold tracking-tight" data-testid="score">
        {formatShare(toGeometry(score))}
      </p>
      <p className="mt-1 text-sm text-ink-muted">
        <Money usd={attributed.costUsd} className="text-ink" /> of <Money usd={total.costUsd} /> has{" "}
        {listTags(wanted)};{" "}
        <Money usd={subtractUsd(total.costUsd, attributed.costUsd)} className="font-medium text-ink" /> has no
        owner.
      </p>
      {total.unpricedCalls > 0 && (
        <p className="mt-1 text-xs text-warn">
          + {plural(total.unpricedCalls, "call")} unpriced, in no share of cost
        </p>
      )}
    </>
  );
}

function TagBar({ tag }: { tag: CoverageReport["tags"][number] }) {
  const fraction = tag.costShare === null ? null : toGeometry(tag.costShare);
  const isWanted = tag.mode !== "accept";
  const { label } = tagWords[tag.tag];
  return (
    <li className="grid grid-cols-[9.5rem_1fr_3.25rem] items-center gap-3 py-1.5 text-sm">
      <span className={cn("flex items-center gap-2", !isWanted && "text-ink-muted")}>
        {label}
        {isWanted && (
          <Badge tone={tag.mode === "reject" ? "bad" : "accent"} title="What your tag policy says">
            {tag.mode === "reject" ? "required" : "wanted"}
          </Badge>
        )}
      </span>
      <div aria-hidden className="h-2 overflow-hidden rounded-full bg-sunken">
        <div
          style={{ width: `${String((fraction ?? 0) * 100)}%` }}
          className={cn("h-full rounded-full", isWanted ? "bg-data" : "bg-data-faint")}
        />
      </div>
      <span
        className="figures text-right"
        title={`${plural(tag.calls, "call")}${tag.callShare === null ? "" : `, ${formatShare(toGeometry(tag.callShare))} of all,`} have it`}
      >
        {fraction === null ? "–" : formatShare(fraction)}
      </span>
    </li>
  );
}

/** How much of the cost has an owner, as the tenant's policy understands it, and tag by tag. */
export function ScoreCard({ coverage, className }: { coverage: CoverageReport; className?: string }) {
  return (
    <Card className={className}>
      <CardHeader title="Attributed cost" hint="Share of the cost whose calls have every tag you want." />
      <div className="px-4 pb-4 sm:px-5">
        <Score coverage={coverage} />
      </div>
      <div className="border-t px-4 py-3 sm:px-5">
        <h3 className="mb-1 text-2xs font-medium text-ink-faint">Share of cost that has the tag</h3>
        <ul>
          {coverage.tags.map((tag) => (
            <TagBar key={tag.tag} tag={tag} />
          ))}
        </ul>
      </div>
    </Card>
  );
}
