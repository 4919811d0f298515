"use client";

import { useState } from "react";
import { Card, CardHeader } from "@/app/_components/ui/card";
import { CopyButton } from "@/app/_components/ui/copy-button";
import { Segmented } from "@/app/_components/ui/segmented";
import { readyQuestions } from "@/server/bi/questions";
import { connectionsPerReader } from "@/server/bi/schemas";

const tools = [
  {
    value: "metabase",
    label: "Metabase",
    steps: [
      "Admin settings → Databases → Add a database: PostgreSQL, with what is shown when a reader is made. Schemas: only these, bi.",
      `A reader has ${connectionsPerReader} connections: start Metabase with MB_JDBC_DATA_WAREHOUSE_MAX_CONNECTION_POOL_SIZE=${connectionsPerReader}.`,
      "New → SQL query, and paste one of these.",
    ],
  },
  {
    value: "grafana",
    label: "Grafana",
    steps: [
      `Connections → Add new connection → PostgreSQL, with what is shown when a reader is made. Connection limits: max open ${connectionsPerReader}.`,
      "A panel’s query → Code, and paste one of these; those that begin with a time as Format: Time series, the other as Table.",
    ],
  },
] as const;

/** How to begin with a tool: connect it, and three questions to paste. */
export function ReadyQuestions() {
  const [chosen, setChosen] = useState<(typeof tools)[number]["value"]>("metabase");
  const tool = tools.find(({ value }) => value === chosen) ?? tools[0];
  return (
    <Card>
      <CardHeader
        title="Ready questions"
        hint="Days are those of this organisation’s zone; the newest hours are provisional, as on the screens."
      >
        <Segmented label="Tool" value={chosen} options={tools} onChange={setChosen} />
      </CardHeader>
      <ol className="list-decimal space-y-1 wrap-anywhere border-t px-4 py-3 pl-9 text-sm text-ink-muted sm:px-5 sm:pl-10">
        {tool.steps.map((step) => (
          <li key={step}>{step}</li>
        ))}
      </ol>
      <ul className="divide-y border-t">
        {readyQuestions.map((question) => (
          <li key={question.id} className="px-4 py-3.5 sm:px-5">
            <div className="mb-2 flex flex-wrap items-center justify-between gap-x-4 gap-y-2">
              <div className="min-w-0 flex-1 basis-56">
                <h3 className="text-sm font-medium">{question.title}</h3>
                <p className="mt-0.5 text-xs text-ink-muted">{question.hint}</p>
              </div>
              <CopyButton text={question[chosen]} />
            </div>
            <pre
              tabIndex={0}
              aria-label={`${question.title}, for ${tool.label}`}
              className="overflow-x-auto rounded-md border bg-sunken/70 px-4 py-3 font-mono text-xs/5 text-ink"
            >
              <code>{question[chosen]}</code>
            </pre>
          </li>
        ))}
      </ul>
      <p className="border-t px-4 py-3 text-xs text-ink-muted sm:px-5">
        Views: bi.calls (a row for each call), bi.daily_cost, bi.features, bi.users and bi.prompts (sums by
        day), bi.corrections (of closed months; in no other sum). Compare “timestamp” with timestamps and
        “day” with dates: then the database finds the rows by index.
      </p>
    </Card>
  );
}
