import { useQueryClient } from "@tanstack/react-query";
import { NuqsTestingAdapter } from "nuqs/adapters/testing";
import type { ReactNode } from "react";
import { renderToStaticMarkup } from "react-dom/server";
import { describe, expect, it, vi } from "vitest";
import { type Outputs, TrpcProvider, useTRPC } from "@/app/_trpc/client";
import { type Role, roleRights } from "@/server/auth/permissions";
import { TenantProvider } from "../../_components/tenant-context";
import { ScopeProvider } from "../../_scope/use-scope";
import { overviewOffers } from "../offers";
import { Ahead } from "./ahead";
import { worstQuestion } from "./incidents-card";

vi.mock("next/navigation", () => ({
  usePathname: () => "/acme/overview",
  useSearchParams: () => new URLSearchParams(),
}));

type Month = Outputs["budgets"]["forecast"];
type Incidents = Outputs["incidents"]["list"];
const everybody = { kind: "tenant", key: "" } as const;
const month: Month = {
  subject: everybody,
  period: { first: "2026-11-01", last: "2026-11-30" },
  days: Array.from({ length: 21 }, (_, at) => ({ day: `2026-11-${String(at + 1).padStart(2, "0")}`, costUsd: "10", soFarUsd: String(at * 10 + 10), unpricedCalls: 0 })),
  usedUsd: "210",
  unpricedCalls: 7,
  line: Array.from({ length: 10 }, (_, at) => ({ day: `2026-11-${String(at + 21)}`, expectedUsd: "11", soFarUsd: String(221 + at * 11), soFarLowUsd: String(215 + at * 9), soFarHighUsd: String(225 + at * 13) })),
  forecast: { method: "weekday-aware", reason: null, expectedUsd: "320.00", lowUsd: "296.00", highUsd: "342.00" },
  burnRate: null,
  reason: null,
  pastErrors: [],
  budgets: [{
    id: "22222222-2222-4222-8222-222222222222", version: 1, subject: everybody, period: "month", amountUsd: "300", thresholds: [70, 90, 100],
    enforcement: null, ownerId: null, note: null, validFrom: "2026-11-01T00:00:00.000Z", validTo: null, createdBy: "x",
  }],
  watermark: { finalThrough: "2026-11-21T13:15:00.000Z", rolledThrough: "2026-11-21T14:22:31Z", pendingHours: 0 },
  timeZone: "America/New_York",
}; // prettier-ignore
const unknown: Month = { ...month, days: [], usedUsd: "0", unpricedCalls: 0, line: [], forecast: null, reason: "no-cost-yet", budgets: [] }; // prettier-ignore

const incident = (n: number, over: object) => ({
  id: `00000000-0000-4000-8000-00000000000${String(n)}`,
  subject: { kind: "feature", key: "email-drafts" },
  severity: "critical",
  impactUsd: "41.2",
  details: {
    sentence: "email-drafts cost $41.20 more this week.",
    contributors: [],
    params: {},
    callIds: [],
  },
  ...over,
});
const listed = (incidents: object[], unresolved: object) =>
  ({ incidents, unresolved: { open: 0, acknowledged: 0, snoozed: 0, critical: 0, ...unresolved }, hasMore: false, timeZone: "America/New_York" }) as unknown as Incidents; // prettier-ignore
const two = listed(
  [incident(1, {}), incident(2, { subject: everybody, severity: "warning", impactUsd: null, details: { sentence: "Calls wait longer." } })],
  { open: 5, critical: 1, snoozed: 2 },
); // prettier-ignore

interface Known {
  told: Month;
  incidents: Incidents;
  children: ReactNode;
}

function Answered({ told, incidents, children }: Known) {
  const client = useQueryClient();
  const trpc = useTRPC();
  client.setQueryData(trpc.budgets.forecast.queryKey({ subject: told.subject }), told);
  client.setQueryData(trpc.incidents.list.queryKey(worstQuestion), incidents);
  return children;
}

interface Painting {
  told?: Month;
  incidents?: Incidents;
  role?: Role;
  query?: string;
}

function painted({ told = month, incidents = two, role = "viewer", query = "" }: Painting = {}) {
  const tenant = { slug: "acme", name: "Acme", timeZone: "America/New_York", rights: roleRights[role] } as unknown as Parameters<typeof TenantProvider>[0]["tenant"]; // prettier-ignore
  const html = renderToStaticMarkup(
    <NuqsTestingAdapter searchParams={query}>
      <TrpcProvider tenantSlug="acme">
        <TenantProvider tenant={tenant}>
          <ScopeProvider now="2026-11-21T14:22:31Z" offers={overviewOffers}>
            <Answered told={told} incidents={incidents}>
              <Ahead />
            </Answered>
          </ScopeProvider>
        </TenantProvider>
      </TrpcProvider>
    </NuqsTestingAdapter>,
  );
  expect(html).not.toMatch(/NaN|undefined|\[object/);
  return { html, text: html.replaceAll(/<[^>]+>/g, " ").replaceAll(/\s+/g, " ") };
}

describe("this month", () => {
  it("says how it will end beside the budget, and what is in none of it", () => {
    const { text } = painted();
    expect(text).toContain("Spent so far $210.00 By its end, about $320.00 $296.00 – $342.00 Budget $300.00 $20.00 too much"); // prettier-ignore
    expect(text).toContain("7 calls without a price are in none of it.");
    for (const name of ["Spent", "Expected", "Four of five cases", "Budget"]) expect(text).toContain(name);
    expect(text).not.toContain("No budget says");
  });

  it("leads to a budget where there is none, and forecasts nothing of nothing", () => {
    const { text, html } = painted({ told: unknown, role: "finance" });
    expect(text).toContain("Nothing was spent yet. No budget says what the organisation may cost in a month. Set one on Budgets"); // prettier-ignore
    expect(html).toContain('href="/acme/budgets"');
    expect(text).toContain("By its end, about not known yet Budget none");
    expect(painted({ told: unknown }).text).toContain("See the budgets");
  });

  it("is that of the feature to which the screen is narrowed", () => {
    const told: Month = { ...month, subject: { kind: "feature", key: "chat" } };
    const { text, html } = painted({ told, query: "?f=feature:chat" });
    expect(text).toContain("This month, chat");
    expect(html).toContain('href="/acme/budgets/forecast?of=feature&amp;name=chat"');
  });
});

describe("open incidents", () => {
  it("tells how many there are and the worst of them, what is not told in USD as unknown", () => {
    const { text, html } = painted();
    expect(text).toContain("5 incidents nobody has looked at, 1 of them critical. 2 snoozed.");
    expect(text).toMatch(/email-drafts critical email-drafts cost \$41\.20 more this week\. \$41\.20 beyond expected/);
    expect(text).toMatch(/The organisation warning Calls wait longer\. –/);
    expect(html).toContain('href="/acme/alerts/00000000-0000-4000-8000-000000000001"');
  }); // prettier-ignore

  it("teaches what is looked at where nothing is open", () => {
    const { text } = painted({ incidents: listed([], { acknowledged: 1 }) });
    expect(text).toContain("Nobody has to look at anything. 1 acknowledged.");
    expect(text).toContain("What stands out shows here");
    expect(text).not.toContain("beyond expected");
  });
});
