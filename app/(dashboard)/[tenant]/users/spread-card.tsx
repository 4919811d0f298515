"use client";

import { UserX } from "lucide-react";
import { Link } from "@/app/_components/ui/link";
import { ChartCard } from "@/app/_components/charts/chart-card";
import { DistributionChart } from "@/app/_components/charts/distribution-chart";
import { DistributionTable } from "@/app/_components/charts/distribution-table";
import { type Distribution, prepareDistribution } from "@/app/_components/charts/prepare-distribution";
import { Money } from "@/app/_components/money";
import { EmptyState } from "@/app/_components/ui/empty-state";
import { plural } from "@/app/_format/quantities";
import type { Outputs } from "@/app/_trpc/client";
import { useTenant } from "../_components/tenant-context";
import { groupWords } from "../_reports/groups";
import { callsHref } from "../calls/search-params";
import { withOnly } from "../_scope/filters";
import { useScope } from "../_scope/use-scope";
import type { People } from "./offers";
import type { useSpread } from "./use-people";

type Spread = Outputs["reports"]["userSpread"];

function distributionOf({ histogram, users, perUser }: Spread, by: People): Distribution | null {
  const { noun, nouns } = groupWords[by];
  return prepareDistribution({
    buckets: histogram.map(({ fromUsd, toUsd, count, costUsd }) => ({
      from: fromUsd,
      to: toUsd,
      count,
      costUsd,
    })),
    zero: { label: "$0", count: users.zeroCost },
    markers: [
      { name: "p50", value: perUser?.p50Usd ?? null },
      { name: "p90", value: perUser?.p90Usd ?? null },
      { name: "p99", value: perUser?.p99Usd ?? null },
    ],
    kind: "usd",
    label: `Cost per ${noun.toLowerCase()}`,
    nouns,
  });
}

/** What the distribution leaves out: calls of nobody, and people whose cost nobody knows. */
function LeftOut({ spread: { nobody, users }, by }: { spread: Spread; by: People }) {
  const { slug } = useTenant();
  const { scope, params } = useScope();
  const { noun, nouns } = groupWords[by];
  if (nobody.calls === 0 && users.unpricedOnly === 0) return null;
  return (
    <>
      {nobody.calls > 0 && (
        <>
          <Link
            href={callsHref(slug, { ...params, parts: withOnly(scope.parts, by, null), order: "dearest" })}
            className="text-accent underline underline-offset-2"
          >
            {plural(nobody.calls, "call")} without {by === "user" ? "a user" : "an account"}
          </Link>{" "}
          cost <Money usd={nobody.costUsd} />
          {nobody.unpricedCalls > 0 && `, ${plural(nobody.unpricedCalls, "call")} of them unpriced`}: no{" "}
          {noun.toLowerCase()}’s, and not in the figures here.{" "}
        </>
      )}
      {users.unpricedOnly > 0 &&
        `${plural(users.unpricedOnly, ...nouns)} with nothing but unpriced calls: what they cost is not known.`}
    </>
  );
}

/** How many cost how much, on a logarithmic scale. */
export function SpreadCard({ by, query }: ReturnType<typeof useSpread>) {
  const { nouns } = groupWords[by];
  const { data } = query;
  const spread = data && distributionOf(data, by);
  const note = data && <LeftOut spread={data} by={by} />;
  const isSaid = data !== undefined && (data.nobody.calls > 0 || data.users.unpricedOnly > 0);
  return (
    <ChartCard
      title={`${nouns[1].replace(/^./, (letter) => letter.toUpperCase())} by what they cost`}
      chart={spread === undefined ? undefined : spread && <DistributionChart spread={spread} />}
      table={spread ? <DistributionTable spread={spread} /> : undefined}
      empty={
        spread === null ? (
          <EmptyState icon={UserX} title={`No ${nouns[1]} with a cost`} className="py-8">
            Send <code className="font-mono">{by === "user" ? "userId" : "accountId"}</code> with each call,
            and see who is worth a limit. A digest of your own will do as well as a name.
          </EmptyState>
        ) : undefined
      }
      note={isSaid ? note : undefined}
      failure={query.isError ? { error: query.error, onRetry: () => void query.refetch() } : null}
      isStale={query.isPlaceholderData}
    />
  );
}
