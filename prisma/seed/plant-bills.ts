import { createHash, randomUUID } from "node:crypto";
import { addDays, localDay } from "@/server/calendar/local-day";
import { firstOfMonth, lastOfMonth, lastWholeMonth } from "@/server/calendar/month";
import { loadTenantBook } from "@/server/contracts/load-tenant-book";
import type { Ctx } from "@/server/context";
import { currentBook } from "@/server/prices/load-book";
import { Usd, usdText } from "@/server/prices/decimal";
import { keptFacts } from "@/server/provider-bills/file-queries";
import { type LedgerCell, ledgerCells, tierStartsOf } from "@/server/provider-bills/ledger-cells";
import { calledModels, listLedger } from "@/server/provider-bills/ledger-query";
import { billMonth } from "@/server/provider-bills/month";
import { finishPull, insertLines, insertPull } from "@/server/provider-bills/pull-queries";
import { streamOfFile } from "@/server/provider-bills/read-bill-file";
import type { BillLine } from "@/server/provider-bills/schemas";
import { signOffBill } from "@/server/provider-bills/sign-off";
import { acme } from "./acme";
import type { DemoPeople } from "./demo-people";

const provider = "openai";
const organizations = ["org-acme-ai"];
/** When finance downloads a month's bill: the invoice has come. */
const daysAfter = 3;

/** What the last month's bill has beyond the ledger: three differences that have a cause. */
const planted = {
  /** A key that nobody sends the calls of. */
  workspace: "proj_playground",
  daysOfMonth: ["08", "09", "10"],
  tokens: { input: "412000", output: "96500" },
  usd: { input: "1.03", output: "0.965" },
  /** A rate that has changed, and nobody here has heard of it. */
  dearer: { model: "gpt-4o-mini", share: "1.04" },
  tax: { description: "Sales tax (NY)", usd: "3.18" },
} as const;

const lineOf = ({ day, model, tokenClass, service, tokens, costUsd }: LedgerCell): BillLine => ({
  basis: "cost",
  kind: "usage",
  day,
  model,
  tokenClass,
  service: model === "" ? "" : service,
  workspace: "proj_production",
  description: model === "" ? "Tool calls" : [model, tokenClass.replaceAll("_", " ")].join(", "),
  amount: usdText(costUsd),
  listAmount: null,
  quantity: tokenClass === "tool" ? null : tokens.toFixed(),
  raw: {},
});

function withDifferences(lines: readonly BillLine[], month: string, lastDay: string): BillLine[] {
  const { workspace, daysOfMonth, tokens, usd, dearer, tax } = planted;
  const rated = lines.map((line) =>
    line.model === dearer.model && line.tokenClass === "output"
      ? { ...line, amount: usdText(new Usd(line.amount ?? 0).times(dearer.share)) }
      : line,
  );
  const none = { basis: "cost", listAmount: null, raw: {} } as const;
  const missing = daysOfMonth.flatMap((day) =>
    (["input", "output"] as const).map((tokenClass): BillLine => ({ ...none, kind: "usage", day: `${month}-${day}`, model: "gpt-4o", tokenClass, service: "standard", workspace, description: `gpt-4o, ${tokenClass}`, amount: usd[tokenClass], quantity: tokens[tokenClass] })),
  ); // prettier-ignore
  const taxed: BillLine = { ...none, kind: "tax", day: lastDay, model: "", tokenClass: "other", service: "", workspace: "", description: tax.description, amount: tax.usd, quantity: null }; // prettier-ignore
  return [...rated, ...missing, taxed];
}

/**
 * OpenAI's bills of the last two whole months, as files: the elder agrees and is signed off, the other differs by what
 * `planted` tells.
 */
export async function plantBills(ctx: Ctx, people: DemoPeople): Promise<void> {
  const last = lastWholeMonth(ctx.now, "UTC");
  const lastDay = lastOfMonth(last);
  const before = addDays(last, -1);
  const began = localDay(new Date(ctx.now.getTime() - acme.days * 86_400_000), "UTC");
  if (firstOfMonth(before) > began) {
    const month = before.slice(0, 7);
    const now = await plantBill(ctx, people, before, (lines) => [...lines]);
    const finance = { ...ctx, now, actor: people.finance };
    const { billUsd, ledgerUsd } = await billMonth(finance, { provider, month });
    await signOffBill(finance, { provider, month, billUsd, ledgerUsd, note: "Agrees with the invoice.", invoiceNo: `OAI-${month.replace("-", "")}-0417` }); // prettier-ignore
  }
  await plantBill(ctx, people, lastDay, (lines) => withDifferences(lines, last.slice(0, 7), lastDay));
}

/** @returns when the file was added */
async function plantBill(
  ctx: Ctx,
  people: DemoPeople,
  lastDay: string,
  change: (lines: readonly BillLine[]) => BillLine[],
): Promise<Date> {
  const tenantId = ctx.tenant.id;
  const month = lastDay.slice(0, 7);
  const stretch = { tenantId, first: `${month}-01`, last: lastDay };
  const book = await loadTenantBook(ctx, await currentBook(ctx.now));
  const cells = await ctx.db.write(async (db) => {
    const tierStarts = tierStartsOf(book, await calledModels(db, stretch));
    return ledgerCells(
      book,
      provider,
      await listLedger(db, { ...stretch, others: [] }, tierStarts),
      tierStarts,
    );
  });
  const lines = change(cells.map(lineOf));
  const downloaded = new Date(`${addDays(lastDay, daysAfter)}T14:10:00Z`);
  const at = downloaded < ctx.now ? downloaded : ctx.now;
  const amountUsd = usdText(lines.reduce((sum, { amount }) => sum.plus(amount ?? 0), new Usd(0)));
  const text = JSON.stringify(lines);
  await ctx.db.write(async (db) => {
    const id = randomUUID();
    const file = {
      fileName: `cost_${stretch.first}_${lastDay}.csv`,
      fileHash: createHash("sha256").update(text).digest(),
      fileFormat: "openai-cost" as const,
      fileKind: "cost" as const,
      fileBytes: text.length,
      fileFacts: keptFacts({ rows: lines.length, amountUsd, leftOut: [], organizations, invoiceNos: [] }),
      isSettled: true,
      lines: lines.length,
    };
    const stream = streamOfFile({ provider, kind: "cost", organizations });
    const days = { firstDay: stretch.first, lastDay };
    await insertPull(db, { tenantId, id, provider, stream, ...days, place: null, begunBy: people.finance.personId, begunAt: at, file }); // prettier-ignore
    await insertLines(db, tenantId, id, 0, lines);
    await finishPull(db, tenantId, id, at);
  });
  return at;
}
