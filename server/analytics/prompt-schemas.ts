import { z } from "zod";
import { storableText } from "@/server/calls/schemas";
import { ReportScope } from "./schemas";

export const PromptVersionsInput = ReportScope.extend({
  /** Of one prompt; left out: of the dearest `top` of the stretch. */
  prompt: storableText(256).optional(),
  top: z.int().min(1).max(50).default(10),
  /** Whether each version is also told day by day. */
  daily: z.boolean().default(false),
});
export type PromptVersionsInput = z.infer<typeof PromptVersionsInput>;

export const PromptChangesInput = ReportScope.extend({
  offset: z.int().min(0).max(100_000).default(0),
  limit: z.int().min(1).max(10_000).default(50),
});
export type PromptChangesInput = z.infer<typeof PromptChangesInput>;

/** Local days on either side of a change that are compared. */
export const comparedDays = 7;
/** Priced calls that either side of a comparison needs: a mean of fewer says little. */
export const fewestCompared = 20;
/** A prompt with more versions is one whose text is made for each call: no change of it is looked for. */
export const mostVersions = 200;
/** Versions of a prompt told apart, the dearest. */
export const mostVersionsTold = 50;

const count = z.coerce.number().int();

export const PromptFigures = z.object({
  calls: count,
  inputTokens: count,
  outputTokens: count,
  /** USD, decimal string; `unpricedCalls` are not in it. */
  costUsd: z.string(),
  unpricedCalls: count,
  errorCalls: count,
});
export type PromptFigures = z.infer<typeof PromptFigures>;
