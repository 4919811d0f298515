import { Prisma } from "@/prisma/generated/client";
import type { promptColumns } from "@/server/rollups/prompt-queries";
import type { PromptFigures } from "../prompt-schemas";

const columnOf = {
  calls: "calls",
  inputTokens: "input_tokens",
  outputTokens: "output_tokens",
  costUsd: "cost_usd",
  unpricedCalls: "unpriced_calls",
  errorCalls: "error_calls",
} as const satisfies Record<keyof PromptFigures, keyof typeof promptColumns>;

/** Every measure summed under its own name. */
export const promptSums = Prisma.raw(
  Object.values(columnOf)
    .map((column) => `sum(${column}) AS ${column}`)
    .join(", "),
);
export const sumOf = (column: string, condition = "true") =>
  `coalesce(sum(${column}) FILTER (WHERE ${condition}), 0)`;

/**
 * PromptFigures as JSON; whole numbers as text, for JSON's own end at 2^53.
 * @param read how a measure's column is written where the figures come from
 */
export const figuresJson = (read: (column: string) => string) =>
  Prisma.raw(
    `json_build_object(${Object.entries(columnOf)
      .map(([name, column]) => {
        const sql = read(column);
        return `'${name}', ${column === "cost_usd" ? `trim_scale(${sql})` : `(${sql})`}::text`;
      })
      .join(", ")})`,
  );
