import { admit } from "@/server/calls/admit";
import { priceAdmitted } from "@/server/calls/price-admitted";
import type { Ctx } from "@/server/context";
import { currentTenantBook } from "@/server/contracts/load-tenant-book";
import { Usd, usdText } from "@/server/prices/decimal";
import { buckets } from "@/server/prices/buckets";
import type { ImportSource } from "./import-file";
import type { RejectedRow } from "./queries";
import { readRows } from "./read-rows";
import { rowReader } from "./rows-to-calls";

/** A row as the ledger would store it. */
export interface AssessedCall {
  line: number;
  id: string;
  occurredAt: string;
  kind: string;
  provider: string;
  model: string;
  feature: string | null;
  userId: string | null;
  /** Disjoint buckets, by name; those that are empty are left out. */
  units: Record<string, number>;
  /** USD; null when no price is known. */
  costUsd: string | null;
  priceStatus: string;
}

export interface Assessment {
  /** Rows that were looked at; all of the file unless a limit was given. */
  rowsRead: number;
  good: number;
  bad: number;
  unpriced: number;
  unattributed: number;
  inputTokens: number;
  outputTokens: number;
  costUsd: string;
  first: AssessedCall[];
  rejected: RejectedRow[];
}

/** What an import of the file would do, without doing it. Says nothing about which rows the ledger has already. */
export async function assess(
  ctx: Ctx,
  source: ImportSource,
  limits: { rows: number; shown: number; rejected: number },
): Promise<Assessment> {
  const book = await currentTenantBook(ctx);
  const read = rowReader(source.mapping);
  const result: Assessment = {
    rowsRead: 0, good: 0, bad: 0, unpriced: 0, unattributed: 0, inputTokens: 0, outputTokens: 0, costUsd: "0", first: [], rejected: [],
  }; // prettier-ignore
  let cost = new Usd(0);
  const refuse = (rejected: RejectedRow) => {
    result.bad += 1;
    if (result.rejected.length < limits.rejected) result.rejected.push(rejected);
  };
  for await (const fileRow of readRows(source.file, source.format)) {
    if (result.rowsRead >= limits.rows) break;
    result.rowsRead += 1;
    const mapped = read(fileRow);
    if (!mapped.ok) {
      refuse(mapped.rejected);
      continue;
    }
    const { line, call } = mapped.row;
    const admission = admit(call, 0, { now: ctx.now, pins: {}, anyAge: true });
    const fault = admission.ok ? admission.call.quarantine : admission.rejection;
    if (!admission.ok || fault) {
      if (fault) refuse({ line, code: fault.code, field: fault.field, message: fault.message });
      continue;
    }
    const { provider, price } = priceAdmitted(book, admission.call, null).ledger;
    const { input, units, occurredAt } = admission.call;
    result.good += 1;
    if (price.costUsd === null) result.unpriced += 1;
    else cost = cost.plus(price.costUsd);
    if (input.feature === undefined) result.unattributed += 1;
    result.inputTokens += input.usage?.inputTokens ?? 0;
    result.outputTokens += input.usage?.outputTokens ?? 0;
    if (result.first.length < limits.shown) {
      const used = buckets
        .filter((bucket) => units[bucket] > 0)
        .map((bucket) => [bucket, units[bucket]] as const);
      const { id, kind, feature = null, userId = null, model = "" } = input;
      result.first.push({
        line,
        id,
        occurredAt: occurredAt.toISOString(),
        kind,
        provider,
        model,
        feature,
        userId,
        units: Object.fromEntries(used),
        costUsd: price.costUsd,
        priceStatus: price.status,
      });
    }
  }
  return { ...result, costUsd: usdText(cost) };
}
