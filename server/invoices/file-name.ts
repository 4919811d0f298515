import type { Ctx } from "@/server/context";
import type { Invoice } from "./documents";

/** acme-INV-2026-0001.pdf; drafts have no number, and say so. */
export function invoiceFileName(
  { tenant }: Pick<Ctx, "tenant">,
  invoice: Pick<Invoice, "id" | "number" | "month">,
  extension: string,
): string {
  const name = invoice.number ?? `draft-${invoice.month}-${invoice.id.slice(0, 8)}`;
  return `${tenant.slug}-${name}.${extension}`;
}
