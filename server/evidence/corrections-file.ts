import type { Ctx } from "@/server/context";
import type { StatementHead } from "@/server/statements/schemas";
import { type EvidenceColumn, evidenceCsv } from "./csv";
import { type CorrectionSum, listCorrections } from "./queries";

const rowsAtOnce = 5_000;
const text = (name: string, of: (row: CorrectionSum) => string | null): EvidenceColumn<CorrectionSum> => [name, "text", of]; // prettier-ignore
const number = (name: string, of: (row: CorrectionSum) => string): EvidenceColumn<CorrectionSum> => [name, "number", of]; // prettier-ignore

const columns = [
  text("ofMonth", ({ ofMonth }) => ofMonth),
  text("accountId", ({ accountId }) => accountId),
  text("team", ({ team }) => team),
  text("feature", ({ feature }) => feature),
  text("provider", ({ provider }) => provider),
  text("model", ({ model }) => model),
  text("runId", ({ runId }) => runId),
  text("priceVersionId", ({ priceVersionId }) => priceVersionId),
  text("priceRuleId", ({ priceRuleId }) => priceRuleId),
  number("calls", ({ calls }) => calls),
  number("beforeUsd", ({ beforeUsd }) => beforeUsd),
  number("afterUsd", ({ afterUsd }) => afterUsd),
  number("deltaUsd", ({ deltaUsd }) => deltaUsd),
];

/** What lines of kind price are made of: corrections of earlier closed months, by the run that made them. */
export function correctionsFile(ctx: Ctx, { from, to }: StatementHead): AsyncIterable<Uint8Array> {
  const { id: tenantId } = ctx.tenant;
  async function* batches() {
    for (let skip = 0, more = true; more; skip += rowsAtOnce) {
      const rows = await ctx.db.read((db) => listCorrections(db, { tenantId, from, to }, skip, rowsAtOnce));
      yield rows;
      more = rows.length === rowsAtOnce;
    }
  }
  return evidenceCsv(columns, batches());
}
