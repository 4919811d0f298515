import { useQueryClient } from "@tanstack/react-query";
import { NuqsTestingAdapter } from "nuqs/adapters/testing";
import type { ReactNode } from "react";
import { renderToStaticMarkup } from "react-dom/server";
import { describe, expect, it, vi } from "vitest";
import { type Outputs, TrpcProvider, useTRPC } from "@/app/_trpc/client";
import { roleRights } from "@/server/auth/permissions";
import { usualRetention } from "@/server/retention/schemas";
import { TenantProvider } from "../../_components/tenant-context";
import { resolveScope } from "../../_scope/scope";
import { ScopeProvider } from "../../_scope/use-scope";
import { marginOffers, marginQuestion } from "./margin-params";
import { MarginScreen } from "./margin-screen";
import { throttleQuestion } from "./throttle-params";
import { ThrottleList } from "./throttle-list";

vi.mock("next/navigation", () => ({
  usePathname: () => "/acme/retention/throttle",
  useSearchParams: () => new URLSearchParams(),
  useRouter: () => ({}),
}));

type Throttle = Outputs["reports"]["throttle"];
type Margin = Outputs["reports"]["margin"];
type Plans = Outputs["reports"]["plans"];

const now = "2026-11-22T10:00:00.000Z";
const about = {
  activity: { refreshedAt: "2026-11-22T09:55:00.000Z", isProvisional: false },
  watermark: { finalThrough: now, rolledThrough: now, pendingHours: 0 },
  timeZone: "UTC",
  from: "2026-08-25T00:00:00.000Z",
  to: "2026-11-23T00:00:00.000Z",
};
const row: Throttle["rows"][number] = {
  user: "usr_bram", accountId: "northwind", plan: "pro", state: "churned", lastDay: "2026-10-20", basis: "lifetime",
  costUsd: "210.5", unpricedCalls: 2, recentCostUsd: "10", lifetimeCostUsd: "210.5", revenueUsd: "60", marginUsd: "-150.5",
  marginShare: "-2.508333", mrrUsd: "19", lossUsd: "150.5", p90Usd: "40", suggestion: { amountUsd: "5.70", because: "mrr" }, quota: null,
}; // prettier-ignore
const untold: typeof row = { ...row, user: "usr_chiara", accountId: null, plan: null, state: "atRisk", basis: "recent", revenueUsd: null, marginUsd: null, marginShare: null, mrrUsd: null, lossUsd: null, suggestion: null, unpricedCalls: 0 }; // prettier-ignore
const limited: typeof row = { ...row, user: "usr_deniz", quota: { id: "q", amountUsd: "5.7", enforcement: "ask" } }; // prettier-ignore
const sums = { users: 3, costUsd: "631.5", lossUsd: "301" };
const listed: Throttle = {
  group: "leaving", rows: [row, untold, limited], groups: { leaving: sums, active: { users: 0, costUsd: "0", lossUsd: "0" } },
  states: { active: 300, atRisk: 12, churned: 40, never: 18 }, told: { users: 370, withMrr: 340 }, peers: { recent: 320, lifetime: 360 },
  settings: usualRetention, today: "2026-11-22", revenueFrom: null, ...about,
}; // prettier-ignore

const total: Margin["total"] = {
  costUsd: "100", calls: 900, unpricedCalls: 7,
  known: { users: 9, costUsd: "70", revenueUsd: "350", marginUsd: "280", marginShare: "0.8" },
  unknown: { users: 2, costUsd: "20", unpricedCalls: 1 }, nobody: { calls: 30, costUsd: "10", unpricedCalls: 0 },
  losing: { users: 1, lossUsd: "12" }, idle: { users: 2, revenueUsd: "38" }, userless: { accounts: 3, revenueUsd: "44" },
}; // prettier-ignore
const marginRow: Margin["rows"][number] = {
  key: "usr_ewa", accountId: "tailspin", plan: "pro", users: 1, calls: 20, costUsd: "31", unpricedCalls: 0, revenueUsd: "19",
  marginUsd: "-12", marginShare: "-0.631579", unknown: { users: 0, costUsd: "0" },
}; // prettier-ignore
const told: Margin = {
  by: "user", mrrOf: "user", groups: 11, total, revenueFrom: { accounts: 4, readAt: "2026-11-22T03:00:00.000Z" }, ...about,
  rows: [marginRow, { ...marginRow, key: "usr_gone", revenueUsd: null, marginUsd: null, marginShare: null, unknown: { users: 1, costUsd: "31" } }],
}; // prettier-ignore
const plan: Plans["plans"][number] = {
  plan: "starter", payers: 120, priceUsd: "3", priced: 110, callers: 90, unknownCost: 0, costUsd: "300", unpricedCalls: 0,
  perPayer: { p50Usd: "1", p90Usd: "4", p95Usd: "9", p99Usd: "20", maxUsd: "31" }, above: { payers: 12, share: "0.133333", beyondUsd: "80" },
}; // prettier-ignore

const marginAsked = marginQuestion(
  resolveScope({ range: null, from: null, to: null, compare: null, cfrom: null, cto: null, match: null, f: [], by: null, i: null }, new Date(now), "UTC", marginOffers),
  { by: "user", show: "all", order: "loss" },
); // prettier-ignore

