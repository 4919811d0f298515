"use client";

import { useState } from "react";
import { Money } from "@/app/_components/money";
import { Badge } from "@/app/_components/ui/badge";
import { Segmented } from "@/app/_components/ui/segmented";
import { formatInstant } from "@/app/_format/dates";
import { formatCount, plural } from "@/app/_format/quantities";
import type { Outputs } from "@/app/_trpc/client";
import type { IncidentSubject } from "@/server/incidents/schemas";
import { subjectName } from "../../words";
import { differenceWords } from "./difference-words";
import { areSame } from "./draft-rule";
import { FiresChart } from "./fires-chart";
import { FiresTable } from "./fires-table";
import { prepareFires, type RunSum, sumOf } from "./prepare-fires";

type Backtest = Outputs["alerts"]["backtest"];

const listed = 20;
const views = [
  { value: "chart", label: "Chart" },
  { value: "table", label: "Table" },
] as const;

function Sum({ name, sum }: { name: string; sum: RunSum }) {
  const { total, noise, beforeUsd, missedUsd, notAdded } = sum;
  const amount = (usd: string | null) => (usd === null ? "–" : <Money usd={usd} />);
  return (
    <tr>
      <th scope="row" className="px-4 py-2 text-left font-medium whitespace-nowrap sm:px-5">
        {name}
        {notAdded > 0 && (
          <p className="text-xs font-normal text-warn">
            USD of the newest {formatCount(total - notAdded)} alone
          </p>
        )}
      </th>
      <td className="px-3 py-2 text-right">{formatCount(total)}</td>
      <td className="px-3 py-2 text-right">{formatCount(noise)}</td>
      <td className="px-3 py-2 text-right">{amount(beforeUsd)}</td>
      <td className="px-3 py-2 pr-4 text-right sm:pr-5">{amount(missedUsd)}</td>
    </tr>
  );
}

interface BacktestResultProps {
  saved: Backtest;
  draft: Backtest;
  spent: Outputs["reports"]["trend"];
  subject: IncidentSubject | null;
}

export function BacktestResult({ saved, draft, spent, subject }: BacktestResultProps) {
  const [view, setView] = useState<"chart" | "table">("chart");
  const { timeZone } = draft;
  const isCompared = !areSame(saved.params, draft.params);
  const chart = prepareFires(spent.buckets, spent.series[0]?.points ?? [], saved, draft, timeZone);
  const shown = isCompared ? draft : saved;
  const newest = shown.fires.slice(-listed).reverse();
  const head = "px-3 py-2 text-right font-medium";
  return (
    <>
      <div className="overflow-x-auto border-t" tabIndex={0} role="region" aria-label="What it comes to">
        <table className="figures w-full text-sm">
          <caption className="sr-only">Alerts over the last days, as saved and as drafted</caption>
          <thead className="text-2xs text-ink-faint">
            <tr>
              <th scope="col" className="px-4 py-2 text-left font-medium sm:px-5">
                Rule
              </th>
              <th scope="col" className={head}>
                Alerts
              </th>
              <th scope="col" className={head} title="Over within a day, and the day cost no more than usual">
                Noise
              </th>
              <th scope="col" className={head} title="USD beyond what was expected, up to the alert">
                Until told
              </th>
              <th
                scope="col"
                className={`${head} pr-4 sm:pr-5`}
                title="USD beyond what was expected, after the alert"
              >
                Missed after
              </th>
            </tr>
          </thead>
          <tbody className="divide-y">
            <Sum name="As saved" sum={sumOf(saved)} />
            {isCompared && <Sum name="Draft" sum={sumOf(draft)} />}
          </tbody>
        </table>
      </div>
      {isCompared && <p className="border-t px-4 py-2.5 text-sm sm:px-5">{differenceWords(saved, draft)}</p>}
      <div className="flex flex-wrap items-center justify-between gap-2 border-t px-4 py-2.5 sm:px-5">
        <p className="text-xs text-ink-muted">
          Cost by day of {subject ? subjectName(subject) : "everything"}; dots are alerts, hollow ones noise.
        </p>
        <Segmented label="Show the days as" value={view} options={views} onChange={setView} />
      </div>
      {view === "chart" ? (
        <>
          <div className="pr-4 pb-3 pl-2 sm:pr-5 sm:pl-3">
            <FiresChart chart={chart} isCompared={isCompared} />
          </div>
          <div className="sr-only">
            <FiresTable chart={chart} isCompared={isCompared} />
          </div>
        </>
      ) : (
        <div
          className="max-h-96 overflow-auto border-t"
          tabIndex={0}
          role="region"
          aria-label="Days as a table"
        >
          <FiresTable chart={chart} isCompared={isCompared} />
        </div>
      )}
      {newest.length > 0 && (
        <details className="border-t">
          <summary className="px-4 py-2.5 text-xs text-ink-muted hover:text-ink sm:px-5">
            {newest.length < shown.total
              ? `The newest ${formatCount(newest.length)} of ${plural(shown.total, "alert")}`
              : plural(shown.total, "alert")}
          </summary>
          <ol className="divide-y border-t text-sm">
            {newest.map(({ subject: about, firedAt, sentence, isNoise, missedUsd }) => (
              <li
                key={`${about.kind} ${about.key} ${firedAt}`}
                className="flex flex-wrap items-baseline gap-x-4 gap-y-1 px-4 py-2 sm:px-5"
              >
                <span className="figures w-28 shrink-0 text-xs text-ink-muted">
                  {formatInstant(firedAt, timeZone)}
                </span>
                <span className="min-w-0 flex-1 basis-64 wrap-anywhere">{sentence}</span>
                {isNoise && <Badge>noise</Badge>}
                {missedUsd !== null && (
                  <span className="figures text-xs text-ink-muted">
                    <Money usd={missedUsd} /> after
                  </span>
                )}
              </li>
            ))}
          </ol>
        </details>
      )}
    </>
  );
}
