import { addDays, startOfDay } from "@/server/calendar/local-day";
import type { Tenant } from "@/server/context";
import { spanOf } from "@/server/periods/closed-month";
import { bookProvider } from "@/server/prices/match-model";
import type { StatementHead } from "@/server/statements/schemas";
import { focusInstant, type FocusRow } from "./columns";
import { providerName } from "./names";

/** What all rows of a month share. */
export interface FocusScene {
  tenant: Tenant;
  head: StatementHead;
  period: { BillingCurrency: "USD"; BillingPeriodStart: string; BillingPeriodEnd: string };
  /** The invoice of each provider (of the price book's name) whose bill there is. */
  invoices: ReadonlyMap<string, string>;
  /** Found once: a month has few providers and days, and many rows. */
  found: { providers: Map<string, ProviderColumns>; days: Map<string, Period> };
}

/** Instants as files have them. */
type Period = Pick<FocusRow, "ChargePeriodStart" | "ChargePeriodEnd">;
type ProviderColumns = ReturnType<typeof columnsOfProvider>;

function once<Value>(known: Map<string, Value>, key: string, find: () => Value): Value {
  const before = known.get(key);
  if (before !== undefined) return before;
  const found = find();
  known.set(key, found);
  return found;
}

export function sceneOf(
  tenant: Tenant,
  head: StatementHead,
  invoices: ReadonlyMap<string, string> = new Map(),
): FocusScene {
  return {
    tenant,
    head,
    invoices,
    found: { providers: new Map(), days: new Map() },
    period: {
      BillingCurrency: "USD",
      BillingPeriodStart: focusInstant(head.from),
      BillingPeriodEnd: focusInstant(head.to),
    },
  };
}

/** A day of the zone that the month was closed in; within the month, where calls are its own. */
export function periodOfDay({ head, found }: FocusScene, day: string, isOwn: boolean): Period {
  return once(found.days, `${day} ${String(isOwn)}`, () => {
    const span = { from: startOfDay(day, head.timeZone), to: startOfDay(addDays(day, 1), head.timeZone) };
    return isOwn ? within(head, span) : asPeriod(span);
  });
}

/** A whole month, where nothing is known of its days. */
export function periodOfMonth({ head }: FocusScene, month: string, isOwn: boolean): Period {
  const span = spanOf(month, head.timeZone);
  return isOwn ? within(head, span) : asPeriod(span);
}

interface Span {
  from: Date;
  to: Date;
}

const asPeriod = ({ from, to }: Span): Period => ({
  ChargePeriodStart: focusInstant(from),
  ChargePeriodEnd: focusInstant(to),
});

/** After a change of zone a month begins or ends within a day. */
const within = ({ from, to }: StatementHead, span: Span): Period =>
  asPeriod({
    from: new Date(Math.max(span.from.getTime(), Date.parse(from))),
    to: new Date(Math.min(span.to.getTime(), Date.parse(to))),
  });

/** One account with each provider: how many there really are, calls do not tell. */
export function providerColumns(scene: FocusScene, provider: string): ProviderColumns {
  return once(scene.found.providers, provider, () => columnsOfProvider(scene, provider));
}

function columnsOfProvider({ tenant, invoices }: FocusScene, provider: string) {
  const name = providerName(provider);
  const key = bookProvider(provider) || "unknown";
  return {
    BillingAccountId: `${tenant.slug}/${key}`,
    BillingAccountName: `${tenant.name} at ${name}`,
    InvoiceIssuerName: name,
    InvoiceId: invoices.get(key) ?? null,
    ProviderName: name,
    ServiceProviderName: name,
    HostProviderName: name,
  };
}
