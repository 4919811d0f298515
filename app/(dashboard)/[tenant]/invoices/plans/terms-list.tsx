import type { PlanTerms } from "@/server/invoices/plan-schemas";
import { componentWords, overallInShort } from "./terms-words";

/** What a version of a plan says, component by component. */
export function TermsList({ terms }: { terms: PlanTerms }) {
  return (
    <ul className="mt-1 space-y-1 text-sm text-ink-muted">
      {terms.components.map((component, at) => (
        <li key={at} className="wrap-anywhere">
          <span className="text-ink">{component.label}</span>: {componentWords(component)}
        </li>
      ))}
      <li>{overallInShort(terms)}</li>
    </ul>
  );
}
