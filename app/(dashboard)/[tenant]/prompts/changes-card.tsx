"use client";

import { useQuery } from "@tanstack/react-query";
import { GitCompareArrows } from "lucide-react";
import { useState } from "react";
import { Failure } from "@/app/_components/failure";
import { ReportTable } from "@/app/_components/tables/report-table";
import { Card, CardHeader } from "@/app/_components/ui/card";
import { EmptyState } from "@/app/_components/ui/empty-state";
import { formatTotal } from "@/app/_format/money";
import { plural } from "@/app/_format/quantities";
import { type Outputs, useTRPC } from "@/app/_trpc/client";
import { useTenant } from "../_components/tenant-context";
import { CsvButton } from "../_export/csv-button";
import { live } from "../_reports/live";
import { useScope } from "../_scope/use-scope";
import { changeColumns } from "./change-columns";
import { worstChange } from "./conclude";
import { changesQuestion, firstChanges, promptHref } from "./search-params";
import { changeWords } from "./version-words";

type Changes = Outputs["reports"]["promptChanges"];
type Row = Changes["rows"][number];

const columns = [
  changeColumns.extraInRange,
  changeColumns.change,
  changeColumns.sides,
  changeColumns.extra,
  changeColumns.since,
];

function Worst({ row: { prompt, version, change } }: { row: Row }) {
  return (
    <>
      <strong className="font-semibold text-ink">{prompt}</strong> went {changeWords(version, change)} and has
      cost {formatTotal(change.extraInRangeUsd ?? "0")} more in this range than the version before would have.
    </>
  );
}

function LeftOut({ unknown, crowdedPrompts }: Changes) {
  return (
    <p className="border-t px-4 py-2.5 text-xs text-ink-muted sm:px-5">
      {unknown > 0 && `${plural(unknown, "change")} with too few priced calls to compare. `}
      {crowdedPrompts > 0 &&
        `${plural(crowdedPrompts, "prompt")} with so many versions that no change is looked for: send a version that stays the same from call to call.`}
    </p>
  );
}

/** Which new version of a prompt costs more than the one before: the worst first. */
export function ChangesCard() {
  const { slug } = useTenant();
  const { scope, params } = useScope();
  const [limit, setLimit] = useState(firstChanges);
  const question = changesQuestion(scope, limit);
  const query = useQuery(useTRPC().reports.promptChanges.queryOptions(question, live));
  const { data } = query;
  const worst = data && worstChange(data.rows);
  return (
    <Card>
      <CardHeader title="What new versions cost more" hint={worst ? <Worst row={worst} /> : undefined}>
        <CsvButton table="promptChanges" input={scope.report} of="changes of prompts" />
      </CardHeader>
      {query.isError ? (
        <Failure error={query.error} onRetry={() => void query.refetch()} />
      ) : (
        <ReportTable<Row>
          caption="Changes of prompts, those first that cost most more in this range"
          rows={data?.rows}
          keyOf={({ prompt, version }) => JSON.stringify([prompt, version])}
          name={{
            header: "Prompt",
            of: ({ prompt, version, change }) => ({
              text: prompt,
              detail: changeWords(version, change),
              href: promptHref(slug, prompt, params),
            }),
          }}
          columns={columns}
          paging={{
            of: data?.changes ?? 0,
            nouns: ["change", "changes"],
            onMore: () => setLimit((rows) => rows + 50),
            isLoading: query.isFetching,
          }}
          isStale={query.isPlaceholderData}
          skeletonRows={3}
          empty={
            <EmptyState icon={GitCompareArrows} title="No prompt has changed" className="py-8">
              Send <code className="font-mono">promptId</code> and{" "}
              <code className="font-mono">promptVersion</code> with each call: when a new version of a prompt
              costs more than the one before, it is named here, by its first week against the week before.
            </EmptyState>
          }
        />
      )}
      {data && data.unknown + data.crowdedPrompts > 0 && <LeftOut {...data} />}
    </Card>
  );
}
