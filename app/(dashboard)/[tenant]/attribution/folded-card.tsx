"use client";

import { Money } from "@/app/_components/money";
import { Card, CardHeader } from "@/app/_components/ui/card";
import { plural } from "@/app/_format/quantities";
import type { Outputs } from "@/app/_trpc/client";

/** Values that were one too many of their day; nothing while there are none. */
export function FoldedCard({ folded }: { folded: Outputs["reports"]["coverage"]["folded"] }) {
  if (folded.length === 0) return null;
  return (
    <Card>
      <CardHeader
        title="Folded into __other__"
        hint="A tag may have so many values a day; calls with more are added up as __other__. Their amounts are in every total. It usually means that an id is sent as this tag: send it as a free tag instead."
      />
      <ul className="divide-y border-t text-sm">
        {folded.map(({ tag, calls, costUsd }) => (
          <li key={tag} className="flex items-baseline justify-between gap-3 px-4 py-2.5 sm:px-5">
            <code className="font-mono text-xs">{tag}</code>
            <span className="figures text-ink-muted">
              {plural(calls, "call")}, <Money usd={costUsd} className="text-ink" />
            </span>
          </li>
        ))}
      </ul>
    </Card>
  );
}
