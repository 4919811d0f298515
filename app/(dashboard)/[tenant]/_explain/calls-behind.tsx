"use client";

import { ArrowRight } from "lucide-react";
import { Link } from "@/app/_components/ui/link";
import { Money } from "@/app/_components/money";
import { cn } from "@/app/_components/ui/class-names";
import { toGeometry } from "@/app/_format/money";
import { formatCount, formatShare, plural } from "@/app/_format/quantities";
import type { Outputs } from "@/app/_trpc/client";
import { tagLabels } from "../_scope/filters";
import { Section } from "./section";

type Explained = Outputs["reports"]["explain"];

/** How the cost of a call is known, the surest first. */
const statuses = [
  ["priced", "by their own rates", "bg-data"],
  ["estimated", "by a rate that stands in", "bg-data-faint"],
  ["partial", "a part has no rate: a lower bound", "bg-warn-line"],
  ["reported", "the sender's own amount", "bg-data-line"],
  ["unpriced", "unknown, in no amount", "bg-warn"],
] as const;

function Coverage({ coverage }: { coverage: NonNullable<Explained["coverage"]> }) {
  const tag = tagLabels[coverage.by].toLowerCase();
  const { share, taggedUsd, costUsd, taggedCalls, calls } = coverage;
  return (
    <p className="mt-2 text-xs text-ink-muted">
      {share === null ? "Nothing was spent in this range" : `${formatShare(toGeometry(share))} of the cost`}
      {share !== null && (
        <>
          {" "}
          in the table (<Money usd={taggedUsd} /> of <Money usd={costUsd} />)
        </>
      )}{" "}
      and {formatCount(taggedCalls)} of {plural(calls, "call")} have a {tag}.
    </p>
  );
}

/** How many calls a figure is about, and how their cost is known. */
export function CallsBehind({
  explained: { calls, coverage },
  href,
}: {
  explained: Explained;
  href: string;
}) {
  const shown = statuses.filter(([status]) => calls[status] > 0);
  return (
    <Section
      title={plural(calls.total, "call")}
      aside={
        calls.total > 0 && (
          <Link
            href={href}
            className="inline-flex items-center gap-1 text-sm text-accent underline-offset-2 hover:underline"
          >
            Show the calls <ArrowRight aria-hidden className="size-3.5" />
          </Link>
        )
      }
    >
      {calls.total > 0 && (
        <div aria-hidden className="mb-2 flex h-2 gap-px overflow-hidden rounded-full bg-sunken">
          {shown.map(([status, , colour]) => (
            <span key={status} style={{ flexGrow: calls[status] }} className={cn("h-full min-w-1", colour)} />
          ))}
        </div>
      )}
      <dl className="figures text-sm">
        {shown.map(([status, words, colour]) => (
          <div key={status} className="flex items-baseline justify-between gap-4 py-0.5">
            <dt className="flex min-w-0 items-baseline gap-2">
              <span aria-hidden className={cn("size-2 shrink-0 rounded-[3px]", colour)} />
              <span>
                {status} <span className="text-ink-faint">{words}</span>
              </span>
            </dt>
            <dd className="whitespace-nowrap">
              {formatCount(calls[status])}{" "}
              <span className="text-ink-faint">{formatShare(calls[status] / calls.total)}</span>
            </dd>
          </div>
        ))}
      </dl>
      {coverage && <Coverage coverage={coverage} />}
    </Section>
  );
}
