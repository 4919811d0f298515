import { z } from "zod";
import { storableText } from "@/server/calls/schemas";
import { groupings, ReportScope, SpendFigures } from "../schemas";

/** Figures that add up: those of every report. */
export const sums = SpendFigures.keyof().options;
/** Figures that are one sum through another. */
export const ratios = [
  "costPerCall",
  "costPer1kTokens",
  "tokensPerCall",
  "inputTokensPerCall",
  "outputTokensPerCall",
  "cacheHitRate",
  "errorRate",
  "retryRate",
  "retryCostShare",
  "unpricedShare",
  "meanLatencyMs",
] as const;
/** A group's part of everything in the scope. */
export const shares = ["costShare", "callShare"] as const;

export const Figure = z.enum([...sums, ...ratios, ...shares]);
export type Figure = z.infer<typeof Figure>;

export const ExplainInput = z
  .strictObject({
    figure: Figure,
    scope: ReportScope,
    /** The figure of one row of a table: calls with this tag; null for calls without it. */
    group: z.strictObject({ by: z.enum(groupings), key: storableText(256).nullable() }).optional(),
  })
  .refine(({ figure, group }) => group !== undefined || !(shares as readonly string[]).includes(figure), {
    path: ["group"],
    message: "a share is one of a group: name it",
  });
export type ExplainInput = z.infer<typeof ExplainInput>;
