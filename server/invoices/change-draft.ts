import { randomUUID } from "node:crypto";
import { type AuditedAct, recordAudit } from "@/server/audit/record";
import type { Ctx } from "@/server/context";
import { DomainError } from "@/server/errors";
import { holdBooks } from "@/server/periods/hold-books";
import { getStatement } from "@/server/statements/find";
import type { ManualLine } from "./compute";
import type { Invoice } from "./documents";
import { type Drafted, draftAccounts } from "./draft";
import { linesOf } from "./invoice-queries";
import { loadInvoice } from "./load-heads";
import { requireBiller, requireDraft, requireInvoice } from "./requirements";
import { AddLineInput, InvoiceInput, RemoveLineInput } from "./schemas";

/** Lines by hand that one invoice may have. */
const maxManualLines = 50;

/** @throws DomainError CONFLICT, in the words of whoever wants it billed */
export function requireDrafted(drafted: Drafted | undefined): string {
  if (drafted && drafted.id !== null) return drafted.id;
  const why = {
    no_plan: "The account has no rate plan, and there is no default plan.",
    not_billed: "The account is not billed for this month.",
    nothing: "There is nothing to bill to the account for this month.",
  };
  throw new DomainError("CONFLICT", why[drafted?.reason ?? "nothing"]);
}

/** Makes a draft anew from what is in force now, with lines by hand as `change` leaves them. */
async function redraft(
  ctx: Ctx,
  id: string,
  change: (manual: ManualLine[]) => ManualLine[],
  act: (invoice: Invoice) => AuditedAct,
): Promise<Invoice> {
  const by = requireBiller(ctx);
  const { id: tenantId } = ctx.tenant;
  return ctx.db.write(async (db) => {
    await holdBooks(db, ctx);
    const { accountId, month, replaces } = await requireDraft(db, tenantId, id);
    const lines = (await linesOf(db, tenantId, [id])).get(id) ?? [];
    const manual = change(
      lines.flatMap(({ manualId, description, amountUsd }) =>
        manualId === null ? [] : { manualId, description, amountUsd },
      ),
    );
    const statement = await getStatement(db, tenantId, { month });
    const drafted = await draftAccounts(db, ctx, statement, [{ accountId, id, replaces, manual }], by);
    requireDrafted(drafted.get(accountId));
    const invoice = await loadInvoice(db, ctx, await requireInvoice(db, tenantId, id));
    await recordAudit(db, ctx, act(invoice));
    return invoice;
  });
}

const facts = ({ accountId, month, totalUsd }: Invoice) => ({ accountId, month, totalUsd });

/**
 * Makes a draft anew from the statement, the plan and the details that are in force; lines by hand stay.
 * @throws DomainError NOT_FOUND (also where the month is open again), CONFLICT
 */
export function recomputeInvoice(ctx: Ctx, input: InvoiceInput): Promise<Invoice> {
  const { id } = InvoiceInput.parse(input);
  return redraft(
    ctx,
    id,
    (manual) => manual,
    (invoice) => ({ action: "invoice.recomputed", subject: id, after: facts(invoice) }),
  );
}

/** Adds a line by hand to a draft, which is made anew by that. @throws DomainError NOT_FOUND, CONFLICT */
export function addInvoiceLine(ctx: Ctx, input: AddLineInput): Promise<Invoice> {
  const { id, description, amountUsd } = AddLineInput.parse(input);
  return redraft(
    ctx,
    id,
    (manual) => {
      if (manual.length >= maxManualLines)
        throw new DomainError("CONFLICT", `An invoice takes ${String(maxManualLines)} lines by hand.`);
      return [...manual, { manualId: randomUUID(), description, amountUsd }];
    },
    (invoice) => ({
      action: "invoice.line-added",
      subject: id,
      after: { ...facts(invoice), description, amountUsd },
    }),
  );
}

/** @throws DomainError NOT_FOUND where the draft has no such line by hand, CONFLICT */
export function removeInvoiceLine(ctx: Ctx, input: RemoveLineInput): Promise<Invoice> {
  const { id, manualId } = RemoveLineInput.parse(input);
  return redraft(
    ctx,
    id,
    (manual) => {
      if (!manual.some((line) => line.manualId === manualId))
        throw new DomainError("NOT_FOUND", "The draft has no such line.");
      return manual.filter((line) => line.manualId !== manualId);
    },
    (invoice) => ({ action: "invoice.line-removed", subject: id, after: facts(invoice) }),
  );
}
