import { useQueryClient } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { renderToStaticMarkup } from "react-dom/server";
import { describe, expect, it, vi } from "vitest";
import { type Outputs, TrpcProvider, useTRPC } from "@/app/_trpc/client";
import { type Role, roleRights } from "@/server/auth/permissions";
import type { StatementHead } from "@/server/statements/schemas";
import { TenantProvider } from "../_components/tenant-context";
import { Statement } from "./[month]/statement";
import { Statements } from "./statements";

vi.mock("next/navigation", () => ({
  usePathname: () => "/acme/statements",
  useSearchParams: () => new URLSearchParams(),
  useRouter: () => ({}),
}));

const ownerId = "11111111-1111-4111-8111-111111111111";
const head: StatementHead = {
  month: "2026-10", revision: 2, timeZone: "Asia/Kolkata", from: "2026-09-30T18:30:00.000Z", to: "2026-10-31T18:30:00.000Z",
  takenAt: "2026-11-02T09:00:00.000Z", takenBy: ownerId, shape: 1, priceBook: "2026-10-30T00:00:00Z genai-prices 1.2.3; no prices of its own",
  codeVersion: "0.1.0", calls: 1204, costUsd: "120.504999999999999999", correctionsUsd: "-0.100000000000000000", amountUsd: "120.40",
  unpricedCalls: 12, contentHash: "ab".repeat(32), renamedAt: null, reopenedAt: null, reopenedBy: null, reopenReason: null,
}; // prettier-ignore
type Months = Outputs["statements"]["months"];
const waits = { code: "not_final", sentence: "Its last figures are not final: late calls are still waited for.", advice: "Wait.", until: "2026-12-01T01:00:00.000Z" } as const; // prettier-ignore
const none = { closing: null, closed: null, statement: null, earlierRevisions: 0, isLastClosed: false };
const months: Months = [
  { ...none, month: "2026-12", state: "running" },
  { ...none, month: "2026-11", state: "closing", closing: { requestedAt: "2026-12-01T00:10:00.000Z", requestedBy: ownerId, checkedAt: "2026-12-01T00:15:00.000Z", waitsFor: [waits] } },
  { ...none, month: "2026-10", state: "closed", closed: { at: head.takenAt, by: ownerId, timeZone: "Asia/Kolkata", despite: "Stripe is down, we bill by hand." }, statement: head, earlierRevisions: 1, isLastClosed: true },
  { ...none, month: "2026-09", state: "closed", closed: { at: "2026-10-02T00:00:00.000Z", by: "gone", timeZone: "UTC", despite: null } },
  { ...none, month: "2026-08", state: "open", earlierRevisions: 1 },
]; // prettier-ignore
const answer: Outputs["statements"]["read"] = {
  head,
  revisions: [
    { revision: 2, takenAt: head.takenAt, amountUsd: "120.40", reopenedAt: null },
    { revision: 1, takenAt: head.takenAt, amountUsd: "119.00", reopenedAt: "2026-11-02T08:00:00.000Z" },
  ],
  corrections: [{ kind: "price", ofMonth: "2026-09", lines: 1, calls: 3, costUsd: "-0.1" }],
  correctionLines: [
    { kind: "price", ofMonth: "2026-09", accountId: "acme", team: "core", feature: "chat", provider: "openai", model: "gpt-4o", calls: 3, costUsd: "-0.1", unpricedCalls: 0 },
  ],
}; // prettier-ignore
const row = (key: string, amountUsd: string) => ({ key, calls: 600, costUsd: amountUsd, correctionsUsd: "0", unpricedCalls: 0, amountUsd }); // prettier-ignore
const quiet: Outputs["statements"]["sinceClosed"] = {
  late: { calls: 0, costUsd: "0" },
  corrections: { costUsd: "0" },
};
const which = { month: "2026-10" };

interface Known {
  months?: Months;
  read?: Partial<typeof answer>;
  since?: typeof quiet;
  role?: Role;
}

function Answered({ known, children }: { known: Known; children: ReactNode }) {
  const client = useQueryClient();
  const trpc = useTRPC();
  client.setQueryData(trpc.statements.months.queryKey(), known.months ?? months);
  client.setQueryData(trpc.statements.read.queryKey(which), { ...answer, ...known.read });
  client.setQueryData(trpc.statements.sinceClosed.queryKey(which), known.since ?? quiet);
  client.setQueryData(trpc.statements.view.queryKey({ ...which, by: "account" }), {
    totalUsd: "120.40",
    rows: [row("acme", "80.40"), row("", "40.00")],
    rest: null,
  });
  const members = [{ personId: ownerId, name: "Dana Demo", email: "d@example.com", role: "owner", since: head.takenAt }]; // prettier-ignore
  client.setQueryData(trpc.members.list.queryKey(), { members } as unknown as Outputs["members"]["list"]);
  return children;
}

