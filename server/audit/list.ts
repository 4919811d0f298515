import { requireRight } from "@/server/auth/permissions";
import type { Ctx } from "@/server/context";
import type { ChainedEntry } from "./chain";
import { actorEmails, latestEntries } from "./queries";
import { ListAuditInput } from "./schemas";

function personIds(entries: ChainedEntry[]): string[] {
  return [...new Set(entries.filter((entry) => entry.actorKind === "person").map((entry) => entry.actorId))];
}

/** The tenant's audit log, newest first, a page at a time. */
export async function listAudit(ctx: Ctx, input: ListAuditInput) {
  requireRight(ctx.actor, "audit:read");
  const { cursor, limit } = ListAuditInput.parse(input);
  const beforeSeq = cursor ? BigInt(cursor) : null;
  const { entries, emails } = await ctx.db.read(async (db) => {
    const page = await latestEntries(db, { tenantId: ctx.tenant.id, beforeSeq, limit: limit + 1 });
    return { entries: page, emails: await actorEmails(db, personIds(page)) };
  });
  const shown = entries.slice(0, limit);
  return {
    events: shown.map((entry) => ({
      seq: String(entry.seq),
      at: entry.at.toISOString(),
      actorKind: entry.actorKind,
      actorId: entry.actorId,
      actorEmail: emails.get(entry.actorId) ?? null,
      action: entry.action,
      subject: entry.subject,
      before: entry.before,
      after: entry.after,
      requestId: entry.requestId,
      hash: Buffer.from(entry.hash).toString("hex"),
    })),
    nextCursor: entries.length > limit ? String(shown.at(-1)?.seq ?? "") : null,
  };
}
