import type { Column } from "@/app/_components/tables/column";
import { Badge } from "@/app/_components/ui/badge";
import { Link } from "@/app/_components/ui/link";
import { formatMonth } from "@/app/_format/dates";
import type { BilledAccount } from "./accounts";

/** "from Oct 2026", "through Dec 2026", "Oct 2026 – Dec 2026"; null: always. */
function monthsOf({ billFrom, billThrough }: BilledAccount): string | null {
  if (billFrom !== null && billThrough !== null) return `${formatMonth(billFrom)} – ${formatMonth(billThrough)}`;
  if (billFrom !== null) return `from ${formatMonth(billFrom)} on`;
  return billThrough === null ? null : `through ${formatMonth(billThrough)}`;
} // prettier-ignore

function Plan({ account, names, defaultPlan }: { account: BilledAccount; names: ReadonlyMap<string, string>; defaultPlan: string | null }) {
  if (!account.isBilled) return <Badge>not billed</Badge>;
  const own = account.planId === null ? null : (names.get(account.planId) ?? "a plan");
  const months = monthsOf(account);
  return (
    <span>
      {own ?? (defaultPlan === null ? <span className="text-warn">no plan: not billed</span> : <>{defaultPlan} <span className="text-ink-muted">(default)</span></>)}
      {months !== null && <span className="block text-2xs text-ink-muted">{months}</span>}
    </span>
  );
} // prettier-ignore

export const accountColumns = (
  slug: string,
  names: ReadonlyMap<string, string>,
  defaultPlan: string | null,
): Column<BilledAccount>[] => [
  {
    key: "plan",
    header: "Plan",
    align: "start",
    folded: { line: 2 },
    cell: (account) => <Plan account={account} names={names} defaultPlan={defaultPlan} />,
  },
  { key: "vat", header: "VAT id", align: "start", from: "md", cell: ({ details }) => details.vatId || "–" },
  { key: "email", header: "E-mail", align: "start", from: "lg", cell: ({ details }) => details.email || "–" },
  {
    key: "last",
    header: "Last in",
    about: "The last closed month with calls of it",
    folded: { line: 2 },
    cell: ({ lastMonth }) =>
      lastMonth === null ? (
        "no closed month"
      ) : (
        <Link href={`/${slug}/invoices?month=${lastMonth}`} className="hover:underline">
          {formatMonth(lastMonth)}
        </Link>
      ),
  },
];
