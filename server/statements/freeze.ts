import type { Ctx } from "@/server/context";
import type { Db } from "@/server/db";
import { DomainError } from "@/server/errors";
import { logger } from "@/server/log";
import type { ClosedMonth } from "@/server/periods/closed-month";
import { Usd } from "@/server/prices/decimal";
import { roundToCents } from "./allocate";
import { codeVersion } from "./code-version";
import { contentHash } from "./content-hash";
import { difference, isNothing, monthsWithLateCalls } from "./late-months";
import {
  insertLate,
  insertPriceCorrections,
  insertUsage,
  slotSums,
  type StatementKey,
  type Sums,
  type SumsOfKind,
  sumsByKind,
} from "./line-queries";
import { freezeByPrice } from "./freeze-by-price";
import { insertStatement, lastRevision, priceBookStamp } from "./queries";
import { type StatementHead, statementShape } from "./schemas";

const total = (sums: readonly SumsOfKind[], name: keyof Sums) =>
  sums.reduce((sum, row) => sum.plus(row[name]), new Usd(0));

/** @throws DomainError INTERNAL: whoever closes must not believe figures that contradict each other */
function contradiction(ctx: Ctx, month: string, what: string, off: unknown): DomainError {
  logger.error({ tenantId: ctx.tenant.id, month, off }, what);
  return new DomainError("INTERNAL", `The month is not closed: ${what}. This is a defect; please tell us.`);
}

/**
 * Takes the statement of a month, in the transaction that closes it, which holds the books and the roll-ups.
 * @param closed the months that are closed already
 * @throws DomainError INTERNAL where its lines are not what other roll-ups hold
 */
export async function freezeMonth(
  db: Db,
  ctx: Ctx,
  span: ClosedMonth,
  closed: readonly ClosedMonth[],
  takenBy: string,
): Promise<StatementHead> {
  const { id: tenantId, timeZone } = ctx.tenant;
  const { month, from, to } = span;
  const key: StatementKey = { tenantId, month, revision: (await lastRevision(db, tenantId, month)) + 1 };
  await insertUsage(db, key, span);
  const late = await monthsWithLateCalls(db, ctx, month, closed);
  for (const { earlier } of late) await insertLate(db, key, earlier, timeZone);
  await insertPriceCorrections(db, key, span);

  const sums = await sumsByKind(db, key);
  const usage = sums.filter(({ kind }) => kind === "usage");
  const corrections = sums.filter(({ kind }) => kind !== "usage");
  checkUsage(ctx, month, usage, await slotSums(db, tenantId, span));
  for (const { earlier, late: expected } of late) {
    const stated = sums.filter(({ kind, ofMonth }) => kind === "late" && ofMonth === earlier.month);
    checkLate(ctx, earlier.month, stated, expected);
  }
  const costUsd = total(usage, "cost_usd");
  const correctionsUsd = total(corrections, "cost_usd");
  const head = {
    month,
    revision: key.revision,
    timeZone,
    from: from.toISOString(),
    to: to.toISOString(),
    takenAt: ctx.now.toISOString(),
    takenBy,
    shape: statementShape,
    priceBook: await priceBookStamp(db, tenantId, ctx.now),
    codeVersion: codeVersion(),
    calls: total(usage, "calls").toNumber(),
    costUsd: costUsd.toFixed(18),
    correctionsUsd: correctionsUsd.toFixed(18),
    amountUsd: roundToCents(costUsd.plus(correctionsUsd).toFixed()),
    unpricedCalls: total(sums, "unpriced_calls").toNumber(),
  };
  const marks = { renamedAt: null, reopenedAt: null, reopenedBy: null, reopenReason: null };
  const statement = { ...head, contentHash: await contentHash(db, tenantId, head), ...marks };
  await insertStatement(db, tenantId, statement);
  await freezeByPrice(db, key, span, late);
  return statement;
}

const sumsOf = (rows: readonly SumsOfKind[], like: Sums): Sums =>
  Object.fromEntries(
    (Object.keys(like) as (keyof Sums)[]).map((name) => [name, total(rows, name).toFixed()]),
  ) as Sums;

function checkUsage(ctx: Ctx, month: string, usage: readonly SumsOfKind[], slots: Sums): void {
  const off = difference(sumsOf(usage, slots), slots);
  if (!isNothing(off)) throw contradiction(ctx, month, "its lines do not sum to what its hours hold", off);
}

/** The lines of what came late sum to what its month's hours hold more; and a ledger that has lost calls is no ledger. */
function checkLate(ctx: Ctx, month: string, lines: readonly SumsOfKind[], expected: Sums): void {
  const off = difference(sumsOf(lines, expected), expected);
  if (!isNothing(off))
    throw contradiction(ctx, month, `late calls of ${month} do not sum to what its hours hold`, off);
  if (new Usd(expected.calls).isNegative()) {
    throw contradiction(ctx, month, `${month}, which is closed, has lost calls since`, expected);
  }
}
