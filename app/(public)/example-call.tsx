import { Badge } from "@/app/_components/ui/badge";

const lines = [
  ["Fresh input tokens", "1,200 × $2.50 / 1M", "$0.003"],
  ["Cache read tokens", "800 × $1.25 / 1M", "$0.001"],
  ["Output tokens", "350 × $10.00 / 1M", "$0.0035"],
] as const;

const tags = [
  ["Feature", "doc-summarizer"],
  ["User", "user-1"],
  ["Prompt", "summary · v12"],
] as const;

/** What the product shows of a call; the arithmetic is right, the call is marked as an example. */
export function ExampleCall() {
  return (
    <figure className="min-w-0">
      <div className="rounded-xl border border-line-strong bg-surface shadow-pop">
        <div className="flex items-center justify-between gap-3 border-b px-5 py-3">
          <span className="truncate font-mono text-xs">call 01JD…7Q</span>
          <Badge>priced</Badge>
        </div>
        <div className="px-5 pt-4 pb-3">
          <p className="figures text-[1.75rem]/9 font-semibold tracking-tight">$0.0075</p>
          <p className="text-xs text-ink-muted">gpt-4o, at the price of that day</p>
        </div>
        <table className="figures w-full border-t text-sm">
          <tbody>
            {lines.map(([name, formula, cost]) => (
              <tr key={name}>
                <th scope="row" className="py-1.5 pl-5 text-left font-normal text-ink-muted">
                  {name}
                </th>
                <td className="hidden py-1.5 text-right whitespace-nowrap text-ink-faint sm:table-cell">
                  {formula}
                </td>
                <td className="py-1.5 pr-5 pl-3 text-right">{cost}</td>
              </tr>
            ))}
          </tbody>
          <tfoot>
            <tr className="border-t font-medium">
              <th scope="row" className="py-2 pl-5 text-left font-medium">
                Sum
              </th>
              <td className="hidden sm:table-cell" />
              <td className="py-2 pr-5 text-right">$0.0075</td>
            </tr>
          </tfoot>
        </table>
        <dl className="grid grid-cols-3 gap-3 border-t px-5 py-3 text-xs">
          {tags.map(([name, value]) => (
            <div key={name} className="min-w-0">
              <dt className="text-2xs text-ink-faint">{name}</dt>
              <dd className="truncate">{value}</dd>
            </div>
          ))}
        </dl>
      </div>
      <figcaption className="mt-2.5 text-center text-2xs text-ink-faint">
        An example: every call opens its own sum.
      </figcaption>
    </figure>
  );
}
