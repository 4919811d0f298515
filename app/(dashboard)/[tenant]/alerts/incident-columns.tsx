import { Badge } from "@/app/_components/ui/badge";
import { Money } from "@/app/_components/money";
import type { Column, NameColumn } from "@/app/_components/tables/column";
import { formatInstant, formatInstantExactly } from "@/app/_format/dates";
import { toGeometry } from "@/app/_format/money";
import type { Outputs } from "@/app/_trpc/client";
import { ruleNames } from "@/server/delivery/rule-names";
import { figureWords } from "./figure-words";
import { incidentHref } from "./search-params";
import { kindLabels, severityTones, stateWords, subjectName } from "./words";

export type IncidentRow = Outputs["incidents"]["list"]["incidents"][number];

/** Whom it is about and which rule found it; it leads to the incident. */
export const nameColumn = (slug: string): NameColumn<IncidentRow> => ({
  header: "Incident",
  of: ({ id, subject, rule, severity }) => ({
    text: subjectName(subject),
    href: incidentHref(slug, id),
    badge: <Badge tone={severityTones[severity]}>{severity}</Badge>,
    detail: [subject.kind !== "tenant" && kindLabels[subject.kind], ruleNames[rule]]
      .filter((part) => part !== false)
      .join(" · "),
  }),
});

function State({ row, names }: { row: IncidentRow; names: ReadonlyMap<string, string> }) {
  const { label, tone } = stateWords[row.state];
  const holder = row.heldBy === null ? null : (names.get(row.heldBy) ?? "somebody who has left");
  return (
    <span className="inline-flex flex-col items-start gap-0.5 align-middle">
      <Badge tone={tone} dot={row.state === "open"}>
        {label}
      </Badge>
      {holder !== null && <span className="max-w-36 truncate text-xs text-ink-muted">{holder}</span>}
    </span>
  );
}

interface ColumnsOf {
  timeZone: string;
  now: Date;
  /** Of members, by id. */
  names: ReadonlyMap<string, string>;
}

export function incidentColumns({ timeZone, now, names }: ColumnsOf): Column<IncidentRow>[] {
  const dash = <span className="text-ink-faint">–</span>;
  return [
    {
      key: "excess",
      header: "Excess",
      about: "USD beyond what was expected",
      folded: { line: 1 },
      cell: ({ impactUsd }) =>
        impactUsd === null ? dash : <Money usd={impactUsd} className={toGeometry(impactUsd) > 0 ? "font-medium text-bad" : undefined} />, // prettier-ignore
    },
    {
      key: "actual",
      header: "Actual",
      folded: { line: 2 },
      cell: ({ actual, unit }) => figureWords(actual, unit),
    },
    {
      key: "expected",
      header: "Expected",
      from: "md",
      folded: { line: 2, before: "against" },
      cell: ({ expected, unit }) => (expected === null ? dash : figureWords(expected, unit)),
    },
    {
      key: "contributor",
      header: "Greatest part",
      about: "What did most of it, by the causes of “Why did it change?”",
      align: "start",
      from: "xl",
      width: "w-44",
      cell: ({ details: { contributors: [top] } }) =>
        top ? (
          <span className="block max-w-44 truncate" title={top.label}>
            {top.label}
          </span>
        ) : (
          dash
        ),
    }, // prettier-ignore
    {
      key: "since",
      header: "Since",
      about: "When the rule found it",
      align: "start",
      from: "lg",
      folded: { line: 2, before: "since" },
      cell: ({ openedAt }) => (
        <span title={formatInstantExactly(openedAt, timeZone)}>{formatInstant(openedAt, timeZone, now)}</span>
      ),
    },
    {
      key: "state",
      header: "State",
      align: "start",
      folded: { line: 2 },
      cell: (row) => <State row={row} names={names} />,
    },
  ];
}
