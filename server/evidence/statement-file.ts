import type { Ctx } from "@/server/context";
import { buckets } from "@/server/prices/buckets";
import type { StatementLine } from "@/server/statements/canonical";
import { statementLines } from "@/server/statements/lines";
import type { StatementHead } from "@/server/statements/schemas";
import { type EvidenceColumn, evidenceCsv } from "./csv";

const columns: EvidenceColumn<StatementLine>[] = [
  ["n", "number", ({ n }) => n],
  ["kind", "text", ({ kind }) => kind],
  ["ofMonth", "text", ({ ofMonth }) => ofMonth],
  ["accountId", "text", ({ accountId }) => accountId],
  ["team", "text", ({ team }) => team],
  ["feature", "text", ({ feature }) => feature],
  ["provider", "text", ({ provider }) => provider],
  ["model", "text", ({ model }) => model],
  ["calls", "number", ({ calls }) => calls],
  ...buckets.map((bucket): EvidenceColumn<StatementLine> => [bucket, "number", (line) => line[bucket]]),
  ["costUsd", "number", ({ costUsd }) => costUsd],
  ["unpricedCalls", "number", ({ unpricedCalls }) => unpricedCalls],
];

/** The statement's lines as they are hashed. @param counted told how many there were */
export async function* statementFile(
  ctx: Ctx,
  { month, revision }: StatementHead,
  counted: (lines: number) => void,
): AsyncIterable<Uint8Array> {
  let count = 0;
  async function* batches() {
    for await (const { lines } of statementLines(ctx, { month, revision })) {
      count += lines.length;
      yield lines;
    }
  }
  yield* evidenceCsv(columns, batches());
  counted(count);
}
