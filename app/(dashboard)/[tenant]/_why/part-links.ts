import type { WhyPart } from "@/server/analytics/why-schemas";
import { callsHref } from "../calls/search-params";
import { type FilterPart, type FilterTag, isSamePart, withOnly } from "../_scope/filters";
import type { WhyQuestion } from "./question";

const is = (tag: FilterTag, value: string | null): FilterPart => ({ tag, operator: "is", value });

/** What a part's calls have in common; null where that cannot be said by tags. */
function tagsOf(part: WhyPart): FilterPart[] | null {
  if (part.work?.isRest) return null;
  const work = part.work
    ? [is("feature", part.work.feature), ...(part.work.kind === null ? [] : [is("kind", part.work.kind)])]
    : [];
  switch (part.cause) {
    case "promptVersion":
      return part.between === "versions" ? [...work, is("prompt", part.prompt)] : work;
    case "price":
      return [...(part.provider === "" ? [] : [is("provider", part.provider)]), is("model", part.model)];
    case "retries":
      return [...work, is("attempt", "retry")];
    case "unpriced":
      return [...work, is("status", "unpriced")];
    default:
      return work;
  }
}

/** The calls that a part is about: those of the stretch that has any of them, the later one if both have. */
export function callsOfPart(
  slug: string,
  part: WhyPart,
  { stretch, compare, parts }: WhyQuestion,
): string | null {
  const tags = tagsOf(part);
  if (!tags) return null;
  const isGone =
    (part.cause === "volume" && part.requests[1] === 0) ||
    (part.cause === "unpriced" && part.unpricedCalls[1] === 0);
  const narrowed = tags.reduce<FilterPart[]>((all, { tag, value }) => withOnly(all, tag, value), [...parts]);
  return callsHref(slug, { ...(isGone ? compare : stretch), parts: narrowed, order: "dearest" });
}

/** The same question of the part's feature alone; null where it is that already, or there is none. */
export function narrowerQuestion(part: WhyPart, question: WhyQuestion): WhyQuestion | null {
  if (!part.work || part.work.isRest) return null;
  const feature = is("feature", part.work.feature);
  const only = withOnly(question.parts, "feature", part.work.feature);
  const isNarrow =
    question.parts.some((one) => isSamePart(one, feature)) && only.length === question.parts.length;
  return isNarrow ? null : { ...question, parts: only };
}
