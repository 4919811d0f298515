import { firstMeterStart } from "@/server/billing/first-meter-start";
import { listWindows } from "@/server/billing/list-windows";
import { ListWindowsInput } from "@/server/billing/window-schemas";
import { spanOf } from "@/server/periods/closed-month";
import { type Column, defineTable, number, text } from "./table";

type Row = Awaited<ReturnType<typeof listWindows>>["rows"][number];

/** billing.windows: hours of accounts as they left for Stripe or wait, the newest first. Values are in the meter's measure. */
export const billingWindowsTable = defineTable({
  right: "billing:read",
  input: ListWindowsInput.omit({ cursor: true, limit: true }),
  columns: (): Column<Row>[] => [
    text("windowStart", ({ windowStart }) => windowStart.toISOString()),
    text("accountId", ({ accountId }) => accountId),
    text("customerId", ({ customerId }) => customerId),
    text("meterId", ({ meterId }) => meterId),
    number("total", ({ total }) => total),
    number("delivered", ({ delivered }) => delivered),
    text("state", ({ state }) => state),
    number("revisions", ({ revisions }) => revisions),
    number("attempts", ({ attempts }) => attempts),
    text("triedAt", ({ triedAt }) => triedAt?.toISOString() ?? null),
    text("failure", ({ failure }) => failure),
    text("id", ({ id }) => id),
  ],
  async *pages(ctx, input) {
    const { month } = input;
    const { from, to } =
      month === undefined
        ? { from: await firstMeterStart(ctx), to: ctx.now }
        : spanOf(month, ctx.tenant.timeZone);
    const facts = { from: from.toISOString(), to: to.toISOString(), watermark: null };
    let cursor: string | undefined;
    do {
      const page = await listWindows(ctx, { ...input, limit: 200, ...(cursor !== undefined && { cursor }) });
      yield { rows: page.rows, ...facts };
      cursor = page.nextCursor ?? undefined;
    } while (cursor !== undefined);
  },
});
