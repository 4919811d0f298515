import type { Column } from "@/app/_components/tables/column";
import { ReportTable } from "@/app/_components/tables/report-table";
import { Badge, type Tone } from "@/app/_components/ui/badge";
import { formatInstant } from "@/app/_format/dates";
import { figureInWords } from "@/server/delivery/figures";
import { ruleNames } from "@/server/delivery/rule-names";
import type { Severity } from "@/server/incidents/schemas";
import type { ReviewFigures } from "@/server/weekly-review/schemas";

type Incident = ReviewFigures["incidents"]["list"][number];

const tones = { info: "neutral", warning: "warn", critical: "bad" } as const satisfies Record<Severity, Tone>;

function nameOf({ subjectKind, subjectKey }: Pick<Incident, "subjectKind" | "subjectKey">): string {
  if (subjectKind === "tenant") return "The organisation";
  // Reviews keep no names of people.
  if (subjectKey === null) return `A ${subjectKind}`;
  return subjectKey === "" ? `Calls without a ${subjectKind}` : subjectKey;
}

const columns: Column<Incident>[] = [
  {
    key: "severity",
    header: "Severity",
    align: "start",
    folded: { line: 2 },
    cell: ({ severity }) => <Badge tone={tones[severity]}>{severity}</Badge>,
  },
  { key: "actual", header: "Actual", folded: { line: 1 }, cell: ({ actual, unit }) => figureInWords(actual, unit) },
  {
    key: "expected",
    header: "Expected",
    from: "md",
    cell: ({ expected, unit }) => (expected === null ? "–" : figureInWords(expected, unit)),
  },
  { key: "state", header: "State", align: "start", folded: { line: 2 }, cell: ({ state }) => state },
]; // prettier-ignore

interface IncidentsStepProps {
  incidents: ReviewFigures["incidents"];
  slug: string;
  timeZone: string;
}

export function IncidentsStep({ incidents: { list }, slug, timeZone }: IncidentsStepProps) {
  if (list.length === 0) return null;
  return (
    <ReportTable
      caption="Incidents of the week, the gravest first"
      rows={list}
      keyOf={({ id }) => id}
      name={{
        header: "About",
        of: (incident) => ({
          text: nameOf(incident),
          href: `/${slug}/alerts/${incident.id}`,
          detail: `${ruleNames[incident.rule]} · opened ${formatInstant(incident.openedAt, timeZone)}`,
        }),
      }}
      columns={columns}
      empty={null}
    />
  );
}
