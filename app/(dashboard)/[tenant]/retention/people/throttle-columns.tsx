import { Money } from "@/app/_components/money";
import type { Column, NameColumn } from "@/app/_components/tables/column";
import { CostCell } from "@/app/_components/tables/cost-cell";
import { Button } from "@/app/_components/ui/button";
import { Link } from "@/app/_components/ui/link";
import { formatDay } from "@/app/_format/dates";
import { formatTotal } from "@/app/_format/money";
import type { ThrottleRow } from "@/server/analytics/people/throttle";
import { forecastHref } from "../../budgets/search-params";
import { callsHref } from "../../calls/search-params";
import { withOnly } from "../../_scope/filters";
import { StateBadge } from "./state-badge";
import { basisWords, suggestionWords } from "./throttle-words";

export const nameColumn = (slug: string): NameColumn<ThrottleRow> => ({
  header: "User",
  of: ({ user, accountId, plan, state, lastDay }) => ({
    text: user,
    href: callsHref(slug, { range: "all", parts: withOnly([], "user", user), order: "dearest" }),
    badge: <StateBadge state={state} lastDay={lastDay} />,
    detail: [
      accountId,
      plan === null ? null : `on ${plan}`,
      lastDay === null ? null : `last there ${formatDay(lastDay)}`,
    ]
      .filter((part) => part !== null)
      .join(" · "),
  }),
});

interface Actions {
  picked: ReadonlySet<string>;
  onPick: (user: string, isPicked: boolean) => void;
  onApply: (row: ThrottleRow) => void;
}

/** @param actions null: this member gives no quotas */
export function throttleColumns(slug: string, actions: Actions | null): Column<ThrottleRow>[] {
  return [
    {
      key: "cost",
      header: "Cost",
      about: "Of who left, in all their time; of others, in the last 90 days",
      folded: { line: 1 },
      cell: ({ costUsd, unpricedCalls, basis }) => (
        <span className="inline-flex flex-col items-end">
          <CostCell costUsd={costUsd} calls={unpricedCalls + 1} unpricedCalls={unpricedCalls} />
          <span className="text-2xs text-ink-faint">{basisWords[basis]}</span>
        </span>
      ),
    },
    {
      key: "revenue",
      header: "Revenue",
      about: "Of the same time, by the MRR that was told last",
      from: "md",
      cell: ({ revenueUsd }) =>
        revenueUsd === null ? <span className="text-ink-muted">unknown</span> : <Money usd={revenueUsd} />,
    },
    {
      key: "loss",
      header: "Loss",
      about: "Cost less revenue; where that is unknown, the cost at most",
      folded: { line: 2, after: "lost" },
      cell: ({ lossUsd, costUsd }) =>
        lossUsd === null ? (
          <span className="text-ink-muted">up to {formatTotal(costUsd)}</span>
        ) : (
          <Money usd={lossUsd} className="text-bad" />
        ),
    },
    {
      key: "quota",
      header: "Quota a month",
      about: "Suggested, or the one that they have",
      folded: { line: 2, before: "quota" },
      cell: (row) => {
        const { user, quota, suggestion } = row;
        if (quota)
          return (
            <Link
              href={forecastHref(slug, { kind: "user", key: user })}
              className="text-accent underline underline-offset-2"
            >
              has a quota of {formatTotal(quota.amountUsd)}
            </Link>
          );
        return (
          <span title={suggestionWords(row)} className="inline-flex items-center gap-2">
            {suggestion ? (
              <Money usd={suggestion.amountUsd} />
            ) : (
              <span className="text-ink-muted">too few</span>
            )}
            {actions && (
              <>
                <Button size="sm" aria-label={`Give ${user} a quota`} onClick={() => actions.onApply(row)}>
                  Apply
                </Button>
                {suggestion && (
                  <input
                    type="checkbox"
                    aria-label={`Pick ${user}`}
                    className="size-4 accent-accent"
                    checked={actions.picked.has(user)}
                    onChange={({ target }) => actions.onPick(user, target.checked)}
                  />
                )}
              </>
            )}
          </span>
        );
      },
    },
  ];
}
