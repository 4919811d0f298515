import { useQueryClient } from "@tanstack/react-query";
import { NuqsTestingAdapter } from "nuqs/adapters/testing";
import type { ReactNode } from "react";
import { renderToStaticMarkup } from "react-dom/server";
import { describe, expect, it, vi } from "vitest";
import { type Outputs, TrpcProvider, useTRPC } from "@/app/_trpc/client";
import { type Role, roleRights } from "@/server/auth/permissions";
import { TenantProvider } from "../_components/tenant-context";
import { StripeSettings } from "../settings/stripe/stripe-settings";
import { DifferenceRow } from "./difference-row";
import { RevisionStory } from "./revision-story";
import { Stripe } from "./stripe";
import type { Difference, Revision, Shown, WindowRow } from "./words";

vi.mock("next/navigation", () => ({
  usePathname: () => "/acme/stripe",
  useSearchParams: () => new URLSearchParams(),
  useRouter: () => ({}),
}));

const now = "2026-11-22T12:00:00.000Z";
const id = "11111111-1111-4111-8111-111111111111";
const connection: Shown["connection"] = {
  id, providerAccount: "acct_1", name: "Acme Inc", mode: "live", state: "active", keyTail: "rk_live_…abcd", failure: null, notBefore: null,
  lastOkAt: "2026-11-22T11:55:00.000Z", comparedAt: "2026-11-22T10:00:00.000Z", connectedBy: id, connectedAt: "2026-11-01T00:00:00.000Z", hasWebhookSecret: false,
}; // prettier-ignore
const meter: Shown["meters"][number] = {
  id, connectionId: id, providerMeter: "mtr_1", eventName: "llm_tokens", customerKey: "stripe_customer_id", valueKey: "value", measure: "tokens",
  unitAmount: null, startsAt: "2026-11-01T00:00:00.000Z", createdBy: id, createdAt: "2026-11-01T00:00:00.000Z", endsAt: null,
}; // prettier-ignore
const full: Shown = {
  connection,
  meters: [meter],
  mappings: [
    { accountId: "acme", customerId: "cus_a", name: "Acme", mappedBy: id, mappedAt: now },
    { accountId: "<b>beta</b>", customerId: "cus_b", name: "Beta", mappedBy: "gone", mappedAt: now },
  ],
  states: { pending: 2, unknown: 1, confirmed: 40, refused: 1 },
};
const difference: Difference = {
  id, meterId: id, customerId: "cus_a", day: "2026-11-20", class: "doubled", ledger: null, exported: "1000", billed: "2000",
  reason: "Stripe counts 1000 of 2026-11-20 10:00 UTC twice.", owner: null, foundAt: now, seenAt: now, accountIds: ["acme"],
}; // prettier-ignore
const windowRow: WindowRow = {
  id, meterId: id, accountId: "acme", customerId: "cus_a", windowStart: "2026-11-22T09:00:00.000Z", revisions: 2, total: "1250000",
  delivered: "1000", attempts: 3, triedAt: now, failure: "Refused on purpose.", state: "refused",
}; // prettier-ignore
const revision: Revision = {
  id, revision: 2, generation: 0, identifier: "tl-abc-2026112209-2", value: "-250", total: "1000", state: "refused", attempts: 1,
  createdAt: now, triedAt: now, unsureSince: null, acceptedAt: null, settledAt: now, failureCode: "parameter_invalid", failure: "Stripe refused: no.",
  next: { step: "retry", at: null },
}; // prettier-ignore

const sums: NonNullable<Outputs["billing"]["sums"]> = {
  meters: [
    {
      id,
      eventName: "llm_tokens",
      measure: "tokens",
      endsAt: null,
      states: [
        { state: "confirmed", rows: 40, value: "5000" },
        { state: "refused", rows: 1, value: "-250" },
      ],
    },
  ],
  differences: [
    { class: "doubled", count: 2 },
    { class: "refused", count: 1 },
  ],
};

interface Known {
  shown?: Shown | null;
  unmapped?: Outputs["billing"]["unmapped"];
  suggestions?: Outputs["billing"]["suggestMappings"]["suggestions"];
  revenue?: Outputs["billing"]["revenue"];
  rows?: WindowRow[];
  differences?: Difference[];
  role?: Role;
}

