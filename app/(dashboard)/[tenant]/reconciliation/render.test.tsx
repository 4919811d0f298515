import { useQueryClient } from "@tanstack/react-query";
import { NuqsTestingAdapter } from "nuqs/adapters/testing";
import type { ReactNode } from "react";
import { renderToStaticMarkup } from "react-dom/server";
import { describe, expect, it, vi } from "vitest";
import { TrpcProvider, useTRPC } from "@/app/_trpc/client";
import type { Outputs } from "@/app/_trpc/client";
import { type Role, roleRights } from "@/server/auth/permissions";
import { TenantProvider } from "../_components/tenant-context";
import { Reconciliation } from "./reconciliation";
import type { CustomerSide, ProviderSide, ReconciliationLink, ShownDifference } from "./words";

vi.mock("next/navigation", () => ({
  usePathname: () => "/acme/reconciliation",
  useSearchParams: () => new URLSearchParams(),
  useRouter: () => ({}),
}));

const dana = "11111111-1111-4111-8111-111111111111";
const month = "2026-10";
const link = (kind: ReconciliationLink["kind"], more: Partial<ReconciliationLink> = {}): ReconciliationLink => ({
  id: kind, kind, provider: null, state: "equal", waits: null, notes: [], differences: [], place: "statements",
  figures: [{ name: "Cost", unit: "usd", from: "120.504999999999999999", to: "120.504999999999999999", difference: "0" }], ...more,
}); // prettier-ignore
const calls = { name: "Calls", unit: "calls", from: "1204", to: "1204", difference: "0" } as const;
const meter = {
  name: "llm_cost",
  unit: "cost_micro_usd",
  from: "120505000",
  to: "120505000",
  difference: "0",
} as const;
const difference = (more: Partial<ShownDifference>): ShownDifference => ({
  key: "0".repeat(32), cause: "late", subject: null, sentence: "2 calls came after the month was closed.", amount: "-2.5",
  unit: "usd", place: "statements/2026-10", ownership: null, ...more,
}); // prettier-ignore
const clean: CustomerSide = {
  month, timeZone: "UTC", from: "2026-10-01T00:00:00.000Z", to: "2026-11-01T00:00:00.000Z", isOver: true,
  lookedAt: "2026-11-04T09:00:00.000Z", gone: [],
  statement: { revision: 1, amountUsd: "120.50", costUsd: "120.504999999999999999", correctionsUsd: "0", contentHash: "ab".repeat(32) },
  links: [
    link("rollup", { figures: [...link("rollup").figures, calls] }),
    link("statement"),
    link("stripe", { figures: [meter] }),
    link("invoices", { notes: ["Billed are 150.00 USD before tax."] }),
  ],
}; // prettier-ignore
const openai = link("provider", { id: "provider:openai", provider: "openai", place: "bills?provider=openai&month=2026-10" }); // prettier-ignore
const providers: ProviderSide = { month, links: [openai], gone: [] };

interface Known {
  customers?: Partial<CustomerSide>;
  providers?: ProviderSide | null;
  role?: Role;
}

function Answered({ known, children }: { known: Known; children: ReactNode }) {
  const client = useQueryClient();
  const trpc = useTRPC();
  client.setQueryData(trpc.reconciliation.customers.queryKey({ month }), { ...clean, ...known.customers });
  if (known.providers !== null)
    client.setQueryData(trpc.reconciliation.providers.queryKey({ month }), known.providers ?? providers);
  client.setQueryData(trpc.statements.months.queryKey(), [
    {
      month,
      state: "closed",
      closing: null,
      closed: null,
      statement: null,
      earlierRevisions: 0,
      isLastClosed: true,
    },
  ]);
  const members = [{ personId: dana, name: "Dana Demo", email: "d@example.com", role: "owner", since: "2026-01-01T00:00:00.000Z" }]; // prettier-ignore
  client.setQueryData(trpc.members.list.queryKey(), { members } as unknown as Outputs["members"]["list"]);
  return children;
}

