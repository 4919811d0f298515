import { formatTotal, sumUsd } from "@/app/_format/money";
import { plural } from "@/app/_format/quantities";

interface LeftOutProps {
  leftOut: readonly { why: string; rows: number; usd: string }[];
}

const named = 4;

/** Rows of a file that do not count, by what they are for. */
export function LeftOut({ leftOut }: LeftOutProps) {
  if (leftOut.length === 0) return null;
  const rows = leftOut.reduce((sum, one) => sum + one.rows, 0);
  const words = leftOut.slice(0, named).map(({ why, usd }) => `${why} (${formatTotal(usd)})`);
  const more = leftOut.length - words.length;
  return (
    <p className="mt-0.5 text-xs wrap-anywhere text-ink-muted">
      Left out, in no figure: {plural(rows, "row")} for {formatTotal(sumUsd(leftOut.map(({ usd }) => usd)))}:{" "}
      {words.join(", ")}
      {more > 0 && ` and ${String(more)} more`}.
    </p>
  );
} // prettier-ignore
