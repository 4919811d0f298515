import type { PolicyTag } from "@/server/attribution/schemas";
import type { Scope } from "../_scope/scope";

/** What the screen asks, alike by the page (to prefetch) and by its client parts. */
export function coverageQuestions({ days }: Scope, tag: PolicyTag) {
  return { days, coverage: { ...days, tag }, retryTax: days } as const;
}
