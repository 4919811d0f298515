import { formatCount, plural } from "@/app/_format/quantities";

interface Rejection {
  line: number;
  field: string | null;
  message: string;
}

/** Bad rows by line, with the reason; the good ones of the same file are kept. */
export function Rejections({ rejections, total }: { rejections: readonly Rejection[]; total: number }) {
  return (
    <section className="border-t">
      <h3 className="px-4 pt-4 pb-2 text-xs font-medium text-bad sm:px-5">
        {plural(total, "row")} rejected
        {total > rejections.length && (
          <span className="font-normal text-ink-muted">, the first {formatCount(rejections.length)}:</span>
        )}
      </h3>
      <ul className="divide-y text-sm">
        {rejections.map((row) => (
          <li key={row.line} className="grid grid-cols-[4.5rem_1fr] gap-x-3 px-4 py-1.5 sm:px-5">
            <span className="figures text-ink-muted">line {formatCount(row.line)}</span>
            <span className="min-w-0 break-words">
              {row.field !== null && <code className="mr-1.5 font-mono text-xs">{row.field}</code>}
              {row.message}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}
