import { Money } from "@/app/_components/money";
import type { Column, NameColumn } from "@/app/_components/tables/column";
import { formatTotalChange } from "@/app/_format/money";
import { plural } from "@/app/_format/quantities";
import type { Outputs } from "@/app/_trpc/client";
import { killReviewHref, monthName } from "./words";

export type ReviewRow = Outputs["killReview"]["list"]["reviews"][number];

export const nameColumn = (slug: string): NameColumn<ReviewRow> => ({
  header: "Month",
  of: ({ month, bottom }) => ({
    text: monthName(month),
    href: killReviewHref(slug, month),
    detail: `${plural(bottom.features, "feature")} used least`,
  }),
});

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
    key: "bottom",
    header: "Used least",
    about: "What the least used features cost in the month",
    folded: { line: 2, before: "used least " },
    cell: ({ bottom }) => <Money usd={bottom.costUsd} />,
  },
  {
    key: "saved",
    header: "Saved",
    about: "What earlier decisions came to, against the forecast without them",
    folded: { line: 2, before: "saved " },
    cell: ({ measured, saved }) => (measured === 0 ? "–" : formatTotalChange(saved.measuredUsd)),
  },
];
