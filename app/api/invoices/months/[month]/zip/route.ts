import { exportInvoices } from "@/server/invoices/export-month";
import { answerWith } from "../../../answer";

/** All invoices of a month: /api/invoices/months/2026-10/zip. */
export async function GET(
  request: Request,
  { params }: { params: Promise<{ month: string }> },
): Promise<Response> {
  const { month } = await params;
  return answerWith(request, "/api/invoices/months", (ctx) => exportInvoices(ctx, { month }));
}
