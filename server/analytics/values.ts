import type { z } from "zod";
import type { Ctx } from "@/server/context";
import { breakdown } from "./breakdown";
import { ValuesInput } from "./values-schemas";

export interface ValuesAnswer {
  /** Of the calls in the range, the dearest first. Null: calls without the tag, which no search finds. */
  values: { value: string | null; calls: number; costUsd: string; unpricedCalls: number }[];
  /** How many there are in all. */
  found: number;
}

/**
 * The values that a tag had, for choosing one to filter by.
 * @throws DomainError INVALID_INPUT for a range that reports cannot answer
 */
export async function values(ctx: Ctx, input: z.input<typeof ValuesInput>): Promise<ValuesAnswer> {
  const { tag, search, limit, ...stretch } = ValuesInput.parse(input);
  const filter = search === undefined ? {} : { [tag]: { contains: [search] } };
  const { rows, groups } = await breakdown(ctx, { ...stretch, groupBy: tag, filter, limit });
  return {
    values: rows.map(({ key, current: { calls, costUsd, unpricedCalls } }) => ({
      value: key,
      calls,
      costUsd,
      unpricedCalls,
    })),
    found: groups,
  };
}
