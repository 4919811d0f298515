"use client";

import { CircleCheck, SearchX } from "lucide-react";
import { useState } from "react";
import { Money } from "@/app/_components/money";
import { Card, CardHeader } from "@/app/_components/ui/card";
import { cn } from "@/app/_components/ui/class-names";
import { EmptyState } from "@/app/_components/ui/empty-state";
import { Select } from "@/app/_components/ui/field";
import { Segmented } from "@/app/_components/ui/segmented";
import { formatTotal, sumUsd } from "@/app/_format/money";
import type { Outputs } from "@/app/_trpc/client";
import { type PolicyTag, policyTags } from "@/server/attribution/schemas";
import { CsvButton } from "../_export/csv-button";
import { OriginsTable } from "./origins-table";
import { tagWords } from "./tag-words";

const dimensions = [
  { value: "callSite", label: "Call site", title: "The call's route, else its prompt, else its model" },
  { value: "key", label: "Key", title: "The API key that sent it" },
  { value: "source", label: "Source", title: "The way it came in by" },
] as const;
export type Dimension = (typeof dimensions)[number]["value"];

interface OriginsCardProps {
  coverage: Outputs["reports"]["coverage"];
  days: { from: string; to: string };
  tag: PolicyTag;
  onTag: (tag: PolicyTag) => void;
  isStale: boolean;
}

/** Where the dollars without a tag come from, so that somebody can be asked. */
export function OriginsCard({ coverage, days, tag, onTag, isStale }: OriginsCardProps) {
  const [dimension, setDimension] = useState<Dimension>("callSite");
  const rows = coverage.origins[dimension];
  const { one } = tagWords[tag];
  const amount = formatTotal(sumUsd(rows.map(({ costUsd }) => costUsd)));
  return (
    <Card className={cn(isStale && "opacity-60")}>
      <CardHeader
        title="Unattributed dollars"
        hint={`${amount} without ${one}, by where the calls come from. A row leads to its calls.`}
      >
        <div className="flex flex-wrap items-center gap-2">
          <Select
            aria-label="Tag that is missing"
            className="h-8.5 w-auto"
            value={tag}
            onChange={(event) => {
              const chosen = policyTags.find((value) => value === event.target.value);
              if (chosen) onTag(chosen);
            }}
          >
            {policyTags.map((value) => (
              <option key={value} value={value}>
                Without {tagWords[value].one}
              </option>
            ))}
          </Select>
          <Segmented label="By" value={dimension} options={dimensions} onChange={setDimension} />
          {rows.length > 0 && (
            <CsvButton
              table="unattributed"
              input={{ ...days, tag, by: dimension }}
              of="unattributed dollars"
            />
          )}
        </div>
      </CardHeader>
      {coverage.total.calls === 0 ? (
        <EmptyState icon={SearchX} title="No calls in this range" className="py-8">
          Choose a longer range. Calls count within a minute of coming in.
        </EmptyState>
      ) : rows.length === 0 ? (
        <EmptyState icon={CircleCheck} title={`Every call has ${one}`} className="py-8">
          <Money usd={coverage.total.costUsd} /> in this range, and all of it can be told apart.
        </EmptyState>
      ) : (
        <OriginsTable rows={rows} days={days} tag={tag} dimension={dimension} />
      )}
    </Card>
  );
}
