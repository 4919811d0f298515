import { recordAudit } from "@/server/audit/record";
import type { Ctx } from "@/server/context";
import { holdBooks } from "@/server/periods/hold-books";
import { getStatement } from "@/server/statements/find";
import type { DraftsMade } from "./documents";
import { draftAccounts } from "./draft";
import { findInForce, voidedAccounts } from "./invoice-queries";
import { requireBiller } from "./requirements";
import { deleteDrafts } from "./save-queries";
import { MakeDraftsInput } from "./schemas";
import { candidatesAfter } from "./usage-queries";

/** Accounts of one answer: well within the time that a transaction has. */
const atOnce = 100;

/**
 * Makes the drafts of a closed month, a batch of accounts at a time, in the order of their ids. Done again, it makes drafts
 * anew from what is in force now; those with lines added by hand and invoices with a number stay as they are, and what
 * was voided is drafted again by `replace` alone.
 * @throws DomainError NOT_FOUND where no statement of the month is in force
 */
export async function makeDrafts(ctx: Ctx, input: MakeDraftsInput): Promise<DraftsMade> {
  const by = requireBiller(ctx);
  const { month, after } = MakeDraftsInput.parse(input);
  const { id: tenantId } = ctx.tenant;
  return ctx.db.write(async (db) => {
    await holdBooks(db, ctx);
    const { revision } = await getStatement(db, tenantId, { month });
    const key = { tenantId, month, revision };
    const { accountIds, total } = await candidatesAfter(db, key, after ?? null, atOnce);
    const inForce = await findInForce(db, tenantId, month, accountIds);
    const voided = await voidedAccounts(db, tenantId, month, accountIds);
    const open = accountIds.filter((accountId) => {
      const found = inForce.get(accountId);
      return found ? found.state === "draft" && !found.isEdited : !voided.has(accountId);
    });
    const drafts = open.map((accountId) => ({
      accountId,
      id: inForce.get(accountId)?.id,
      replaces: inForce.get(accountId)?.replaces ?? null,
      manual: [],
    }));
    const drafted = await draftAccounts(db, ctx, key, drafts, by);
    const isMade = ({ accountId }: { accountId: string }) => drafted.get(accountId)?.id !== null;
    const gone = drafts.filter((draft) => !isMade(draft)).flatMap(({ id }) => id ?? []);
    const counted = {
      made: drafts.filter((draft) => isMade(draft) && draft.id === undefined).length,
      recomputed: drafts.filter((draft) => isMade(draft) && draft.id !== undefined).length,
      edited: [...inForce.values()].filter(({ state, isEdited }) => state === "draft" && isEdited).length,
      final: [...inForce.values()].filter(({ state }) => state === "final").length,
      discarded: await deleteDrafts(db, tenantId, gone),
    };
    if (counted.made + counted.recomputed + counted.discarded > 0)
      await recordAudit(db, ctx, {
        action: "invoices.drafted",
        subject: month,
        after: { revision, ...counted },
      });
    const next = accountIds.length === atOnce ? (accountIds.at(-1) ?? null) : null;
    return { accounts: accountIds.length, ...counted, total, next };
  });
}
