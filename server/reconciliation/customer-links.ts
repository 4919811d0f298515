import { hasRight } from "@/server/auth/permissions";
import type { Ctx } from "@/server/context";
import type { Db } from "@/server/db";
import type { ClosedMonth } from "@/server/periods/closed-month";
import { listClosings } from "@/server/periods/closing-queries";
import { Usd } from "@/server/prices/decimal";
import { stateAndMarks } from "@/server/rollups/freshness-query";
import { rollUpShape } from "@/server/rollups/shape";
import { contentHash } from "@/server/statements/content-hash";
import { bookedFor, statedCorrections } from "@/server/statements/correction-queries";
import { statedSums, type SumsOfKind, sumsByKind } from "@/server/statements/line-queries";
import { statementInForce } from "@/server/statements/in-force";
import type { StatementHead } from "@/server/statements/schemas";
import { invoiceLink } from "./invoice-link";
import { hasRatePlans, invoicedAccounts } from "./invoice-queries";
import { billingConnection } from "./connection-query";
import { hoursOf, markedHours, sumCalls, sumSlots, type Totals } from "./ledger-queries";
import { monthSpan } from "./month-span";
import { rollUpLink, tooManyCalls } from "./rollup-link";
import type { Link } from "./schemas";
import { type NoStatement, statementLink } from "./statement-link";
import { stripeLink } from "./stripe-link";
import { differencesOf, exportSums, unbilledOf } from "./stripe-queries";

/** Added up one by one while somebody waits: a few seconds. */
const mostCalls = 5_000_000;

export interface CustomerSide {
  /** Of the tenant's local month, as it was closed or would be. */
  span: ClosedMonth;
  head: StatementHead | null;
  links: Link[];
}

/** Ledger = roll-ups = statement = Stripe = invoices of a month, all of one moment. */
export async function customerLinks(db: Db, ctx: Ctx, month: string): Promise<CustomerSide> {
  const { span, isClosed } = await monthSpan(db, ctx, month);
  const head = isClosed ? await statementInForce(db, ctx.tenant.id, month) : null;
  const rolledUp = await sumSlots(db, ctx.tenant.id, span);
  // Of more, the roll-ups stand for the calls, and the page says so.
  const ledger = new Usd(rolledUp.calls).gt(mostCalls) ? null : await sumCalls(db, ctx.tenant.id, span);
  const statement = head
    ? await frozen(db, ctx, head, ledger ?? rolledUp)
    : statementLink(month, await notFrozen(db, ctx, span, isClosed));
  const isChanged = statement.differences.some(({ cause }) => cause === "changed");
  const links = [
    ledger ? await rollUps(db, ctx, span, { ledger, rolledUp }) : tooManyCalls(rolledUp),
    statement,
    await stripe(db, ctx, span, head),
    await invoices(db, ctx, month, head, isChanged),
  ];
  return { span, head, links };
}

async function rollUps(db: Db, ctx: Ctx, span: ClosedMonth, { ledger, rolledUp }: Record<"ledger" | "rolledUp", Totals>): Promise<Link> {
  const tenantId = ctx.tenant.id;
  const isEqual = (["calls", "tokens", "costUsd"] as const).every((name) => new Usd(ledger[name]).eq(rolledUp[name]));
  const { timeZone, shape, rebuildTo } = await stateAndMarks(db, tenantId);
  const isBuilt = timeZone === ctx.tenant.timeZone && shape === rollUpShape && rebuildTo === null;
  return rollUpLink({
    ledger,
    rolledUp,
    hours: isEqual ? null : await hoursOf(db, tenantId, span),
    marked: await markedHours(db, tenantId, span),
    isRebuilding: !isEqual && timeZone !== null && !isBuilt,
  });
} // prettier-ignore

const costOf = (sums: readonly SumsOfKind[]) =>
  sums.reduce((sum, { cost_usd: usd }) => sum.plus(usd), new Usd(0)).toFixed();

async function frozen(db: Db, ctx: Ctx, head: StatementHead, ledger: Totals): Promise<Link> {
  const { id: tenantId } = ctx.tenant;
  const { month } = head;
  const kinds = await sumsByKind(db, { tenantId, ...head });
  const linesUsd = costOf(kinds.filter(({ kind }) => kind === "usage"));
  const stated = await statedSums(db, tenantId, month);
  return statementLink(month, {
    head,
    linesUsd,
    correctionLinesUsd: costOf(kinds.filter(({ kind }) => kind !== "usage")),
    laterCallsUsd: new Usd(stated.cost_usd).minus(linesUsd).toFixed(),
    statedCorrectionsUsd: await statedCorrections(db, tenantId, month),
    lateCalls: new Usd(ledger.calls).minus(stated.calls).toFixed(),
    ledgerUsd: ledger.costUsd,
    bookedUsd: await bookedFor(db, tenantId, month),
    isIntact: (await contentHash(db, tenantId, head)) === head.contentHash,
  });
}

async function notFrozen(db: Db, ctx: Ctx, span: ClosedMonth, isClosed: boolean): Promise<NoStatement> {
  const endsAt = span.to.toISOString();
  if (isClosed) return { state: "closed", waitsFor: [], endsAt };
  if (ctx.now < span.to) return { state: "running", waitsFor: [], endsAt };
  const closing = (await listClosings(db, ctx.tenant.id)).find((one) => one.month === span.month && !one.closedAt);
  return { state: closing ? "closing" : "open", waitsFor: closing?.waitsFor ?? [], endsAt };
} // prettier-ignore

async function stripe(db: Db, ctx: Ctx, span: ClosedMonth, head: StatementHead | null): Promise<Link> {
  const { id: tenantId } = ctx.tenant;
  const connection = await billingConnection(db, tenantId);
  const facts = { month: span.month, endsAt: span.to, now: ctx.now, maySeeDetails: hasRight(ctx.actor, "billing:read") }; // prettier-ignore
  if (!connection) return stripeLink({ ...facts, connection, sums: [], differences: [], unbilled: null });
  return stripeLink({
    ...facts,
    connection,
    sums: await exportSums(db, tenantId, connection.id, span),
    differences: await differencesOf(db, tenantId, connection.id, span),
    unbilled: head && (await unbilledOf(db, { tenantId, ...head }, connection.id)),
  });
}

async function invoices(db: Db, ctx: Ctx, month: string, head: StatementHead | null, isChanged: boolean): Promise<Link> {
  const { id: tenantId } = ctx.tenant;
  return invoiceLink({
    month,
    isChanged,
    statement: head && { revision: head.revision, usd: new Usd(head.costUsd).plus(head.correctionsUsd).toFixed() },
    accounts: head ? await invoicedAccounts(db, { tenantId, month, revision: head.revision }) : [],
    hasPlans: await hasRatePlans(db, tenantId),
  });
} // prettier-ignore
