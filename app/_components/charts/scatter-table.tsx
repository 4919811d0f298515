import { formatCount } from "@/app/_format/quantities";
import { Figure } from "../figure";
import type { Scatter } from "./prepare-scatter";

const cell = "px-3 py-1.5 text-right whitespace-nowrap last:pr-4 sm:last:pr-5";

/** A scatter in figures, the largest first; what it cannot draw, too. */
export function ScatterTable({
  scatter,
  noun,
  without,
}: {
  scatter: Scatter;
  noun: string;
  without: string;
}) {
  const { x, y, sizeLabel, sizeKind } = scatter;
  const rows = [...scatter.points, ...scatter.leftOut];
  return (
    <table className="figures w-full text-sm">
      <caption className="sr-only">
        {y.label} against {x.label.toLowerCase()} by {noun.toLowerCase()}
      </caption>
      <thead className="sticky top-0 bg-surface text-2xs text-ink-faint">
        <tr>
          <th scope="col" className="px-4 py-2 text-left font-medium sm:px-5">
            {noun}
          </th>
          {[sizeLabel, y.label, x.label, "Calls"].map((head) => (
            <th key={head} scope="col" className={`${cell} font-medium`}>
              {head}
            </th>
          ))}
        </tr>
      </thead>
      <tbody className="divide-y">
        {rows.map((row) => (
          <tr key={row.key ?? "\u0000"}>
            <th scope="row" className="max-w-0 min-w-32 truncate px-4 py-1.5 text-left font-normal sm:px-5">
              {row.key ?? <span className="text-ink-muted italic">{without}</span>}
            </th>
            <td className={cell}>
              <Figure kind={sizeKind} value={row.size} />
            </td>
            <td className={cell}>
              <Figure kind={y.kind} value={row.y} />
            </td>
            <td className={cell}>
              <Figure kind={x.kind} value={row.x} />
            </td>
            <td className={`${cell} text-ink-muted`}>{formatCount(row.calls)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
