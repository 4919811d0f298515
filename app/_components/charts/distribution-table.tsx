import { formatFigure } from "@/app/_format/figures";
import { formatCount, formatShare } from "@/app/_format/quantities";
import { Figure } from "../figure";
import { bucketName, type Distribution } from "./prepare-distribution";

const head = "px-3 py-2 text-right font-medium last:pr-4 sm:last:pr-5";
const cell = "px-3 py-1.5 text-right whitespace-nowrap last:pr-4 sm:last:pr-5";

/** A distribution in figures, the largest first, and where its percentiles are. */
export function DistributionTable({ spread }: { spread: Distribution }) {
  const { kind, label, nouns, zero, markers } = spread;
  return (
    <table className="figures w-full text-sm">
      <caption className="sr-only">
        {nouns[1]} by {label.toLowerCase()}.{" "}
        {markers.map(({ name, value }) => `${name} ${formatFigure(kind, value)}`).join(", ")}
      </caption>
      <thead className="sticky top-0 bg-surface text-2xs text-ink-faint">
        <tr>
          <th scope="col" className="px-4 py-2 text-left font-medium sm:px-5">
            {label}
          </th>
          <th scope="col" className={`${head} capitalize`}>
            {nouns[1]}
          </th>
          <th scope="col" className={head}>
            Share
          </th>
          <th scope="col" className={head}>
            Cost together
          </th>
        </tr>
      </thead>
      <tbody className="divide-y">
        {[...spread.bars].reverse().map((bar) => (
          <tr key={bar.from}>
            <th scope="row" className="px-4 py-1.5 text-left font-normal whitespace-nowrap sm:px-5">
              {bucketName(kind, bar)}
            </th>
            <td className={cell}>{formatCount(bar.count)}</td>
            <td className={`${cell} text-ink-muted`}>{formatShare(bar.share)}</td>
            <td className={`${cell} text-ink-muted`}>
              <Figure kind="usd" value={bar.costUsd ?? null} />
            </td>
          </tr>
        ))}
        {zero && (
          <tr>
            <th scope="row" className="px-4 py-1.5 text-left font-normal sm:px-5">
              {zero.label}
            </th>
            <td className={cell}>{formatCount(zero.count)}</td>
            <td className={`${cell} text-ink-muted`}>{formatShare(zero.share)}</td>
            <td className={`${cell} text-ink-muted`}>–</td>
          </tr>
        )}
      </tbody>
    </table>
  );
}
