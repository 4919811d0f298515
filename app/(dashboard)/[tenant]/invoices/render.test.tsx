import { useQueryClient } from "@tanstack/react-query";
import { NuqsTestingAdapter } from "nuqs/adapters/testing";
import type { ReactNode } from "react";
import { renderToStaticMarkup } from "react-dom/server";
import { describe, expect, it, vi } from "vitest";
import { type Outputs, TrpcProvider, useTRPC } from "@/app/_trpc/client";
import { type Role, roleRights } from "@/server/auth/permissions";
import type { Invoice as Document, InvoiceLine, InvoiceMonth, PlanHead } from "@/server/invoices/documents";
import { PlanTerms } from "@/server/invoices/plan-schemas";
import { CustomerDetails, IssuerDetails } from "@/server/invoices/schemas";
import { TenantProvider } from "../_components/tenant-context";
import { Invoice } from "./[id]/invoice";
import { Accounts } from "./accounts/accounts";
import { Invoices } from "./invoices";
import { Issuer } from "./issuer/issuer";
import { Plan } from "./plans/[planId]/plan";
import { Plans } from "./plans/plans";

vi.mock("next/navigation", () => ({
  usePathname: () => "/acme/invoices",
  useSearchParams: () => new URLSearchParams(),
  useRouter: () => ({}),
}));

const ownerId = "11111111-1111-4111-8111-111111111111";
const id = "22222222-2222-4222-8222-222222222222";
const planId = "33333333-3333-4333-8333-333333333333";
const at = "2026-11-02T09:00:00.000Z";

const terms = PlanTerms.parse({
  name: "Starter",
  components: [{ kind: "cost_plus", label: "LLM usage", markupPercent: "20" }, { kind: "flat", label: "Platform", usd: "49" }],
  tax: { kind: "rate", name: "VAT", percent: "19" },
}); // prettier-ignore
const line: InvoiceLine = { n: 1, kind: "usage", component: 1, ofMonth: "2026-10", description: "LLM usage", quantity: "100.123456", unit: "usd", unitUsd: "1.2", per: 1, exactUsd: "120.1481472", amountUsd: "120.15", manualId: null }; // prettier-ignore
const lines: InvoiceLine[] = [
  line,
  { ...line, n: 2, kind: "late", component: null, ofMonth: "2026-09", description: "LLM usage: late usage of September 2026", quantity: "1", exactUsd: "1.2", amountUsd: "1.20" },
  { ...line, n: 3, kind: "manual", component: null, description: "A <b>credit</b>", quantity: null, unit: null, unitUsd: null, per: null, exactUsd: "-5", amountUsd: "-5.00", manualId: planId },
  { ...line, n: 4, kind: "tax", component: null, description: "VAT 19 %", quantity: null, unit: null, unitUsd: null, per: null, exactUsd: "22.1065", amountUsd: "22.11" },
]; // prettier-ignore
const draft: Document = {
  id, month: "2026-10", accountId: "acct-7", state: "draft", number: null, customerName: "Zeta GmbH", plan: { id: planId, version: 2, name: "Starter" },
  statementRevision: 1, costUsd: "101.123456000000000000", netUsd: "116.35", taxUsd: "22.11", totalUsd: "138.46", issuedOn: null, dueOn: null,
  isEdited: true, outdated: [], sinceReopened: null, voidedAt: null,
  customer: { name: "Zeta GmbH", addressLines: ["Weg 1", "Köln"], email: "pay@zeta.example", vatId: "DE1" },
  issuer: { name: "Acme Inc.", addressLines: ["Main St"], vatId: "US1", bankLines: ["IBAN XX"], note: "Thank you." },
  tax: { kind: "rate", name: "VAT", percent: "19" }, dueDays: 14, timeZone: "UTC", calls: 1204, unpricedCalls: 3, uncharged: { calls: 2, costUsd: "0.5" },
  lines, terms, createdBy: ownerId, createdAt: at, computedAt: at, finalisedBy: null, finalisedAt: null, contentHash: null, renamedAt: null,
  voidedBy: null, voidReason: null, replaces: null, replacedBy: null,
}; // prettier-ignore
const final: Document = { ...draft, state: "final", number: "INV-2026-0007", issuedOn: "2026-11-02", dueOn: "2026-11-16", finalisedBy: ownerId, finalisedAt: at, contentHash: "ab".repeat(32) }; // prettier-ignore
const voided: Document = { ...final, state: "void", voidedAt: at, voidedBy: ownerId, voidReason: "A wrong <b>plan</b>" }; // prettier-ignore