function painted(screen: ReactNode, known: Known = {}) {
  const tenant = { slug: "acme", name: "Acme", timeZone: "UTC", rights: roleRights[known.role ?? "owner"] } as unknown as Parameters<typeof TenantProvider>[0]["tenant"]; // prettier-ignore
  const html = renderToStaticMarkup(
    <TrpcProvider tenantSlug="acme">
      <TenantProvider tenant={tenant}>
        <Answered known={known}>{screen}</Answered>
      </TenantProvider>
    </TrpcProvider>,
  );
  expect(html).not.toMatch(/NaN|undefined|\[object/);
  const levels = [...html.matchAll(/<h([1-6])/g)].map(([, level]) => Number(level));
  levels.forEach((level, place) => expect(level - (levels[place - 1] ?? level)).toBeLessThanOrEqual(1));
  return { html, text: html.replaceAll(/<[^>]+>/g, " ").replaceAll(/\s+/g, " ") };
}

describe("the months", () => {
  it("tell their state, what they wait for, and what they came to", () => {
    const { html, text } = painted(<Statements />);
    for (const words of [
      "to be closed since 1 Dec, 00:10, asked for by Dana Demo",
      "late calls are still waited for. Final from 1 Dec, 01:00 on.",
      "Last tried 1 Dec, 00:15",
      "closed 2 Nov 2026 by Dana Demo",
      "$120.40",
      "+ 12 calls unpriced",
      "abababababab…",
      "closed 2 Oct 2026 by somebody who has left, before statements were kept",
    ])
      expect(text).toContain(words);
    expect(html).toContain('href="/acme/statements/2026-10"');
    expect(html).toContain('href="/acme/statements/2026-08?revision=1"');
    expect(text).toContain("Close Aug 2026");
    expect(html).toContain('aria-label="Leave Nov 2026 open"');
    expect(text).toContain("Open Oct 2026 again");
    expect(text).toContain("Closed although its exports differed: “Stripe is down, we bill by hand.”");
    expect(text).not.toContain("Close Dec 2026");
    expect(text).not.toContain("Close it all the same");
  });

  it("are closed although exports differ by whoever may close, and by nobody else", () => {
    const differ = { ...waits, code: "exports", sentence: "2 exports differ.", until: null } as const;
    const waiting = months.map((row) => (row.closing ? { ...row, closing: { ...row.closing, waitsFor: [waits, differ] } } : row)); // prettier-ignore
    const text = (role: Role) => painted(<Statements />, { months: waiting, role }).text;
    expect(text("finance")).toContain("Close it all the same");
    expect(text("viewer")).not.toContain("Close it all the same");
  });

  it("are closed by finance, opened again by owners alone, and only looked at by viewers", () => {
    const finance = painted(<Statements />, { role: "finance" }).text;
    expect([finance.includes("Close Aug 2026"), finance.includes("Open Oct 2026 again")]).toEqual([
      true,
      false,
    ]);
    const viewer = painted(<Statements />, { role: "viewer" });
    expect(viewer.text).not.toMatch(/Close Aug|Leave it open|again/);
  });
});

describe("a statement", () => {
  it("is taken along as FOCUS and as evidence while it is in force, by viewers too", () => {
    const { html, text } = painted(<Statement which={which} />, { role: "viewer" });
    expect(text).toContain("Take it with you");
    for (const href of ["/api/focus/focus.csv?month=2026-10&amp;mode=estimated&amp;tenant=acme", "/api/focus/focus.parquet?month=2026-10&amp;mode=estimated&amp;tenant=acme", "/api/evidence/2026-10?tenant=acme"])
      expect(html).toContain(`href="${href}"`);
    for (const name of ["FOCUS as CSV", "FOCUS as Parquet", "Evidence pack"]) expect(text).toContain(name);
    const reopened = { reopenedAt: "2026-11-03T00:00:00.000Z", reopenedBy: ownerId, reopenReason: "wrong" };
    expect(painted(<Statement which={which} />, { read: { head: { ...head, ...reopened } } }).text).not.toContain("Take it with you");
  }); // prettier-ignore

  it("tells its figures to the last digit, where they come from, and who it is for", () => {
    const { html, text } = painted(<Statement which={which} />);
    for (const words of [
      "Statement of Oct 2026",
      "in force",
      "Revision 2, taken 2 Nov, 09:00, asked for by Dana Demo. Days of Asia/Kolkata.",
      "$120.504999999999999999",
      "1,204",
      "12 calls unpriced, in no amount",
      "genai-prices 1.2.3; no prices of its own",
      head.contentHash,
      "Since it was closed nothing has come",
      "Calls without an account",
      "In all",
      "Sept 2026: new prices of 3 calls",
    ])
      expect(text).toContain(words);
    expect(html).toContain("?revision=1");
    expect(html).toContain("/api/reports/statement");
  });

  it("says what waits for the next one, and that it is no longer in force", () => {
    const late = painted(<Statement which={which} />, {
      since: { late: { calls: 2, costUsd: "1.5" }, corrections: { costUsd: "-0.25" } },
    });
    expect(late.text).toContain("Since it was closed: 2 late calls for $1.50 , and corrections of");
    const reopened = { reopenedAt: "2026-11-05T10:00:00.000Z", reopenedBy: ownerId, reopenReason: "A <b>tag</b>" }; // prettier-ignore
    const old = painted(<Statement which={which} />, { read: { head: { ...head, ...reopened } } });
    expect(old.text).toContain("opened again 5 Nov, 10:00 by Dana Demo");
    expect(old.html).toContain("A &lt;b&gt;tag&lt;/b&gt;");
    expect(old.text).not.toContain("Since it was closed");
  });
});
