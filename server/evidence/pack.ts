import { recordAudit } from "@/server/audit/record";
import { actorId, requireRight } from "@/server/auth/permissions";
import { loadTenantBook } from "@/server/contracts/load-tenant-book";
import type { Ctx } from "@/server/context";
import { focusCsv } from "@/server/focus/csv";
import { type FocusMonth, focusMonth } from "@/server/focus/month";
import { focusVersion } from "@/server/focus/schemas";
import { currentBook } from "@/server/prices/load-book";
import { codeVersion } from "@/server/statements/code-version";
import type { StatementHead } from "@/server/statements/schemas";
import { correctionsFile } from "./corrections-file";
import { invoicesFile } from "./invoices-file";
import { notesOf } from "./notes";
import { pricesFile } from "./prices-file";
import { readmeText } from "./readme";
import { EvidenceInput, evidenceShape } from "./schemas";
import { recomputeScript } from "./script";
import { statementFile } from "./statement-file";
import { type UsageFacts, usageFile } from "./usage-file";
import { once, type PackedFile, zipOf } from "./zip";

export interface EvidencePack {
  fileName: string;
  chunks: AsyncIterable<Uint8Array>;
}

/**
 * Everything that a third party needs to recompute a closed month's total, as a zip that is written while it is read. Once it
 * is whole it is written down who took it, with the SHA-256 of its manifest.
 * @throws DomainError NOT_FOUND where no statement of the month is in force
 */
export async function evidencePack(ctx: Ctx, input: EvidenceInput): Promise<EvidencePack> {
  requireRight(ctx.actor, "reports:read");
  const { month } = EvidenceInput.parse(input);
  const focus = await focusMonth(ctx, { month, mode: "reconciled" }, ({ isSignedOff }) => isSignedOff);
  const { head } = focus;
  const book = await loadTenantBook(ctx, await currentBook(ctx.now));
  const script = await recomputeScript();
  const facts: UsageFacts = { prices: new Map(), rests: new Map() };
  const files: PackedFile[] = [];
  const counts = { lines: 0, invoices: 0 };
  const makers = [
    ["README.txt", () => once(readmeText(ctx.tenant.name, head))],
    ["recompute.mjs", () => once(script)],
    ["statement.json", () => once(json({ tenantId: ctx.tenant.id, statement: head }))],
    ["statement.csv", () => statementFile(ctx, head, (lines) => (counts.lines = lines))],
    ["usage.csv", () => usageFile(ctx, book, head, facts)],
    ["prices.csv", () => pricesFile(book, () => facts.prices.values())],
    ["corrections.csv", () => correctionsFile(ctx, head)],
    ["focus.csv", () => focusCsv(focus.rows)],
    ["invoices.json", () => invoicesFile(ctx, month, (invoices) => (counts.invoices = invoices))],
    ["manifest.json", () => once(json(manifestOf(ctx, focus, { facts, files: [...files], ...counts })))],
  ] as const;
  const zip = zipOf(makers, { at: ctx.now, files: (file) => files.push(file) });
  return {
    fileName: `${ctx.tenant.slug}-evidence-${month}.zip`,
    chunks: writtenDown(ctx, head, zip, () => files.find(({ name }) => name === "manifest.json")),
  };
}

const json = (value: unknown) => `${JSON.stringify(value, null, 2)}\n`;

interface Made {
  facts: UsageFacts;
  files: PackedFile[];
  lines: number;
  invoices: number;
}

function manifestOf(ctx: Ctx, focus: FocusMonth, { facts, files, lines, invoices }: Made) {
  const { head, billed, unbilled } = focus;
  return {
    shape: evidenceShape,
    madeAt: ctx.now.toISOString(),
    madeBy: actorId(ctx.actor),
    madeWith: codeVersion(),
    tenant: ctx.tenant.name,
    totalUsd: head.amountUsd,
    statement: {
      month: head.month,
      revision: head.revision,
      lines,
      contentHash: head.contentHash,
      priceBook: head.priceBook,
      codeVersion: head.codeVersion,
      takenAt: head.takenAt,
      takenBy: head.takenBy,
    },
    focus: {
      version: focusVersion,
      bills: billed.map(({ provider, billUsd, invoiceId }) => ({ provider, invoiceId, billUsd })),
      estimated: unbilled,
    },
    invoices,
    notes: notesOf(head, facts.rests, focus),
    files,
  };
}

/** Before the last of it is handed out, so that nobody holds a whole pack that nobody knows of. */
async function* writtenDown(
  ctx: Ctx,
  { month, revision, contentHash }: StatementHead,
  zip: AsyncIterable<Uint8Array>,
  manifest: () => PackedFile | undefined,
): AsyncIterable<Uint8Array> {
  let last: Uint8Array | null = null;
  for await (const chunk of zip) {
    if (last) yield last;
    last = chunk;
  }
  const after = { revision, contentHash, manifestSha256: manifest()?.sha256 ?? "" };
  await ctx.db.write((db) => recordAudit(db, ctx, { action: "evidence.exported", subject: month, after }));
  if (last) yield last;
}
