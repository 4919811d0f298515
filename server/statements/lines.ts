import { requireRight } from "@/server/auth/permissions";
import type { Ctx } from "@/server/context";
import type { StatementLine } from "./canonical";
import { getStatement } from "./find";
import { linesAfter } from "./line-queries";
import { type StatementHead, StatementInput } from "./schemas";

const linesAtOnce = 2_000;

/** All lines of a statement, some at a time, in the order in which they are hashed. @throws DomainError NOT_FOUND */
export async function* statementLines(
  ctx: Ctx,
  input: StatementInput,
): AsyncIterable<{ head: StatementHead; lines: StatementLine[] }> {
  requireRight(ctx.actor, "reports:read");
  const asked = StatementInput.parse(input);
  const { id: tenantId } = ctx.tenant;
  const head = await ctx.db.read((db) => getStatement(db, tenantId, asked));
  for (let after = 0, more = true; more;) {
    const lines = await ctx.db.read((db) => linesAfter(db, { tenantId, ...head }, after, linesAtOnce));
    yield { head, lines };
    after = lines.at(-1)?.n ?? after;
    more = lines.length === linesAtOnce;
  }
}