interface Known {
  throttle?: Partial<Throttle>;
  margin?: Partial<Margin>;
  plans?: Plans["plans"];
  role?: "owner" | "finance" | "viewer";
}

function Answered({ throttle, margin, plans, children }: Known & { children: ReactNode }) {
  const client = useQueryClient();
  const trpc = useTRPC();
  client.setQueryData(trpc.reports.throttle.queryKey(throttleQuestion("leaving")), {
    ...listed,
    ...throttle,
  });
  client.setQueryData(trpc.reports.margin.queryKey(marginAsked), { ...told, ...margin });
  client.setQueryData(trpc.reports.plans.queryKey(), { plans: plans ?? [plan], of: "user", minUsers: 20, revenueFrom: null, ...about }); // prettier-ignore
  return children;
}

function painted(screen: ReactNode, known: Known = {}) {
  const tenant = { slug: "acme", name: "Acme", timeZone: "UTC", rights: roleRights[known.role ?? "owner"] } as unknown as Parameters<typeof TenantProvider>[0]["tenant"]; // prettier-ignore
  const html = renderToStaticMarkup(
    <NuqsTestingAdapter>
      <TrpcProvider tenantSlug="acme">
        <TenantProvider tenant={tenant}>
          <ScopeProvider now={now} offers={marginOffers}>
            <Answered {...known}>{screen}</Answered>
          </ScopeProvider>
        </TenantProvider>
      </TrpcProvider>
    </NuqsTestingAdapter>,
  );
  expect(html).not.toMatch(/NaN|undefined|\[object/);
  return { html, text: html.replaceAll(/<[^>]+>/g, " ").replaceAll(/\s+/g, " ") };
}
const base = "https://ledger.example";

describe("the throttle list", () => {
  it("says who, why, what is lost and what a quota could be", () => {
    const { html, text } = painted(<ThrottleList baseUrl={base} />);
    for (const words of [
      "Lost on who leaves",
      "$301.00",
      "usr_bram",
      "churned",
      "northwind · on pro · last there 20 Oct",
      "$210.50",
      "in all their time",
      "$150.50",
      "$5.70",
      "up to $210.50",
      "unknown",
      "too few",
      "has a quota of $5.70",
      "counted at",
      "At risk: not for 15 to 30 days.",
    ])
      expect(text).toContain(words);
    expect(html).toContain('aria-label="Give usr_bram a quota"');
    expect(html).toContain('aria-label="Pick usr_bram"');
    // Without an amount nobody is picked, and who has a quota is offered none.
    expect(html).not.toContain('aria-label="Pick usr_chiara"');
    expect(html).not.toContain('aria-label="Give usr_deniz a quota"');
    expect(html).toContain("/acme/budgets/forecast?of=user&amp;name=usr_deniz");
  });

  it("gives a viewer nothing to apply and nothing to change", () => {
    const { html, text } = painted(<ThrottleList baseUrl={base} />, { role: "viewer" });
    expect(html).not.toContain("Give usr_bram a quota");
    expect(text).not.toContain("Change the rule");
    expect(painted(<ThrottleList baseUrl={base} />, { role: "finance" }).html).toContain(
      "Give usr_bram a quota",
    );
  });

  it("teaches how to say what users pay, where nobody did", () => {
    const none = { users: 0, costUsd: "0", lossUsd: "0" };
    const { text } = painted(<ThrottleList baseUrl={base} />, {
      throttle: { rows: [], groups: { leaving: none, active: none }, told: { users: 0, withMrr: 0 }, peers: { recent: 3, lifetime: 3 } },
    }); // prettier-ignore
    expect(text).toContain("Nobody is worth throttling");
    expect(text).toContain("With 3 of 20 users whose cost is known");
    expect(text).toContain(`curl ${base}/v1/identify`);
    const uncounted = painted(<ThrottleList baseUrl={base} />, {
      throttle: { rows: [], states: null, activity: { refreshedAt: null, isProvisional: true } },
    });
    expect(uncounted.text).toContain("Not counted yet");
    expect(uncounted.text).toContain("Active users –");
  });
});

describe("the margin", () => {
  it("tells revenue against cost, and the unknown apart", () => {
    const { text } = painted(<MarginScreen baseUrl={base} />);
    for (const words of [
      "$280.00",
      "80% of the revenue",
      "+ 7 calls unpriced, in no amount",
      "usr_ewa",
      "tailspin · on pro",
      "unknown",
      "Cost of unknown revenue",
      "All 11 users, and calls without a user",
      "Of 4 accounts it is what Stripe’s subscriptions say instead.",
      "3 accounts without a known user bring $44.00",
      "12 users (13.3%) cost more than the plan’s price: $80.00 a month beyond it.",
    ])
      expect(text).toContain(words);
    expect(text).toMatch(/[-−]\$12\.00/);
    expect(text).not.toContain("/v1/identify");
  });

  it("claims no margin of unknown revenue, and teaches", () => {
    const { text } = painted(<MarginScreen baseUrl={base} />, {
      margin: { rows: [], groups: 0, total: { ...total, known: { users: 0, costUsd: "0", revenueUsd: "0", marginUsd: "0", marginShare: null } } },
      plans: [],
    }); // prettier-ignore
    expect(text).toContain("Margin 0 users of known revenue –");
    expect(text).toContain(`curl ${base}/v1/identify`);
    expect(text).toContain("No plans yet");
  });
});
