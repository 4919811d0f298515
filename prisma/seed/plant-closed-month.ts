import type { Ctx } from "@/server/context";
import { finaliseMonth } from "@/server/invoices/finalise-month";
import { makeDrafts } from "@/server/invoices/make-drafts";
import { readInvoiceMonth } from "@/server/invoices/read-month";
import { monthOf } from "@/server/kill-review/month";
import { closePeriod } from "@/server/periods/close";
import { closedDemoMonth } from "./demo-months";
import { as, type DemoPeople } from "./demo-people";

const hourMs = 3_600_000;
/** After the month's end: what was late has come by then, and OpenAI's invoice too. */
const closedAfter = (3 * 24 + 10) * hourMs;
const invoicedAfter = (4 * 24 + 9) * hourMs;

/** Finance has closed a month, and billed it to all accounts that are billed. After the plans of `plantInvoices`. */
export async function plantClosedMonth(main: Ctx, people: DemoPeople): Promise<void> {
  const month = closedDemoMonth(main.now);
  if (month === null) return;
  const { to } = monthOf(`${month}-01`, main.tenant.timeZone);
  const finance = (after: number) => as(main, people.finance, new Date(to.getTime() + after));
  const answer = await closePeriod(finance(closedAfter), { month });
  if (answer.state !== "closed")
    throw new Error(`The demo's month is not closed: ${JSON.stringify(answer.waitsFor)}`);
  const biller = finance(invoicedAfter);
  await makeDrafts(biller, { month });
  const { drafts } = await readInvoiceMonth(biller, { month });
  await finaliseMonth(biller, { month, confirm: { drafts: drafts.count, totalUsd: drafts.totalUsd } });
}
