import { Money } from "@/app/_components/money";
import type { Column, NameColumn } from "@/app/_components/tables/column";
import { Badge } from "@/app/_components/ui/badge";
import { formatCount, formatShare, plural } from "@/app/_format/quantities";
import type { KillItem } from "@/server/kill-review/schemas";
import { guardWords, suggestionTones, suggestionWords } from "../words";

export const nameColumn = (onOpen: ((item: KillItem) => void) | null): NameColumn<KillItem> => ({
  header: "Feature",
  of: (item) => ({
    text: item.feature,
    ...(onOpen && { onOpen: () => onOpen(item) }),
    detail: item.evidence.teams.join(", "),
    ...(item.guard && { badge: <Badge>{guardWords[item.guard]}</Badge> }),
  }),
});

export const featureColumns: Column<KillItem>[] = [
  {
    key: "uses",
    header: "Uses",
    about: "The greater of requests and events of product usage",
    folded: { line: 2, after: " uses" },
    cell: ({ evidence: { uses, usesRatio } }) => (
      <span>
        {formatCount(uses)}
        {usesRatio !== null && (
          <span className="block text-2xs text-ink-muted">{formatShare(Number(usesRatio))} of before</span>
        )}
      </span>
    ),
  },
  {
    key: "users",
    header: "Users",
    from: "sm",
    cell: ({ evidence: { activeUsers } }) => (activeUsers === null ? "–" : formatCount(activeUsers)),
  },
  {
    key: "cost",
    header: "Cost",
    folded: { line: 1 },
    cell: ({ evidence: { costUsd, unpricedCalls } }) => (
      <span>
        <Money usd={costUsd} />
        {unpricedCalls > 0 && (
          <span className="block text-2xs text-warn">+ {plural(unpricedCalls, "call")} unpriced</span>
        )}
      </span>
    ),
  },
  {
    key: "perUse",
    header: "Per use",
    from: "md",
    cell: ({ evidence: { perUseUsd } }) => (perUseUsd === null ? "–" : <Money usd={perUseUsd} unit />),
  },
  {
    key: "perUser",
    header: "Per user",
    from: "lg",
    cell: ({ evidence: { perUserUsd } }) => (perUserUsd === null ? "–" : <Money usd={perUserUsd} unit />),
  },
  {
    key: "next",
    header: "Next month",
    about: "The forecast, made as at the end of the month",
    from: "lg",
    cell: ({ evidence: { forecast } }) => (forecast ? <Money usd={forecast.expectedUsd} /> : "–"),
  },
  {
    key: "suggestion",
    header: "Suggestion",
    align: "start",
    folded: { line: 2 },
    cell: ({ suggestion }) =>
      suggestion ? <Badge tone={suggestionTones[suggestion]}>{suggestionWords[suggestion]}</Badge> : "–",
  },
];
