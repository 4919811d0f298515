import { loadTenantBook } from "@/server/contracts/load-tenant-book";
import type { Ctx } from "@/server/context";
import { Usd } from "@/server/prices/decimal";
import { currentBook } from "@/server/prices/load-book";
import { getStatement } from "@/server/statements/find";
import { statementLines } from "@/server/statements/lines";
import { priceParts } from "@/server/statements/priced-parts";
import type { StatementHead } from "@/server/statements/schemas";
import { usageByPrice } from "@/server/statements/usage-by-price";
import { type BilledProvider, type BillsOfMonth, billsOf } from "./bills";
import type { FocusRow } from "./columns";
import { adjustmentRow, correctionRow } from "./other-rows";
import { sceneOf } from "./scene";
import { FocusMonthInput } from "./schemas";
import { statedProviders } from "./queries";
import { usageRows } from "./usage-rows";

export interface FocusMonth extends BillsOfMonth {
  head: StatementHead;
  /** Some rows at a time, in one order. */
  rows: AsyncIterable<FocusRow[]>;
}

/**
 * A closed month's charges by providers, from its frozen statement. estimated: BilledCost is what the ledger says. reconciled:
 * of providers whose bill was read whole, rows bear its invoice and sum to it; the others stay as they are, and are named.
 * @param counts which bills do
 * @throws DomainError NOT_FOUND where no statement of the month is in force
 */
export async function focusMonth(
  ctx: Ctx,
  input: FocusMonthInput,
  counts: (bill: BilledProvider) => boolean = () => true,
): Promise<FocusMonth> {
  const { month, mode } = FocusMonthInput.parse(input);
  const { tenant } = ctx;
  const { head, providers } = await ctx.db.read(async (db) => {
    const head = await getStatement(db, tenant.id, { month });
    return { head, providers: await statedProviders(db, { tenantId: tenant.id, ...head }) };
  });
  const bills =
    mode === "reconciled"
      ? await billsOf(ctx, month, providers, counts)
      : {
          billed: [],
          unbilled: providers.map((provider) => ({ provider, why: "the file is of estimates" })),
        };
  return { head, ...bills, rows: rowsOf(ctx, head, bills) };
}

async function* rowsOf(ctx: Ctx, head: StatementHead, { billed }: BillsOfMonth): AsyncIterable<FocusRow[]> {
  const invoices = new Map(billed.map(({ provider, invoiceId }) => [provider, invoiceId]));
  const scene = sceneOf(ctx.tenant, head, invoices);
  const key = { tenantId: ctx.tenant.id, month: head.month, revision: head.revision };
  const book = await loadTenantBook(ctx, await currentBook(ctx.now));
  const sums = new Map<string, Usd>();
  // Sums are asked for of billed providers alone; what an invoice sums to is what its rows do.
  const add = (rows: readonly FocusRow[]) => {
    const name = rows[0]?.InvoiceId ?? null;
    if (name === null) return rows;
    const sum = rows.reduce((total, row) => total.plus(row.BilledCost), sums.get(name) ?? new Usd(0));
    sums.set(name, sum);
    return rows;
  };
  for await (const usage of usageByPrice(ctx, key))
    yield usage.flatMap((row) => add(usageRows(scene, row, priceParts(book, row))));
  for await (const { lines } of statementLines(ctx, { month: head.month, revision: head.revision })) {
    const corrections = lines.filter(({ kind }) => kind === "price");
    if (corrections.length > 0) yield corrections.flatMap((line) => add([correctionRow(scene, line)]));
  }
  const adjustments = billed
    .map((bill) => ({ bill, sum: sums.get(bill.invoiceId) ?? new Usd(0) }))
    .filter(({ bill, sum }) => !sum.eq(bill.billUsd));
  if (adjustments.length > 0) yield adjustments.map(({ bill, sum }) => adjustmentRow(scene, bill, sum));
}