const month: InvoiceMonth = {
  month: "2026-10", statement: { revision: 1, costUsd: "110.5", amountUsd: "110.50", unpricedCalls: 3 },
  drafts: { count: 2, totalUsd: "276.92" }, finals: { count: 1, totalUsd: "138.46" }, voids: { count: 1 }, outdatedDrafts: 0,
  billedUsd: "349.05", invoicedCostUsd: "101.123456", marginUsd: "247.926544",
  uninvoiced: [{ reason: "no_account", accounts: 0, calls: 12, costUsd: "9.376544" }], sinceReopenedUsd: "0.000000000000000000", differenceUsd: "0.000000000000000000",
}; // prettier-ignore
const plan: PlanHead = { id: planId, version: 2, terms, accounts: 3, isDefault: true, retiredAt: null, createdBy: ownerId, createdAt: at }; // prettier-ignore
const account = { accountId: "acct-7", planId: null, isBilled: true, billFrom: "2026-10", billThrough: null, details: CustomerDetails.parse({ name: "Zeta GmbH" }), isKnown: true, lastMonth: "2026-10" }; // prettier-ignore

interface Known {
  months?: InvoiceMonth[];
  plans?: PlanHead[];
  invoice?: Document;
  preview?: Outputs["invoices"]["previewPlan"];
  defaultPlanId?: string | null;
  role?: Role;
}

const preview = { month: "2026-10", accounts: [{ accountId: "acct-7", customerName: "Zeta GmbH", costUsd: "101.123456", netUsd: "116.35", lines }], count: 120, costUsd: "1000", netUsd: "1250" }; // prettier-ignore

function Answered({ known, children }: { known: Known; children: ReactNode }) {
  const client = useQueryClient();
  const { invoices, members } = useTRPC();
  const pagesOf = <Page,>(page: Page) => ({ pages: [page], pageParams: [undefined] });
  client.setQueryData(invoices.months.queryKey(), known.months ?? [month]);
  client.setQueryData(invoices.plans.queryKey(), known.plans ?? [plan]);
  client.setQueryData(invoices.plan.queryKey({ id: planId }), { plan, versions: [{ version: 1, createdBy: ownerId, createdAt: at }, { version: 2, createdBy: "gone", createdAt: at }] }); // prettier-ignore
  client.setQueryData(invoices.read.queryKey({ id }), known.invoice ?? draft);
  client.setQueryData([...invoices.list.queryKey({ month: "2026-10" }), "pages"], pagesOf({ invoices: [draft, final, voided].map((head, n) => ({ ...head, id: `${String(n)}${id.slice(1)}` })), nextCursor: null })); // prettier-ignore
  client.setQueryData(
    invoices.issuer.queryKey(),
    { defaultPlanId: known.defaultPlanId === undefined ? planId : known.defaultPlanId, details: IssuerDetails.parse({ name: "Acme Inc." }), isSaved: true },
  ); // prettier-ignore
  client.setQueryData([...invoices.accounts.queryKey({ search: "" }), "pages"], pagesOf({ accounts: [account], nextCursor: null })); // prettier-ignore
  client.setQueryData(invoices.previewPlan.queryKey({ terms }), known.preview === undefined ? preview : known.preview); // prettier-ignore
  const people = [{ personId: ownerId, name: "Dana Demo", email: "d@example.com", role: "owner", since: at }];
  client.setQueryData(members.list.queryKey(), { members: people } as unknown as Outputs["members"]["list"]);
  return children;
}

function painted(screen: ReactNode, known: Known = {}) {
  const tenant = { slug: "acme", name: "Acme", timeZone: "UTC", rights: roleRights[known.role ?? "finance"] } as unknown as Parameters<typeof TenantProvider>[0]["tenant"]; // prettier-ignore
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
  const levels = [...html.matchAll(/<h([1-6])/g)].map(([, level]) => Number(level));
  levels.forEach((level, place) => expect(level - (levels[place - 1] ?? level)).toBeLessThanOrEqual(1));
  return {
    html,
    text: html
      .replaceAll(/<[^>]+>/g, " ")
      .replaceAll(/\s+/g, " ")
      .replaceAll(/ ([.,:;])/g, "$1"),
  };
}