function Answered({ known, children }: { known: Known; children: ReactNode }) {
  const client = useQueryClient();
  const { billing, members } = useTRPC();
  const shown = known.shown === undefined ? full : known.shown;
  client.setQueryData(billing.show.queryKey(), shown);
  client.setQueryData(billing.sums.queryKey({}), sums);
  const page = <Row,>(rows: Row[]) => ({ pages: [{ rows, nextCursor: null }], pageParams: [undefined] });
  client.setQueryData([...billing.windows.queryKey({}), "pages"], page(known.rows ?? [windowRow]));
  client.setQueryData(
    [...billing.differences.queryKey({}), "pages"],
    page(known.differences ?? [difference]),
  );
  client.setQueryData(billing.unmapped.queryKey(), known.unmapped ?? []);
  client.setQueryData(billing.suggestMappings.queryKey(), { suggestions: known.suggestions ?? [], customers: 2, complete: true }); // prettier-ignore
  client.setQueryData(billing.revenue.queryKey(), known.revenue ?? null);
  const rows = [{ personId: id, name: "Dana Demo", email: "d@example.com", role: "owner", since: now }];
  client.setQueryData(members.list.queryKey(), { members: rows } as unknown as Outputs["members"]["list"]);
  return children;
}

function painted(screen: ReactNode, known: Known = {}) {
  const tenant = { slug: "acme", name: "Acme", timeZone: "UTC", rights: roleRights[known.role ?? "owner"] } as unknown as Parameters<typeof TenantProvider>[0]["tenant"]; // prettier-ignore
  const html = renderToStaticMarkup(
    <NuqsTestingAdapter>
      <TrpcProvider tenantSlug="acme">
        <TenantProvider tenant={tenant}>
          <Answered known={known}>{screen}</Answered>
        </TenantProvider>
      </TrpcProvider>
    </NuqsTestingAdapter>,
  );
  expect(html).not.toMatch(/NaN|undefined|\[object/);
  return { html, text: html.replaceAll(/<[^>]+>/g, " ").replaceAll(/\s+/g, " ") };
}
const settings = <StripeSettings baseUrl="https://ledger.example" now={now} />;
const failing: Shown = { ...full, connection: { ...connection, state: "failing", failure: "The key lacks a permission that this needs (rak_invoice_read).", notBefore: "2026-11-22T13:00:00.000Z" } }; // prettier-ignore

describe("what left for Stripe", () => {
  it("is told with its mode, its state, its sums and its differences", () => {
    const { html, text } = painted(<Stripe now={now} />);
    for (const words of [
      "live mode",
      "active",
      "Acme Inc (acct_1)",
      "last compared 2 h ago",
      "3 rows are on the way",
      "2 doubled",
      "sent 1,000 tokens · Stripe 2,000 tokens",
      "Find the second event in Stripe",
      "refused",
      "in all",
    ])
      expect(text).toContain(words);
    expect(html).toContain('data value="5000"');
    expect(html).toContain("/api/reports/billingWindows");
    expect(html).toContain("/api/reports/billingDifferences");
    expect(html).not.toContain("<b>beta</b>");
  });

  it("says what is wrong with a connection, what to do, and from when on it is tried again", () => {
    const { text } = painted(<Stripe now={now} />, { shown: failing });
    expect(text).toContain("rak_invoice_read");
    expect(text).toContain("Nothing is sent before 22 Nov, 13:00.");
    expect(text).toContain("Give the key this permission in Stripe, then try again");
    const old = { ...full, connection: { ...connection, comparedAt: "2026-11-22T04:00:00.000Z" } };
    expect(painted(<Stripe now={now} />, { shown: old }).text).toContain("stale: compared 8 h ago");
  });

  it("teaches where nothing is connected, fed, mapped, sent or different", () => {
    expect(painted(<Stripe now={now} />, { shown: null }).text).toContain("Stripe is not connected");
    const bare = { ...full, meters: [], mappings: [], states: {} };
    expect(painted(<Stripe now={now} />, { shown: bare }).text).toContain("No meter is fed yet");
    expect(painted(<Stripe now={now} />, { shown: { ...full, mappings: [] } }).text).toContain("No account is mapped to a customer yet"); // prettier-ignore
    const quiet = painted(<Stripe now={now} />, { rows: [], differences: [] }).text;
    expect(quiet).toContain("Nothing has been sent yet");
    expect(quiet).toContain("No open difference");
    const unasked = { ...full, connection: { ...connection, comparedAt: null } };
    expect(painted(<Stripe now={now} />, { shown: unasked, differences: [] }).text).toContain("Nothing was compared yet"); // prettier-ignore
  });

  it("tells the story of a revision, and offers another try to whoever may", () => {
    const story = <RevisionStory revision={revision} measure="tokens" mode="test" now={new Date(now)} />;
    const { text, html } = painted(story);
    for (const words of ["Correction 1", "−250 tokens", "put into the outbox", "tried", "Stripe refused: no.", "parameter_invalid", "mend what Stripe refused", "tl-abc-2026112209-2", "Try again"])
      expect(text).toContain(words); // prettier-ignore
    expect(html).toContain("https://dashboard.stripe.com/test/logs");
    expect(painted(story, { role: "viewer" }).text).not.toContain("Try again");
  });

  it("names no account where the whole meter differs", () => {
    const whole = { ...difference, customerId: "", accountIds: [], class: "unknown_meter" as const };
    expect(painted(<DifferenceRow difference={whole} meter={meter} now={new Date(now)} />).text).toContain("The meter itself"); // prettier-ignore
  });
});

describe("the settings of Stripe", () => {
  it("say what a key must be allowed before there is one", () => {
    const { text, html } = painted(settings, { shown: null });
    for (const words of ["Connect Stripe", "Billing meter events", "Write", "Subscriptions"]) expect(text).toContain(words); // prettier-ignore
    expect(html).toContain("https://dashboard.stripe.com/apikeys");
  });

  it("show whom is billed, who waits with which cost, and whom they seem to be", () => {
    const { text, html } = painted(settings, {
      unmapped: [
        { accountId: "gamma", calls: "12", tokens: "9", costUsd: "30.5", lastDay: "2026-11-21" },
        { accountId: "", calls: "1", tokens: "1", costUsd: "0.25", lastDay: "2026-11-21" },
      ],
      suggestions: [{ accountId: "gamma", costUsd: "30.5", customerId: "cus_g", customerName: "Gamma", email: null, reason: "name", sentence: "both are called gamma." }],
    }); // prettier-ignore
    for (const words of [
      "gamma $30.50",
      "Perhaps Gamma cus_g : both are called gamma.",
      "Calls without an account",
      "acme is billed as Acme",
      "by somebody who has left",
      "no price was agreed here",
      "https://ledger.example/api/webhooks/stripe/acme",
      "v1.billing.meter.error_report_triggered",
      "no signing secret",
    ])
      expect(text).toContain(words);
    expect(html).toContain('aria-label="Bill gamma as Gamma"');
    expect(html).not.toContain('aria-label="Choose a customer for "');
  });

  it("tell what could not be counted of recurring revenue", () => {
    const { text } = painted(settings, {
      revenue: {
        mode: "test",
        counts: false,
        readAt: "2026-11-22T09:00:00.000Z",
        failure: null,
        totalUsd: "120",
        accounts: [
          { accountId: "acme", customerId: "cus_a", customerName: "Acme", mrrUsd: "120", subscriptions: 1, trialing: 0, notes: [] },
          { accountId: "beta", customerId: "cus_b", customerName: "Beta", mrrUsd: null, subscriptions: 2, trialing: 1, notes: ["It pays in EUR."] },
        ],
        unmapped: { customers: 3, mrrUsd: "45" },
      },
    }); // prettier-ignore
    for (const words of ["$120.00 a month from 2 accounts, read 3 h ago", "+ 1 account not known", "It pays in EUR.", "2 subscriptions, 1 on trial", "3 customers with subscriptions", "Only what live subscriptions pay"])
      expect(text).toContain(words); // prettier-ignore
  });

  it("leave every change to those who may", () => {
    const { html, text } = painted(settings, { role: "viewer", unmapped: [{ accountId: "gamma", calls: "1", tokens: "1", costUsd: "1", lastDay: "2026-11-21" }] }); // prettier-ignore
    expect(text).not.toMatch(/Add a meter|Disconnect|Unmap|Choose a customer|Run now|Read now/);
    expect(html).not.toContain(">Rotate key or secret</button>");
    expect(painted(settings).html).toContain(">Rotate key or secret</button>");
  });
});
