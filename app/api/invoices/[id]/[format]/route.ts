import { downloadInvoice } from "@/server/invoices/download";
import { answerWith } from "../../answer";

/** An invoice as it goes to the customer: /api/invoices/{id}/pdf, or /json. */
export async function GET(
  request: Request,
  { params }: { params: Promise<{ id: string; format: string }> },
): Promise<Response> {
  const asked = await params;
  return answerWith(request, "/api/invoices", (ctx) => downloadInvoice(ctx, asked));
}