describe("the invoices of a month", () => {
  it("tell what became of the statement, and who pays what", () => {
    const { html, text } = painted(<Invoices />);
    for (const words of [
      "What became of Oct 2026",
      "its statement, revision 1",
      "$349.05 1 final, 2 drafts, 1 void",
      "$247.93",
      "71% of what is billed",
      "+ 3 calls unpriced, in no amount",
      "$9.38 Calls without an account: they can be billed to nobody. 12 calls.",
      "INV-2026-0007 · acct-7",
      "Starter, version 2",
      "Mon, 16 Nov 2026",
      "once final",
      "Finalise all 2 drafts",
      "Make drafts again",
    ])
      expect(text).toContain(words);
    expect(html).toContain('href="/acme/statements/2026-10"');
    expect(html).toContain("/api/invoices/months/2026-10/zip?tenant=acme");
    expect(html).toContain("/api/reports/invoices?");
    expect(text).not.toContain("must not be");
  });

  it("say what is out of date, what was opened again, and what does not add up", () => {
    const { text } = painted(<Invoices />, {
      months: [{ ...month, outdatedDrafts: 2, sinceReopenedUsd: "-1.5", differenceUsd: "0.01" }],
    });
    expect(text).toContain("2 drafts are not what they would be now.");
    expect(text).toContain("its statement differs by −$1.50 from");
    expect(text).toContain("$0.01 of the statement is neither invoiced nor named above.");
    const open = painted(<Invoices />, { months: [{ ...month, statement: null, uninvoiced: [] }] }).text;
    expect(open).toContain("Oct 2026 was opened again.");
    expect(open).not.toMatch(/Make drafts|Finalise/);
  });

  it("are only looked at by viewers, who are told why", () => {
    const { text } = painted(<Invoices />, { role: "viewer" });
    expect(text).toContain("Your role can see and download invoices");
    expect(text).not.toMatch(/Make drafts|Finalise all/);
    expect(text).toContain("All as ZIP");
  });

  it("teach where there is nothing yet", () => {
    const unclosed = painted(<Invoices />, { months: [] });
    expect(unclosed.text).toContain("No closed month yet");
    expect(unclosed.html).toContain('href="/acme/statements"');
    const empty = { ...month, drafts: { count: 0, totalUsd: "0" }, finals: { count: 0, totalUsd: "0" }, voids: { count: 0 } }; // prettier-ignore
    const planless = painted(<Invoices />, { months: [empty], plans: [] });
    expect(planless.html).toContain('href="/acme/invoices/plans/new"');
    expect(planless.text).not.toContain("All as ZIP");
    expect(painted(<Invoices />, { months: [empty] }).text).toContain("No invoice of this month");
  });
});

