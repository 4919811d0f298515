import { firstMeterStart } from "@/server/billing/first-meter-start";
import { daysOf, listDifferences } from "@/server/billing/list-differences";
import { ListDifferencesInput } from "@/server/billing/window-schemas";
import { type Column, defineTable, number, text } from "./table";

type Row = Awaited<ReturnType<typeof listDifferences>>["rows"][number];

/** billing.differences: where ledger, outbox and Stripe differ now, the newest day of UTC first. Values are in the meter's measure. */
export const billingDifferencesTable = defineTable({
  right: "billing:read",
  input: ListDifferencesInput.omit({ cursor: true, limit: true }),
  columns: (): Column<Row>[] => [
    text("day", ({ day }) => day),
    text("class", (row) => row.class),
    text("accountIds", ({ accountIds }) => accountIds.join(", ") || null),
    text("customerId", ({ customerId }) => customerId || null),
    text("meterId", ({ meterId }) => meterId),
    number("ledger", ({ ledger }) => ledger),
    number("exported", ({ exported }) => exported),
    number("billed", ({ billed }) => billed),
    text("reason", ({ reason }) => reason),
    text("owner", ({ owner }) => owner),
    text("foundAt", ({ foundAt }) => foundAt.toISOString()),
    text("seenAt", ({ seenAt }) => seenAt.toISOString()),
    text("id", ({ id }) => id),
  ],
  async *pages(ctx, input) {
    const days = daysOf(input.month);
    const from = days ? `${days.from}T00:00:00.000Z` : (await firstMeterStart(ctx)).toISOString();
    const to = days ? `${days.to}T00:00:00.000Z` : ctx.now.toISOString();
    let cursor: string | undefined;
    do {
      const page = await listDifferences(ctx, {
        ...input,
        limit: 200,
        ...(cursor !== undefined && { cursor }),
      });
      yield { rows: page.rows, from, to, watermark: null };
      cursor = page.nextCursor ?? undefined;
    } while (cursor !== undefined);
  },
});