function painted(known: Known = {}) {
  const tenant = { slug: "acme", name: "Acme", timeZone: "UTC", rights: roleRights[known.role ?? "finance"] } as unknown as Parameters<typeof TenantProvider>[0]["tenant"]; // prettier-ignore
  const html = renderToStaticMarkup(
    <NuqsTestingAdapter>
      <TrpcProvider tenantSlug="acme">
        <TenantProvider tenant={tenant}>
          <Answered known={known}>
            <Reconciliation now="2026-11-04T09:00:00.000Z" />
          </Answered>
        </TenantProvider>
      </TrpcProvider>
    </NuqsTestingAdapter>,
  );
  expect(html).not.toMatch(/NaN|undefined|\[object/);
  const levels = [...html.matchAll(/<h([1-6])/g)].map(([, level]) => Number(level));
  levels.forEach((level, place) => expect(level - (levels[place - 1] ?? level)).toBeLessThanOrEqual(1));
  return { html, text: html.replaceAll(/<[^>]+>/g, " ").replaceAll(/\s+/g, " ") };
}

describe("a month that agrees", () => {
  it("says so plainly, with every digit of each figure", () => {
    const { html, text } = painted();
    for (const words of [
      "Oct 2026: every figure agrees",
      "To the last decimal.",
      "Calls, one by one $120.50 $120.504999999999999999 1,204 calls",
      "equals Roll-ups",
      "equals Statement",
      "equals Stripe $120.50 $120.505",
      "equals Invoices",
      "Calls of openai",
      "equals Bill of openai",
      "Billed are 150.00 USD before tax.",
      "Nothing differs that can be compared.",
      "The month of UTC, as providers bill",
    ])
      expect(text).toContain(words);
    expect(html).toContain('href="/acme/bills?provider=openai&amp;month=2026-10"');
    expect(html).toContain("/api/reports/reconciliation");
    expect(text).not.toContain("differs from");
  });

  it("says nothing of the month before both sides are there", () => {
    const { html, text } = painted({ providers: null });
    expect(text).not.toContain("every figure agrees");
    expect(html).toContain("data-skeleton");
  });

  it("names what nothing is held against, and teaches how", () => {
    const waits = {
      sentence: "Stripe is not connected. Settings → Stripe takes a restricted key.",
      until: null,
    };
    const off = link("stripe", { state: "off", figures: [], waits, place: "settings/stripe" });
    const [rollup, statement] = clean.links;
    const links = [rollup ?? off, statement ?? off, off];
    const { html, text } = painted({ customers: { links }, providers: { month, links: [], gone: [] }, role: "admin" }); // prettier-ignore
    expect(text).toContain("every figure agrees");
    expect(text).toContain("Nothing is held against Stripe.");
    expect(text).toContain("is not held against Stripe Stripe is not connected.");
    expect(text).toContain("No bill is read yet");
    expect(html).toContain('href="/acme/settings/stripe"');
    expect(html).toContain('href="/acme/bills"');
  });
});

describe("a month that does not", () => {
  const figures = [{ name: "Cost", unit: "usd", from: "123", to: "120.5", difference: "-2.5" } as const];
  const late = link("statement", { state: "differs", figures, differences: [difference({})] });
  const owned = (ownership: Partial<NonNullable<ShownDifference["ownership"]>>) =>
    link("statement", { state: "differs", figures, differences: [difference({ ownership: { ownerId: dana, note: "Ask the team.", dueOn: "2026-11-02", isOverdue: true, settled: null, updatedAt: null, ...ownership } })] }); // prettier-ignore

  it("tells the exact difference, its cause, and that nobody looks into it", () => {
    const { html, text } = painted({ customers: { links: [late] } });
    for (const words of [
      "Oct 2026: 1 difference",
      "1 has no owner.",
      "differs from Statement",
      "Cost: −$2.50 against the calls and their corrections ($123.00)",
      "Late usage",
      "2 calls came after the month was closed.",
      "Nobody",
    ])
      expect(text).toContain(words);
    expect(html).toContain('href="/acme/statements/2026-10"');
    expect(html).toContain('aria-label="Assign Late usage (Statement)"');
    expect(html).toContain('aria-label="Settle Late usage (Statement)"');
  });

  it("tells who looks into it, and what is overdue or settled", () => {
    const overdue = painted({ customers: { links: [owned({})] } }).text;
    for (const words of [
      "All have an owner, 1 overdue.",
      "Dana Demo",
      "overdue since 2 Nov",
      "“Ask the team.”",
    ])
      expect(overdue).toContain(words);
    const settled = painted({
      customers: {
        links: [owned({ isOverdue: false, settled: { at: "2026-11-03T10:00:00.000Z", by: dana } })],
      },
    });
    expect(settled.text).toContain("Oct 2026: every difference is settled");
    expect(settled.text).toContain("3 Nov 2026 by Dana Demo: “Ask the team.”");
    expect(settled.html).toContain('aria-label="Open Late usage (Statement) again"');
  });

  it("keeps what is gone in sight, and lets viewers only look", () => {
    const gone = [{ link: "statement", key: "1".repeat(32), cause: "late", amount: "-2.5", unit: "usd", ownerId: dana, note: "", goneAt: "2026-12-02T09:00:00.000Z" } as const]; // prettier-ignore
    const { html, text } = painted({ customers: { links: [late], gone: [...gone] }, role: "viewer" });
    expect(text).toContain("Late usage (Statement, −$2.50), Dana Demo. Gone when looked at 2 Dec, 09:00.");
    expect(text).toContain("Owners and finance say who looks into it.");
    expect(html).not.toContain('aria-label="Assign');
  });
});
