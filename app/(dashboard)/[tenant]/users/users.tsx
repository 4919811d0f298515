"use client";

import { BreakdownCard } from "../_reports/breakdown-card";
import { ReportFrame } from "../_reports/report-frame";
import { useBreakdown } from "../_reports/use-breakdown";
import { withOnly } from "../_scope/filters";
import { filterParams } from "../_scope/params";
import { useScope } from "../_scope/use-scope";
import { ExcessCard } from "./excess-card";
import { SpreadCard } from "./spread-card";
import { SpreadTiles } from "./spread-tiles";
import { useSpread } from "./use-people";
import { useStandings } from "./use-standings";

export function Users() {
  const { scope, hrefOf } = useScope();
  const spread = useSpread();
  const { by, query } = spread;
  const table = useBreakdown(by);
  const standing = useStandings(
    by,
    table.query.data?.rows.map(({ key }) => key),
  );
  const usersOf = (account: string | null) =>
    hrefOf("users", { ...filterParams(withOnly(scope.parts, "account", account)), by: null });
  return (
    <ReportFrame title="Users" watermark={table.query.data?.watermark}>
      {!query.isError && <SpreadTiles spread={query.data} by={by} />}
      <div className="grid items-start gap-4 xl:grid-cols-2">
        <SpreadCard {...spread} />
        <ExcessCard {...spread} />
      </div>
      <BreakdownCard
        groupBy={by}
        table={table}
        title={by === "user" ? "What each user costs" : "What each account costs"}
        headOf={({ key }) => (by === "account" ? { href: usersOf(key) } : standing(key))}
        pick={({ cost, share, cumulative, change, calls, costPerCall, tokens, errors, unpriced }) => [
          cost,
          share,
          cumulative,
          change,
          calls,
          costPerCall,
          tokens,
          errors,
          unpriced,
        ]}
      />
    </ReportFrame>
  );
}
