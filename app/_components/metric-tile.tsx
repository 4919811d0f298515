import type { ReactNode } from "react";
import { ChangeMark, type Worse } from "./change-mark";
import type { Change } from "./prepare-change";
import { Card } from "./ui/card";
import { Skeleton } from "./ui/skeleton";

export interface MetricFact {
  label: string;
  /** Every digit, for whoever points at it. */
  title?: string;
  value: ReactNode;
}

interface MetricTileProps {
  label: string;
  /** At the right of the label: the stretch of time it is about. */
  scope?: ReactNode;
  /** The figure itself, such as an amount that opens its explanation. Undefined: still loading. */
  figure: ReactNode | undefined;
  change?: Change;
  worse?: Worse;
  /** After the change: "vs $131.03 before". */
  against?: ReactNode;
  /** A button that asks why it changed. */
  why?: ReactNode;
  /** What the figure lacks, in amber: "+ 514 calls unpriced". */
  lacks?: ReactNode;
  /** Its trend, at the right. */
  spark?: ReactNode;
  facts?: readonly MetricFact[];
  /** In place of the figure: it could not be loaded. */
  failure?: ReactNode;
}

/** One figure in large type, how it changed, and the few that explain it. */
export function MetricTile(props: MetricTileProps) {
  const { label, scope, figure, change, worse, against, why, lacks, spark, facts = [], failure } = props;
  if (failure !== undefined) return <Card>{failure}</Card>;
  return (
    <Card className="px-4 pt-3.5 pb-4 sm:px-5">
      <div className="flex items-baseline justify-between gap-3">
        <h2 className="text-sm font-medium text-ink-muted">{label}</h2>
        {scope !== undefined && <span className="text-2xs text-ink-faint">{scope}</span>}
      </div>
      <div className="mt-1.5 flex items-end justify-between gap-4">
        <div className="flex min-w-0 flex-wrap items-baseline gap-x-3 gap-y-1">
          {figure === undefined ? (
            <Skeleton className="h-9 w-40" />
          ) : (
            <span className="figures text-[1.75rem]/9 font-semibold tracking-tight">{figure}</span>
          )}
          {figure !== undefined && (
            <span className="flex flex-wrap items-baseline gap-x-2 text-xs text-ink-muted">
              {change && <ChangeMark change={change} worse={worse} className="text-sm" />}
              {against}
              {why}
            </span>
          )}
        </div>
        {spark !== undefined && <span className="shrink-0 pb-1">{spark}</span>}
      </div>
      {lacks !== undefined && <p className="mt-0.5 min-h-4.5 text-xs text-warn">{lacks}</p>}
      {facts.length > 0 && (
        <dl className="mt-2 flex flex-wrap justify-between gap-x-4 gap-y-2 border-t pt-3 sm:grid sm:auto-cols-fr sm:grid-flow-col sm:justify-normal">
          {facts.map(({ label: name, title, value }) => (
            <div key={name} title={title}>
              <dt className="text-2xs text-ink-faint">{name}</dt>
              <dd className="figures mt-0.5 text-sm whitespace-nowrap text-ink">
                {figure === undefined ? <Skeleton className="h-5 w-16" /> : value}
              </dd>
            </div>
          ))}
        </dl>
      )}
    </Card>
  );
}
