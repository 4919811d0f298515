"use client";

import { ArrowRight } from "lucide-react";
import { Link } from "@/app/_components/ui/link";
import { cn } from "@/app/_components/ui/class-names";
import { formatExact, toGeometry } from "@/app/_format/money";
import { plural } from "@/app/_format/quantities";
import type { WhyAnswer, WhyMeasure, WhyPart } from "@/server/analytics/why-schemas";
import { changeWords } from "./amounts";
import { causeLabel, partPlace, partSentence, partTitle } from "./words";

interface PartRowProps {
  part: WhyPart;
  measure: WhyMeasure;
  /** Against the largest part, 0 to 1. */
  length: number;
  callsHref: string | null;
  onNarrow: (() => void) | null;
}

function PartRow({ part, measure, length, callsHref, onNarrow }: PartRowProps) {
  const isMore = !part.usd.startsWith("-");
  const place = partPlace(part);
  return (
    <li className="py-3" data-cause={part.cause}>
      <div className="flex items-baseline justify-between gap-4">
        <h4 className="min-w-0 text-sm">
          <span className="text-ink-muted">{causeLabel(part.cause, measure)}: </span>
          <span className="font-medium break-words">{partTitle(part)}</span>
          {place !== null && <span className="text-ink-muted"> ({place})</span>}
        </h4>
        <data
          value={part.usd}
          title={`${formatExact(part.usd)} USD`}
          className={cn("figures text-sm font-medium whitespace-nowrap", isMore ? "text-warn" : "text-good")}
        >
          {changeWords(part.usd, measure)}
        </data>
      </div>
      <div aria-hidden className="my-1.5 h-1 rounded-full bg-sunken">
        <div
          className={cn("h-full min-w-0.5 rounded-full", isMore ? "bg-warn" : "bg-good")}
          style={{ width: `${(length * 100).toFixed(2)}%` }}
        />
      </div>
      <p className="figures text-xs text-ink-muted">{partSentence(part, measure)}</p>
      {(callsHref !== null || onNarrow) && (
        <p className="mt-1.5 flex flex-wrap gap-x-4 gap-y-1 text-xs">
          {callsHref !== null && (
            <Link
              href={callsHref}
              className="inline-flex items-center gap-1 text-accent underline underline-offset-2"
            >
              Show the calls <ArrowRight aria-hidden className="size-3" />
            </Link>
          )}
          {onNarrow && (
            <button type="button" onClick={onNarrow} className="text-accent underline underline-offset-2">
              Only this feature
            </button>
          )}
        </p>
      )}
    </li>
  );
}

interface PartsListProps {
  answer: Pick<WhyAnswer, "parts" | "rest" | "measure">;
  callsOf: (part: WhyPart) => string | null;
  narrowTo: (part: WhyPart) => (() => void) | null;
}

/** The parts of a change, the largest first, each with what is to be seen of it. */
export function PartsList({ answer: { parts, rest, measure }, callsOf, narrowTo }: PartsListProps) {
  const longest = Math.abs(toGeometry(parts[0]?.usd ?? "1"));
  return (
    <>
      <ol className="divide-y">
        {parts.map((part, i) => (
          <PartRow
            key={`${String(i)} ${part.cause}`}
            part={part}
            measure={measure}
            length={Math.abs(toGeometry(part.usd)) / longest}
            callsHref={callsOf(part)}
            onNarrow={narrowTo(part)}
          />
        ))}
      </ol>
      {rest && (
        <p className="flex justify-between gap-4 border-t py-3 text-sm text-ink-muted">
          {plural(rest.parts, "smaller part")}
          <span className="figures" title={`${formatExact(rest.usd)} USD`}>
            {changeWords(rest.usd, measure)}
          </span>
        </p>
      )}
    </>
  );
}
