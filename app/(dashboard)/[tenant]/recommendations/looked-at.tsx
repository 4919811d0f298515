import { formatDay } from "@/app/_format/dates";
import { formatTotal } from "@/app/_format/money";
import { formatCount, plural } from "@/app/_format/quantities";
import type { Outputs } from "@/app/_trpc/client";
import type { Kind } from "@/server/recommendations/schemas";

type Look = NonNullable<Outputs["recommendations"]["list"]["look"]>;

const nouns = {
  batch: ["feature and model for which nobody waits", "features and models for which nobody waits"],
  model: ["feature of one dear model", "features of one dear model"],
  cache: ["prompt with much fresh input", "prompts with much fresh input"],
  prompt: ["prompt with its versions", "prompts with their versions"],
  retry: ["cause of retries", "causes of retries"],
} as const satisfies Record<Kind, readonly [one: string, many: string]>;

const pluralOf = (count: number, [one, many]: readonly [one: string, many: string]) =>
  plural(count, one, many);

/** What was looked at, so that finding nothing means something. */
export function LookedAt({ look: { first, last, calls, costUsd, unpricedCalls, looked } }: { look: Look }) {
  const closely = Object.entries(looked).map(([kind, { candidates }]) =>
    pluralOf(candidates, nouns[kind as Kind]),
  );
  return (
    <>
      {formatDay(first)} to {formatDay(last)}: {formatCount(calls)} calls of {formatTotal(costUsd)}
      {unpricedCalls > 0 && `, ${formatCount(unpricedCalls)} of them without a price`}. Looked at closely:{" "}
      {closely.join(", ")}. What would save less than $1.00 a month is left out.
    </>
  );
}
