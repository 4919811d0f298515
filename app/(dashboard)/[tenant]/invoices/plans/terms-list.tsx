import type { PlanTerms } from "@/server/invoices/plan-schemas";
import { componentWords, overallWords } from "./terms-words";

/** What a version of a plan says, component by component. */
export function TermsList({ terms }: { terms: PlanTerms }) {
  return (
    <ol className="mt-1 list-decimal space-y-1 pl-5 text-sm text-ink-muted marker:text-ink-faint">
      {terms.components.map((component, at) => (
        <li key={at} className="wrap-anywhere">
          <span className="text-ink">{component.label}</span>: {componentWords(component)}
        </li>
      ))}
      <li>{overallWords(terms).join("; ")}</li>
    </ol>
  );
}