describe("an invoice", () => {
  it("is a draft as whoever is billed would get it, and what it was computed from", () => {
    const { html, text } = painted(<Invoice id={id} />);
    for (const words of [
      "Draft of acct-7, Oct 2026",
      "Draft, not an invoice yet",
      "Zeta GmbH Weg 1 Köln VAT id DE1 pay@zeta.example",
      "Acme Inc. Main St VAT id US1",
      "14 days after",
      "$100.123456 of cost",
      "× 1.2",
      "of Sept 2026",
      "Net $116.35 VAT 19 % $22.11 Total in USD $138.46",
      "IBAN XX",
      "LLM usage: cost plus 20%",
      "3 calls: their cost is not in it",
      "2 calls, $0.50 of cost",
      "by Dana Demo",
    ])
      expect(text).toContain(words);
    expect(html).toContain("A &lt;b&gt;credit&lt;/b&gt;");
    expect(html).toContain('title="Before it was rounded: $120.1481472 USD"');
    expect(html).toContain('href="/acme/statements/2026-10?revision=1"');
    expect(html).toContain(`/api/invoices/${id}/pdf?tenant=acme`);
    expect(html).not.toContain("/api/focus");
    for (const button of ["Finalise", "Add a line", "Compute anew", "Discard the draft"])
      expect(html).toContain(`>${button}</button>`);
  });

  it("is not made final while it is out of date", () => {
    const { html, text } = painted(<Invoice id={id} />, { invoice: { ...draft, outdated: ["plan"] } });
    expect(text).toContain("not what it would be now: the plan has another version.");
    expect(html).not.toContain(">Finalise</button>");
  });

  it("is final with its number and hash, and only voided then", () => {
    const { html, text } = painted(<Invoice id={id} />, { invoice: final });
    expect(text).toContain("Mon, 2 Nov 2026");
    expect(text).toContain(final.contentHash ?? "no hash");
    expect(html).toContain(`/api/focus/focus.csv?invoice=${id}`);
    expect(html).toContain(">Void it</button>");
    expect(html).not.toMatch(/>Finalise<|>Add a line<|Take the line/);
  });

  it("is void with the reason, and replaced once", () => {
    const { html, text } = painted(<Invoice id={id} />, { invoice: voided });
    expect(text).toContain("Voided 2 Nov, 09:00 by Dana Demo");
    expect(html).toContain("A wrong &lt;b&gt;plan&lt;/b&gt;");
    expect(html).toContain(">Replace by a new draft</button>");
    const replaced = painted(<Invoice id={id} />, { invoice: { ...voided, replacedBy: { id: planId, number: null } } }); // prettier-ignore
    expect(replaced.text).toContain("In its place stands a draft.");
    expect(replaced.html).not.toContain("Replace by a new draft");
  });

  it("says what changed when its month was opened again", () => {
    const { text } = painted(<Invoice id={id} />, { invoice: { ...final, sinceReopened: { costUsd: "1.5" } } }); // prettier-ignore
    expect(text).toContain("has +$1.50 of cost for this account");
  });

  it("is not changed by viewers", () => {
    const { html, text } = painted(<Invoice id={id} />, { role: "viewer" });
    expect(text).toContain("Your role can see and download it, not change it.");
    expect(html).not.toMatch(/>Finalise<|>Add a line<|Take the line/);
  });
});

describe("rate plans", () => {
  it("are told from each other, and retired only where nobody has them", () => {
    const spare = { ...plan, id, terms: { ...terms, name: "Spare" }, accounts: 0, isDefault: false };
    const { text } = painted(<Plans />, { plans: [plan, spare] });
    expect(text).toContain("Starter default Cost plus 20%; $49.00 a month; VAT 19%");
    expect(text).toContain("Retire Spare");
    expect(text).not.toContain("Retire Starter");
    expect(painted(<Plans />, { plans: [] }).text).toContain("No rate plan yet");
    expect(painted(<Plans />, { plans: [], role: "viewer" }).html).not.toContain("plans/new");
  });

  it("are edited beside what the last closed month would have come to", () => {
    const { html, text } = painted(<Plan id={planId} />);
    for (const words of [
      "Version 2. A change makes another version",
      "Oct 2026 by this plan",
      "All 120 accounts",
      "The first 1 are listed; all 120 accounts are in the sum.",
      "+$250.00, before tax.",
      "The lines of Zeta GmbH",
      "Version 1, 2 Nov, 09:00 by Dana Demo",
    ])
      expect(text).toContain(words);
    expect(html).toContain('value="20"');
    expect(html).toContain(">Save as a new version</button>");
    expect(painted(<Plan id={planId} />, { preview: null }).text).toContain("Once a month is closed");
    const viewer = painted(<Plan id={planId} />, { role: "viewer" });
    expect(viewer.text).toContain("not change them");
    expect(viewer.html).not.toContain("Save as a new version");
  });

  it("begin as cost and a markup", () => {
    const { html } = painted(<Plan id={null} />);
    expect(html).toContain(">Make the plan</button>");
    expect(html).toContain('value="LLM usage"');
  });
});

it("accounts tell by which plan they are billed, and that some are not", () => {
  const { text } = painted(<Accounts />);
  expect(text).toContain("acct-7 Zeta GmbH Starter (default) from Oct 2026 on");
  expect(painted(<Accounts />, { defaultPlanId: null }).text).toContain("no plan: not billed");
  expect(painted(<Accounts />, { role: "viewer" }).html).not.toMatch(/<button[^>]*>acct-7/);
});

it("your details are seen by all and changed by some", () => {
  const { html, text } = painted(<Issuer year="2026" />);
  expect(text).toContain("Such as INV-2026-0001. The series has no gaps.");
  expect(html).toContain('value="Acme Inc."');
  const viewer = painted(<Issuer year="2026" />, { role: "viewer" });
  expect(viewer.text).toContain("Your role can see these details");
  expect(viewer.html).not.toContain(">Save</button>");
});
