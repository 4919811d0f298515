import { formatCount, formatShare } from "@/app/_format/quantities";
import { prepareConcentration } from "./prepare-concentration";

interface ConcentrationProps {
  cumulative: readonly (number | null)[];
  /** How many there are in all, shown or not. */
  groups: number;
  nouns: readonly [one: string, many: string];
}

/** "The top 3 of 312 features are 80% of the cost." */
export function ConcentrationNote({ cumulative, groups, nouns }: ConcentrationProps) {
  const found = prepareConcentration(cumulative, groups);
  if (found === null) return null;
  const { rows, share } = found;
  return (
    <span className="figures text-xs text-ink-muted">
      The top {rows === 1 ? nouns[0] : formatCount(rows)} of {formatCount(groups)}{" "}
      {rows === 1 ? "" : `${nouns[1]} `}
      {rows === 1 ? "is" : "are"} <strong className="font-semibold text-ink">{formatShare(share)}</strong> of
      the cost.
    </span>
  );
}
