import { addDays } from "@/server/calendar/local-day";
import type { Finding } from "@/server/recommendations/schemas";
import { withOnly } from "../_scope/filters";
import { filterParams, rangeParams, scopeHref } from "../_scope/params";
import { callsHref } from "../calls/search-params";
import { promptHref } from "../prompts/search-params";

export interface EvidenceLink {
  label: string;
  href: string;
}

/** The screens that show what was counted, with its feature and its 30 days. */
export function linksOf(slug: string, { subject, first, last, evidence }: Finding): EvidenceLink[] {
  const parts = withOnly([], "feature", subject.feature);
  const range = rangeParams({ from: first, to: addDays(last, 1) });
  const screen = (path: string) => scopeHref(slug, path, { ...range, ...filterParams(parts) });
  const features = { label: "Feature", href: screen("features") };
  const calls = (of: typeof parts) => ({ label: "Calls", href: callsHref(slug, { ...range, parts: of, order: "dearest" }) });
  const ofModel = subject.model === null ? parts : withOnly(parts, "model", subject.model);
  switch (evidence.kind) {
    case "batch":
    case "model":
      return [features, { label: "Models", href: screen("models") }, calls(ofModel)];
    case "cache":
      return [{ label: "Cache", href: screen("cache") }, { label: "Prompt", href: promptHref(slug, subject.prompt ?? "", range) }, calls(ofModel)];
    case "prompt":
      return [{ label: "Prompt", href: promptHref(slug, subject.prompt ?? "", range) }, features];
    case "retry":
      return [{ label: "Errors", href: screen("errors") }, features, calls(withOnly(parts, "attempt", "retry"))];
  }
} // prettier-ignore
