import type { Ctx } from "@/server/context";
import { DomainError } from "@/server/errors";
import { holdBooks } from "@/server/periods/hold-books";
import { giveNumber, type Numbered, requireCurrent } from "./give-number";
import { loadHeads } from "./load-heads";
import { requireBiller, requireDraft } from "./requirements";
import { FinaliseInput } from "./schemas";
import { loadSettings } from "./settings";

/**
 * Gives a draft the next number of the year. From then on nobody changes it: voiding is the way.
 * @throws DomainError NOT_FOUND; CONFLICT where it has a number, is outdated, or comes to another total than was shown
 */
export async function finaliseInvoice(ctx: Ctx, input: FinaliseInput): Promise<Numbered> {
  const by = requireBiller(ctx);
  const { id, totalUsd } = FinaliseInput.parse(input);
  return ctx.db.write(async (db) => {
    await holdBooks(db, ctx);
    const row = await requireDraft(db, ctx.tenant.id, id);
    for (const head of await loadHeads(db, ctx, [row])) requireCurrent(head);
    if (row.totalUsd !== totalUsd)
      throw new DomainError("CONFLICT", `The draft comes to USD ${row.totalUsd} by now; look at it again.`);
    return giveNumber(db, ctx, row, await loadSettings(db, ctx, [row.accountId]), by);
  });
}
