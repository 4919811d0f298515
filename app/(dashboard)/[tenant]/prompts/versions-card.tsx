"use client";

import { Figure } from "@/app/_components/figure";
import type { Column } from "@/app/_components/tables/column";
import { CostCell } from "@/app/_components/tables/cost-cell";
import { ReportTable } from "@/app/_components/tables/report-table";
import { Card, CardHeader } from "@/app/_components/ui/card";
import { formatDay } from "@/app/_format/dates";
import { shareOf, toGeometry } from "@/app/_format/money";
import { formatCompact, formatCount, plural } from "@/app/_format/quantities";
import { useTenant } from "../_components/tenant-context";
import { CsvButton } from "../_export/csv-button";
import { callsHref } from "../calls/search-params";
import { withOnly } from "../_scope/filters";
import { useScope } from "../_scope/use-scope";
import type { PromptVersion, ReportProps } from "./report";
import { versionName } from "./version-words";

const perCall = (count: string | null) =>
  count === null ? "–" : <span title={count}>{formatCompact(Math.round(toGeometry(count)))}</span>;

function columnsOf(longestUsd: string): readonly Column<PromptVersion>[] {
  return [
    {
      key: "cost",
      header: "Cost",
      folded: { line: 1 },
      width: "w-32",
      cell: (row) => <CostCell {...row} length={shareOf(row.costUsd, longestUsd) ?? 0} />,
    },
    {
      key: "calls",
      header: "Calls",
      folded: { line: 2, after: "calls" },
      cell: ({ calls }) => <span title={formatCount(calls)}>{formatCompact(calls)}</span>,
    },
    {
      key: "per-call",
      header: "Per call",
      about: "Cost over calls that have a price",
      folded: { line: 2, after: "a call" },
      cell: ({ costPerCallUsd }) => <Figure kind="unitUsd" value={costPerCallUsd} />,
    },
    {
      key: "tokens",
      header: "Tokens in / out",
      about: "Of a call",
      from: "md",
      cell: ({ inputTokensPerCall, outputTokensPerCall }) => (
        <span className="whitespace-nowrap text-ink-muted">
          {perCall(inputTokensPerCall)} / {perCall(outputTokensPerCall)}
        </span>
      ),
    },
    {
      key: "errors",
      header: "Failed",
      about: "Failed calls of all calls",
      from: "md",
      cell: ({ errorRate }) => <Figure kind="share" value={errorRate} className="text-ink-muted" />,
    },
    {
      key: "first",
      header: "First day",
      about: "Of all its calls, in this range or not",
      from: "lg",
      cell: ({ firstDay }) => <span className="text-ink-muted">{formatDay(firstDay)}</span>,
    },
    {
      key: "last",
      header: "Last day",
      about: "Of all its calls, in this range or not",
      from: "lg",
      cell: ({ lastDay }) => <span className="text-ink-muted">{formatDay(lastDay)}</span>,
    },
  ];
}

/** The versions of a prompt, the newest first, each leading to its calls. */
export function VersionsCard({ prompt, report, isStale }: ReportProps & { prompt: string }) {
  const { slug } = useTenant();
  const { scope, params } = useScope();
  const longestUsd = (report?.versions ?? [])
    .map(({ costUsd }) => costUsd)
    .reduce((longest, usd) => (toGeometry(usd) > toGeometry(longest) ? usd : longest), "0");
  const rest = report?.rest;
  return (
    <Card>
      <CardHeader
        title="Versions"
        hint={
          rest
            ? `The dearest ${formatCount(report.versions.length)}; ${plural(rest.versions, "other version")} with ${plural(rest.calls, "call")} beside them.`
            : undefined
        }
      >
        <CsvButton table="promptVersions" input={{ ...scope.report, prompt }} of="versions" />
      </CardHeader>
      <ReportTable<PromptVersion>
        caption="Versions with calls in this range, the newest first"
        rows={report?.versions}
        keyOf={({ version }) => version ?? ""}
        name={{
          header: "Version",
          of: ({ version, isOther }) => ({
            text: isOther ? "Beyond the day’s cap" : versionName(version),
            isNameless: version === null || isOther,
            href: callsHref(slug, {
              ...params,
              parts: withOnly(withOnly(scope.parts, "prompt", prompt), "promptVersion", version),
              order: "dearest",
            }),
          }),
        }}
        columns={columnsOf(longestUsd)}
        isStale={isStale}
        skeletonRows={4}
        empty={null}
      />
    </Card>
  );
}
