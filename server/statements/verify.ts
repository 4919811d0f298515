import { requireRight } from "@/server/auth/permissions";
import type { Ctx } from "@/server/context";
import { Usd } from "@/server/prices/decimal";
import { roundToCents } from "./allocate";
import { contentHash } from "./content-hash";
import { getStatement } from "./find";
import { type SumsOfKind, sumsByKind } from "./line-queries";
import { StatementInput } from "./schemas";

export interface Verification {
  month: string;
  revision: number;
  lines: number;
  storedHash: string;
  /** Over head and lines as they are now. */
  computedHash: string;
  isIntact: boolean;
  /** The lines sum to what the head says. */
  addsUp: boolean;
}

const costOf = (sums: readonly SumsOfKind[]) => sums.reduce((sum, row) => sum.plus(row.cost_usd), new Usd(0));

/** Makes a statement's hash anew from what is stored, and adds its lines up. @throws DomainError NOT_FOUND */
export async function verifyStatement(ctx: Ctx, input: StatementInput): Promise<Verification> {
  requireRight(ctx.actor, "reports:read");
  const asked = StatementInput.parse(input);
  const { id: tenantId } = ctx.tenant;
  return ctx.db.read(async (db) => {
    const head = await getStatement(db, tenantId, asked);
    const computedHash = await contentHash(db, tenantId, head);
    const sums = await sumsByKind(db, { tenantId, ...head });
    const cost = costOf(sums.filter(({ kind }) => kind === "usage"));
    const corrections = costOf(sums.filter(({ kind }) => kind !== "usage"));
    return {
      month: head.month,
      revision: head.revision,
      lines: sums.reduce((count, { lines }) => count + lines, 0),
      storedHash: head.contentHash,
      computedHash,
      isIntact: computedHash === head.contentHash,
      addsUp:
        cost.eq(head.costUsd) &&
        corrections.eq(head.correctionsUsd) &&
        roundToCents(cost.plus(corrections).toFixed()) === head.amountUsd,
    };
  });
}
