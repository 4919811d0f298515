"use client";

import { useQuery } from "@tanstack/react-query";
import { Link } from "@/app/_components/ui/link";
import { Failure } from "@/app/_components/failure";
import { ButtonLink } from "@/app/_components/ui/button";
import { Callout } from "@/app/_components/ui/callout";
import { Card } from "@/app/_components/ui/card";
import { SkeletonRows } from "@/app/_components/ui/skeleton";
import { formatInstant } from "@/app/_format/dates";
import { formatCount } from "@/app/_format/quantities";
import { useTRPC } from "@/app/_trpc/client";
import { PageHeader } from "../../_components/page-header";
import { useTenant } from "../../_components/tenant-context";
import { Rejections } from "../rejections";
import { RunBadge } from "../run-badge";
import { RunProgress } from "../run-progress";

/** Asks each second while the import runs; afterwards nothing changes any more. */
export function Run({ id }: { id: string }) {
  const { slug, timeZone } = useTenant();
  const run = useQuery(
    useTRPC().imports.show.queryOptions(
      { id },
      { refetchInterval: ({ state }) => (state.data?.state === "running" ? 1_000 : false) },
    ),
  );
  if (run.data === undefined) {
    return (
      <Card>
        {run.isError ? (
          <Failure error={run.error} onRetry={() => void run.refetch()} />
        ) : (
          <SkeletonRows rows={5} />
        )}
      </Card>
    );
  }
  const { fileName, state, rowsRead, accepted, duplicates, rejected, failure, startedAt, rejections } =
    run.data;
  const figures = [
    ["Rows read", rowsRead],
    ["Added", accepted],
    ["In the ledger already", duplicates],
    ["Rejected", rejected],
  ] as const;
  return (
    <>
      <PageHeader
        title={fileName}
        aside={<RunBadge state={state} />}
        hint={`Started ${formatInstant(startedAt, timeZone)}`}
      >
        <ButtonLink href={`/${slug}/imports`}>All imports</ButtonLink>
      </PageHeader>
      <Card>
        <div className="space-y-4 px-4 py-4 sm:px-5">
          {state === "running" && <RunProgress run={run.data} />}
          <dl className="grid grid-cols-2 gap-4 sm:grid-cols-4" aria-live="polite">
            {figures.map(([label, count]) => (
              <div key={label}>
                <dt className="text-2xs text-ink-faint">{label}</dt>
                <dd className="figures mt-0.5 text-lg font-semibold tracking-tight">{formatCount(count)}</dd>
              </div>
            ))}
          </dl>
          {failure !== null && <Callout tone="bad">{failure}</Callout>}
          {state === "interrupted" && (
            <Callout tone="warn">
              The server stopped while this ran. What was added stays;{" "}
              <Link href={`/${slug}/imports`} className="underline underline-offset-2">
                import the same file again
              </Link>{" "}
              and it goes on from there, without counting anything twice.
            </Callout>
          )}
          {state === "done" && (
            <p className="text-xs text-ink-muted">
              Charts include the new calls within a minute. On Calls, choose “Any time” to see those older
              than 35 days.
            </p>
          )}
        </div>
        {rejections.length > 0 && <Rejections rejections={rejections} total={rejected} />}
      </Card>
    </>
  );
}
