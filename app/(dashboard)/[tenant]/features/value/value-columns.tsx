import { ChangeCell } from "@/app/_components/tables/change-cell";
import type { Column, NameColumn } from "@/app/_components/tables/column";
import { CostCell } from "@/app/_components/tables/cost-cell";
import { changeOfTotals } from "@/app/_components/tables/breakdown-change";
import { Spark } from "@/app/_components/charts/spark";
import { Money } from "@/app/_components/money";
import { Badge } from "@/app/_components/ui/badge";
import { subtractUsd, toGeometry } from "@/app/_format/money";
import { formatCount, formatShare } from "@/app/_format/quantities";
import type { Outputs } from "@/app/_trpc/client";
import type { ValueOrder } from "./search-params";
import type { ValueRow } from "./shown-rows";
import { seasonWords, usesWords } from "./words";

/** What is not known, and why. */
function Gap({ why }: { why: string }) {
  return (
    <span className="text-ink-faint" title={why}>
      –<span className="sr-only"> {why}</span>
    </span>
  );
}

const nobodySaid = "No user is sent with it";

/** @param onOpen undefined: this member changes nothing */
export const nameColumn = (
  owners: ReadonlyMap<string, string>,
  onOpen: ((row: ValueRow) => void) | undefined,
): NameColumn<ValueRow, ValueOrder> => ({
  header: "Feature",
  order: "name",
  isAscending: true,
  of: (row) => {
    const { ownerId, protectedReason, seasonalMonths } = row.setting;
    return {
      text: row.feature,
      ...(onOpen && { onOpen: () => onOpen(row) }),
      badge: (
        <>
          {protectedReason !== null && (
            <Badge tone="accent" title={protectedReason}>
              protected
            </Badge>
          )}
          {seasonalMonths.length > 0 && <Badge title={seasonWords(seasonalMonths)}>seasonal</Badge>}
        </>
      ),
      detail: ownerId === null ? "nobody answers for it" : (owners.get(ownerId) ?? "owner has left"),
    };
  },
});

function AdoptionCell({ row, tooFew }: { row: ValueRow; tooFew: boolean }) {
  const share = row.adoption;
  return (
    <span className="inline-flex items-center justify-end gap-2">
      {/* Its last week still runs. */}
      <Spark values={row.trend.map(({ adoption }) => adoption)} provisional={1} className="max-@md:hidden" />
      <span className="min-w-10">
        {share !== null ? (
          formatShare(toGeometry(share))
        ) : tooFew ? (
          <Gap why="Too few users to say" />
        ) : (
          <Gap why={nobodySaid} />
        )}
      </span>
    </span>
  );
}

function ConversionCell({ row }: { row: ValueRow }) {
  const { conversions, costPerConversionUsd, setting } = row;
  if (conversions === null) return <Gap why="Nobody said what its conversion is" />;
  return (
    <span className="inline-flex flex-col items-end">
      {costPerConversionUsd === null ? (
        <Gap why="There was no conversion" />
      ) : (
        <Money usd={costPerConversionUsd} unit />
      )}
      <span
        className="max-w-32 truncate text-xs text-ink-muted"
        title={`${formatCount(conversions)} × ${setting.conversionEvent ?? ""}`}
      >
        {formatCount(conversions)} × {setting.conversionEvent}
      </span>
    </span>
  );
}

interface Facts {
  /** The months are over, so they compare with those before. */
  isWhole: boolean;
  /** So few active users in all that no share is claimed. */
  tooFew: boolean;
  total: Outputs["reports"]["featureValue"]["total"] | undefined;
}

export function valueColumns({ isWhole, tooFew, total }: Facts): Column<ValueRow, ValueOrder>[] {
  const change: Column<ValueRow, ValueOrder> = {
    key: "change",
    header: "Change",
    about: "Against the months before",
    from: "lg",
    cell: (row) => {
      const changeUsd = row.before && subtractUsd(row.costUsd, row.before.costUsd);
      return <ChangeCell change={changeOfTotals(row, row.before)} changeUsd={changeUsd} />;
    },
  };
  return [
    {
      key: "cost",
      header: "Cost",
      order: "cost",
      folded: { line: 1 },
      cell: (row) => <CostCell {...row} />,
      total: total && <Money usd={total.costUsd} className="font-medium" />,
    },
    // Of a month that runs there is nothing to compare yet.
    ...(isWhole ? [change] : []),
    {
      key: "uses",
      header: "Uses",
      about: "Requests, or usage events where they are more",
      order: "uses",
      folded: { line: 2, after: "uses" },
      cell: ({ uses, requests, events }) => (
        <span title={usesWords(requests, events)}>{formatCount(uses)}</span>
      ),
    },
    {
      key: "users",
      header: "Active users",
      order: "users",
      folded: { line: 2, after: "users" },
      cell: ({ activeUsers }) => (activeUsers === null ? <Gap why={nobodySaid} /> : formatCount(activeUsers)),
      total: total && <span title="Each once, whatever they used">{formatCount(total.activeUsers)}</span>,
    },
    {
      key: "adoption",
      header: "Adoption",
      about: "Of all active users, those of the feature; week by week, and over the months",
      order: "adoption",
      from: "sm",
      folded: { line: 2, after: "of all" },
      cell: (row) => <AdoptionCell row={row} tooFew={tooFew} />,
    },
    {
      key: "userCost",
      header: "Per user",
      about: "Cost of each active user",
      order: "userCost",
      from: "sm",
      cell: ({ costPerActiveUserUsd: usd }) =>
        usd === null ? <Gap why="No active user to divide by" /> : <Money usd={usd} unit />,
    },
    {
      key: "successCost",
      header: "Per success",
      about: "Cost of each successful call, failed ones paid for by it",
      order: "successCost",
      from: "xl",
      cell: ({ costPerSuccessUsd: usd }) =>
        usd === null ? <Gap why="No successful call" /> : <Money usd={usd} unit />,
    },
    {
      key: "conversionCost",
      header: "Per conversion",
      about: "Cost of each event that its owner calls its conversion",
      order: "conversionCost",
      from: "md",
      folded: { line: 2, before: "per conversion" },
      cell: (row) => <ConversionCell row={row} />,
    },
  ];
}
