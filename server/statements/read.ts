import { requireRight } from "@/server/auth/permissions";
import type { Ctx } from "@/server/context";
import type { Db } from "@/server/db";
import { DomainError } from "@/server/errors";
import { Usd } from "@/server/prices/decimal";
import { allocate } from "./allocate";
import { getStatement } from "./find";
import { groupLines, listCorrections, type StatementGroup } from "./group-queries";
import { sumsByKind } from "./line-queries";
import { listStatementHeads } from "./queries";
import { type StatementHead, StatementInput, StatementViewInput } from "./schemas";

/** Rows of one answer; the file has all. */
const shown = 500;

export interface StatementRow extends StatementGroup {
  /** Its share of the statement's amount, in cents: the rows of a view sum to it. */
  amountUsd: string;
}

export interface StatementRows {
  totalUsd: string;
  rows: StatementRow[];
  /** What is in no row of this answer. */
  rest: { groups: number; amountUsd: string } | null;
}

const exactOf = ({ costUsd, correctionsUsd }: StatementGroup) =>
  new Usd(costUsd).plus(correctionsUsd).toFixed();

function share(totalUsd: string, groups: readonly StatementGroup[]): StatementRow[] {
  const parts = groups.map((group) => ({ key: group.key, usd: exactOf(group) }));
  const amounts = allocate(totalUsd, parts);
  return groups.map((group) => ({ ...group, amountUsd: amounts.get(group.key) ?? "0.00" }));
}

async function rowsOf(
  db: Db,
  tenantId: string,
  head: StatementHead,
  { by, of }: StatementViewInput,
): Promise<{ totalUsd: string; rows: StatementRow[] }> {
  const key = { tenantId, ...head };
  const groups = share(head.amountUsd, await groupLines(db, key, by, null));
  if (of === undefined) return { totalUsd: head.amountUsd, rows: groups };
  const group = groups.find((row) => row.key === of);
  if (!group) throw new DomainError("NOT_FOUND", "The statement has nothing of this.");
  const features = await groupLines(db, key, "feature", { by, key: of });
  return { totalUsd: group.amountUsd, rows: share(group.amountUsd, features) };
}

/**
 * A statement by account, team or feature, or one of their groups by feature. Its rows sum to its amount to the cent, and
 * those of a group to the group's. @throws DomainError NOT_FOUND
 */
export async function readStatementView(ctx: Ctx, input: StatementViewInput): Promise<StatementRows> {
  requireRight(ctx.actor, "reports:read");
  const asked = StatementViewInput.parse(input);
  const { id: tenantId } = ctx.tenant;
  return ctx.db.read(async (db) => {
    const head = await getStatement(db, tenantId, asked);
    const { totalUsd, rows } = await rowsOf(db, tenantId, head, asked);
    const left = rows.slice(shown);
    const amountUsd = left.reduce((sum, row) => sum.plus(row.amountUsd), new Usd(0)).toFixed(2);
    return {
      totalUsd,
      rows: rows.slice(0, shown),
      rest: left.length > 0 ? { groups: left.length, amountUsd } : null,
    };
  });
}

/** A statement's head, with the other revisions of its month and its corrections. @throws DomainError NOT_FOUND */
export async function readStatement(ctx: Ctx, input: StatementInput) {
  requireRight(ctx.actor, "reports:read");
  const asked = StatementInput.parse(input);
  const { id: tenantId } = ctx.tenant;
  return ctx.db.read(async (db) => {
    const head = await getStatement(db, tenantId, asked);
    const heads = await listStatementHeads(db, tenantId);
    const key = { tenantId, ...head };
    const corrections = (await sumsByKind(db, key))
      .filter(({ kind }) => kind !== "usage")
      .map(({ kind, ofMonth, lines, calls, cost_usd: costUsd }) => ({
        kind,
        ofMonth,
        lines,
        calls: new Usd(calls).toNumber(),
        costUsd,
      }));
    return {
      head,
      revisions: heads
        .filter(({ month }) => month === head.month)
        .map(({ revision, takenAt, amountUsd, reopenedAt }) => ({
          revision,
          takenAt,
          amountUsd,
          reopenedAt,
        })),
      corrections,
      /** The largest of them, line by line. */
      correctionLines: await listCorrections(db, key, shown),
    };
  });
}
