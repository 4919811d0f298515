import { Figure } from "@/app/_components/figure";
import { Money } from "@/app/_components/money";
import type { Column, NameColumn } from "@/app/_components/tables/column";
import { CostCell } from "@/app/_components/tables/cost-cell";
import { cn } from "@/app/_components/ui/class-names";
import { toGeometry } from "@/app/_format/money";
import { formatCount, formatShare, plural } from "@/app/_format/quantities";
import type { MarginAnswer, MarginRow } from "@/server/analytics/people/margin";
import type { MarginGrouping, marginOrders } from "@/server/analytics/people/people-schemas";
import { callsHref } from "../../calls/search-params";
import { withOnly } from "../../_scope/filters";
import type { ScopeParams } from "../../_scope/scope";

type Order = (typeof marginOrders)[number];

export const marginWords = {
  user: { noun: "User", nouns: ["user", "users"], without: "No user" },
  account: { noun: "Account", nouns: ["account", "accounts"], without: "No account" },
  plan: { noun: "Plan", nouns: ["plan", "plans"], without: "No plan" },
} as const satisfies Record<
  MarginGrouping,
  { noun: string; nouns: readonly [string, string]; without: string }
>;

const isBelow = (usd: string) => toGeometry(usd) < 0;

export const marginName = (
  slug: string,
  by: MarginGrouping,
  params: ScopeParams,
): NameColumn<MarginRow, Order> => ({
  header: marginWords[by].noun,
  of: ({ key, accountId, plan, users, unknown }) => ({
    text: key ?? marginWords[by].without,
    isNameless: key === null,
    // Calls know no plan.
    href:
      by === "plan" || key === null
        ? undefined
        : callsHref(slug, { ...params, by: null, f: [], parts: withOnly([], by, key), order: "dearest" }),
    detail:
      by === "user"
        ? [accountId, plan === null ? null : `on ${plan}`].filter((part) => part !== null).join(" · ") || undefined
        : [plural(users, "user"), unknown.users > 0 && users > unknown.users ? `${formatCount(unknown.users)} of unknown revenue` : null].filter((part) => part !== null).join(" · "), // prettier-ignore
  }),
});

/** A margin in an amount; red where more is spent than earned. */
function Signed({ usd }: { usd: string }) {
  return <Money usd={usd} className={cn("font-medium", isBelow(usd) ? "text-bad" : "text-ink")} />;
}

export function marginColumns({ total }: Pick<MarginAnswer, "total"> = noTotal): Column<MarginRow, Order>[] {
  return [
    {
      key: "cost",
      header: "Cost",
      order: "cost",
      folded: { line: 1 },
      cell: ({ costUsd, calls, unpricedCalls }) => <CostCell costUsd={costUsd} calls={Math.max(calls, unpricedCalls)} unpricedCalls={unpricedCalls} />, // prettier-ignore
      total: <Money usd={total.costUsd} />,
    },
    {
      key: "revenue",
      header: "Revenue",
      about: "The MRR told last, evenly over the days of each month",
      order: "revenue",
      folded: { line: 2, after: "revenue" },
      cell: ({ revenueUsd }) => revenueUsd === null ? <span className="text-ink-muted">unknown</span> : <Money usd={revenueUsd} />, // prettier-ignore
      total: <Money usd={total.known.revenueUsd} />,
    },
    {
      key: "loss",
      header: "Margin",
      about: "Revenue less the cost of those whose revenue it is; the greatest loss first",
      order: "loss",
      folded: { line: 2, before: "margin" },
      cell: ({ marginUsd }) => (marginUsd === null ? "–" : <Signed usd={marginUsd} />),
      total: <Signed usd={total.known.marginUsd} />,
    },
    {
      key: "share",
      header: "%",
      about: "Margin of revenue",
      from: "md",
      cell: ({ marginShare }) => (marginShare === null ? "–" : formatShare(toGeometry(marginShare))),
      total: <Figure kind="share" value={total.known.marginShare} />,
    },
    {
      key: "unknown",
      header: "Of unknown",
      about: "What those cost whose revenue nobody knows: in no margin",
      from: "lg",
      cell: ({ unknown }) =>
        unknown.users === 0 ? "–" : <Money usd={unknown.costUsd} className="text-ink-muted" />,
      total: <Money usd={total.unknown.costUsd} className="text-ink-muted" />,
    },
  ];
}

/** Of no answer yet. */
const noTotal: Pick<MarginAnswer, "total"> = {
  total: {
    costUsd: "0",
    calls: 0,
    unpricedCalls: 0,
    known: { users: 0, costUsd: "0", revenueUsd: "0", marginUsd: "0", marginShare: null },
    unknown: { users: 0, costUsd: "0", unpricedCalls: 0 },
    nobody: { calls: 0, costUsd: "0", unpricedCalls: 0 },
    losing: { users: 0, lossUsd: "0" },
    idle: { users: 0, revenueUsd: "0" },
    userless: { accounts: 0, revenueUsd: "0" },
  },
};
