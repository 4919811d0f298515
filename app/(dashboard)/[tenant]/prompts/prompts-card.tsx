"use client";

import { useQuery } from "@tanstack/react-query";
import type { Column } from "@/app/_components/tables/column";
import { formatDay } from "@/app/_format/dates";
import { formatCount } from "@/app/_format/quantities";
import { useTRPC } from "@/app/_trpc/client";
import type { BreakdownRow } from "@/server/analytics/schemas";
import { useTenant } from "../_components/tenant-context";
import { BreakdownCard } from "../_reports/breakdown-card";
import type { useBreakdown } from "../_reports/use-breakdown";
import { useScope } from "../_scope/use-scope";
import { VersionChange } from "./change-columns";
import { latestChange } from "./conclude";
import { promptHref, versionsQuestion, versionsTold } from "./search-params";

// The versions answer the question of the rows beside them: an old answer would file them under another range.
const fresh = { refetchInterval: 60_000 } as const;

/** What each prompt costs, in how many versions, and what the latest of them changed. */
export function PromptsCard({ table }: { table: ReturnType<typeof useBreakdown> }) {
  const { slug } = useTenant();
  const { scope, params } = useScope();
  const versions = useQuery(useTRPC().reports.promptVersions.queryOptions(versionsQuestion(scope), fresh));
  const told = new Map(versions.data?.prompts.map((prompt) => [prompt.prompt, prompt]));
  const untold = (key: string | null) =>
    key === null ? "These calls name no prompt" : `Told of the dearest ${String(versionsTold)} prompts`;
  const count: Column<BreakdownRow, never> = {
    key: "versions",
    header: "Versions",
    about: "With calls in this range",
    from: "md",
    cell: ({ key }) => {
      const prompt = key === null ? undefined : told.get(key);
      if (!prompt) return <span title={untold(key)}>–</span>;
      const more = prompt.rest?.versions ?? 0;
      return <span className="text-ink-muted">{formatCount(prompt.versions.length + more)}</span>;
    },
  };
  const latest: Column<BreakdownRow, never> = {
    key: "latest",
    header: "Last version",
    about: "When it came, and what it did to the cost per call",
    from: "md",
    cell: ({ key }) => {
      const prompt = key === null ? undefined : told.get(key);
      const found = prompt && latestChange(prompt.versions);
      if (!found) return <span title={prompt ? "No change of version" : untold(key)}>–</span>;
      return (
        <span className="inline-flex flex-col items-end whitespace-nowrap">
          <span className="text-ink-muted">{formatDay(found.change.changedOn)}</span>
          <VersionChange change={found.change} />
        </span>
      );
    },
  };
  return (
    <BreakdownCard
      groupBy="prompt"
      table={table}
      title="What each prompt costs"
      headOf={({ key }) => (key === null ? {} : { href: promptHref(slug, key, params) })}
      pick={({ cost, share, change, calls, costPerCall, tokens, unpriced }) => [
        cost,
        share,
        change,
        calls,
        costPerCall,
        count,
        latest,
        tokens,
        unpriced,
      ]}
    />
  );
}
