import type { Ctx } from "@/server/context";
import { invoicesOfMonth } from "@/server/invoices/all-of-month";
import type { Month } from "@/server/periods/schemas";

/** A JSON array of the month's invoices that have a number, final or void: drafts are nothing yet. */
export async function* invoicesFile(
  ctx: Ctx,
  month: Month,
  counted: (invoices: number) => void,
): AsyncIterable<Uint8Array> {
  let count = 0;
  yield Buffer.from("[");
  for await (const batch of invoicesOfMonth(ctx, month)) {
    for (const invoice of batch.filter(({ number }) => number !== null)) {
      yield Buffer.from(`${count > 0 ? "," : ""}\n${JSON.stringify(invoice)}`);
      count += 1;
    }
  }
  yield Buffer.from("\n]\n");
  counted(count);
}
