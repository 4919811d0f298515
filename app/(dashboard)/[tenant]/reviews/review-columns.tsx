import { ChangeMark } from "@/app/_components/change-mark";
import { Money } from "@/app/_components/money";
import { prepareChange } from "@/app/_components/prepare-change";
import type { Column, NameColumn } from "@/app/_components/tables/column";
import { Badge } from "@/app/_components/ui/badge";
import { plural } from "@/app/_format/quantities";
import type { Outputs } from "@/app/_trpc/client";
import { personName, reviewHref, weekName } from "./words";

export type ReviewRow = Outputs["reviews"]["list"]["reviews"][number];

export const nameColumn = (slug: string, names: ReadonlyMap<string, string>): NameColumn<ReviewRow> => ({
  header: "Week",
  of: ({ week, ownerId, doneAt, doneBy }) => ({
    text: weekName(week),
    href: reviewHref(slug, week),
    detail: doneAt === null ? `for ${personName(names, ownerId)}` : `walked through by ${personName(names, doneBy)}`,
  }),
}); // prettier-ignore

export const reviewColumns: Column<ReviewRow>[] = [
  {
    key: "cost",
    header: "Cost",
    folded: { line: 1 },
    cell: ({ costUsd, unpricedCalls }) => (
      <span>
        <Money usd={costUsd} />
        {unpricedCalls > 0 && (
          <span className="block text-2xs text-warn">+ {plural(unpricedCalls, "call")} unpriced</span>
        )}
      </span>
    ),
  },
  {
    key: "change",
    header: "Change",
    about: "Against the week before",
    folded: { line: 2 },
    cell: ({ costUsd, previousUsd }) => (
      <ChangeMark change={prepareChange({ current: costUsd, previous: previousUsd ?? undefined })} />
    ),
  },
  {
    key: "forecast",
    header: "Forecast",
    about: "What the days before let expect of the week",
    from: "md",
    cell: ({ forecast }) => (forecast ? <Money usd={forecast.expectedUsd} /> : "–"),
  },
  { key: "incidents", header: "Incidents", about: "Opened in the week", from: "md", cell: ({ incidentsOpened }) => incidentsOpened },
  {
    key: "state",
    header: "State",
    align: "start",
    folded: { line: 2 },
    cell: ({ doneAt, ticked, steps }) =>
      doneAt === null ? <Badge>{`${String(ticked)} of ${String(steps)} ticked`}</Badge> : <Badge tone="good">done</Badge>,
  },
]; // prettier-ignore
