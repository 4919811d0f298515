"use client";

import { Figure } from "@/app/_components/figure";
import { Badge } from "@/app/_components/ui/badge";
import { Callout } from "@/app/_components/ui/callout";
import { CopyButton } from "@/app/_components/ui/copy-button";
import { Money } from "@/app/_components/money";
import { formatInstant } from "@/app/_format/dates";
import { plural } from "@/app/_format/quantities";
import type { Outputs } from "@/app/_trpc/client";
import type { ReportScope } from "@/server/analytics/schemas";
import { useTenant } from "../_components/tenant-context";
import { stretchWords } from "../_scope/words";
import { kindOf } from "./figure-words";

type Explained = Outputs["reports"]["explain"];

/** The figure, how sure it is, and how it is made. */
export function ValueAndFormula({ explained, scope }: { explained: Explained; scope: ReportScope }) {
  const { timeZone } = useTenant();
  const { formula, provisional, corrections, calls, watermark } = explained;
  return (
    <div className="space-y-3">
      <div>
        <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2">
          <Figure
            kind={kindOf(explained)}
            value={formula.value}
            className="figures text-[1.75rem]/9 font-semibold tracking-tight"
          />
          {formula.value !== null && <CopyButton text={formula.value} label="Copy value" />}
        </div>
        <p className="mt-1 flex flex-wrap items-center gap-x-2 gap-y-1 text-xs text-ink-muted">
          {provisional === null ? (
            <Badge tone="good">final</Badge>
          ) : (
            <Badge tone="warn">provisional in part</Badge>
          )}
          {stretchWords(scope, timeZone, new Date(watermark.rolledThrough))}, {timeZone}
        </p>
      </div>
      <p
        data-testid="formula"
        className="figures rounded-lg border bg-sunken/50 px-4 py-3 text-sm break-words"
      >
        {formula.sentence}
      </p>
      {calls.unpriced > 0 && (
        <Callout tone="warn">
          + {plural(calls.unpriced, "call")} unpriced ({plural(calls.unpricedTokens, "token")}): their cost is
          unknown and in no amount.
        </Callout>
      )}
      {provisional !== null && provisional.calls > 0 && (
        <Callout>
          {plural(provisional.calls, "call")} (<Money usd={provisional.costUsd} />) after{" "}
          {formatInstant(provisional.from, timeZone)} may still be joined by late ones.
        </Callout>
      )}
      {corrections !== null && (
        <Callout>
          {plural(corrections.calls, "correction")} of closed months (<Money usd={corrections.usd} />) booked
          in this range stand beside it, not in it.
        </Callout>
      )}
    </div>
  );
}
