import { buffer } from "node:stream/consumers";
import { describe, expect, it } from "vitest";
import type { Invoice, InvoiceLine } from "../documents";
import { PlanTerms } from "../plan-schemas";
import { drawable, openPdf } from "./fonts";
import { renderInvoice } from "./render";

const line = (n: number, more: Partial<InvoiceLine> = {}): InvoiceLine => ({
  n, kind: "usage", component: 1, ofMonth: "2026-10", description: `Model usage ${String(n)}`, quantity: "12345678", unit: "tokens",
  unitUsd: "3.25", per: 1_000_000, exactUsd: "40.1234535", amountUsd: "40.12", manualId: null, ...more,
}); // prettier-ignore
const made = (more: Partial<Invoice> = {}): Invoice => ({
  id: "00000000-0000-4000-8000-000000000001", month: "2026-10", accountId: "acme", state: "final", number: "INV-2026-0001",
  customerName: "Łódź Świat GmbH", plan: { id: "p", version: 3, name: "Standard" }, statementRevision: 1, costUsd: "33.1", netUsd: "40.12",
  taxUsd: "7.62", totalUsd: "47.74", issuedOn: "2026-11-02", dueOn: "2026-11-16", isEdited: false, outdated: [], sinceReopened: null,
  voidedAt: null, customer: { name: "Łódź Świat GmbH", addressLines: ["Straße 1", "10115 Berlin"], email: "a@b.de", vatId: "DE1" },
  issuer: { name: "Acme", addressLines: ["1 Main St"], vatId: "", bankLines: ["IBAN DE00 0000"], note: "Thank you." },
  tax: { kind: "rate", name: "VAT", percent: "19" }, dueDays: 14, timeZone: "UTC", calls: 12, unpricedCalls: 2,
  uncharged: { calls: 0, costUsd: "0" }, lines: [line(1), line(2, { kind: "tax", description: "VAT 19 %", quantity: null, unit: null, unitUsd: null, per: null, amountUsd: "7.62" })],
  terms: PlanTerms.parse({ name: "Standard", components: [{ kind: "flat", label: "Fee", usd: "1" }] }), createdBy: "p", createdAt: "2026-11-02T00:00:00Z",
  computedAt: "2026-11-02T00:00:00Z", finalisedBy: "p", finalisedAt: "2026-11-02T00:00:00Z", contentHash: "0".repeat(64), renamedAt: null,
  voidedBy: null, voidReason: null, replaces: null, replacedBy: null, ...more,
}); // prettier-ignore

const bytesOf = (invoice: Invoice) => buffer(renderInvoice(invoice));
const pagesOf = (bytes: Buffer) => bytes.toString("latin1").match(/\/Type \/Page\b/g)?.length ?? 0;

describe("an invoice on paper", () => {
  it("is a PDF of one page, the same one each time", async () => {
    const bytes = await bytesOf(made());
    expect(bytes.subarray(0, 5).toString()).toBe("%PDF-");
    expect(pagesOf(bytes)).toBe(1);
    expect((await bytesOf(made())).equals(bytes)).toBe(true);
  });

  it("goes on over pages, and its totals do not stand alone on the last one", async () => {
    for (const count of [20, 21, 22, 23, 24, 25, 26, 60, 300]) {
      const lines = Array.from({ length: count }, (_, n) => line(n + 1, { description: n % 7 === 0 ? `A long name ${"of something that was used ".repeat(5)}` : `Line ${String(n + 1)}` }));
      const bytes = await bytesOf(made({ lines: [...lines, line(count + 1, { kind: "tax", description: "VAT 19 %" })], state: count === 60 ? "draft" : "void", voidReason: "wrong" }));
      expect(pagesOf(bytes)).toBeGreaterThan(count > 25 ? 1 : 0);
    }
  }); // prettier-ignore

  it("marks what no font has", async () => {
    const pdf = openPdf({ title: "t", author: "a", at: new Date(0) });
    const cases = { "Zażółć gęślą": "Zażółć gęślą", Жук: "Жук", "株式会社 Acme": "[?] Acme", "a\u0000b\u200Bc": "a[?]b[?]c", "e\u0301": "é", "مرحبا": "[?]" };
    for (const [text, drawn] of Object.entries(cases)) expect(drawable(pdf, text)).toBe(drawn);
    const bytes = await bytesOf(made({ customer: { name: "株式会社 Acme", addressLines: [], email: "", vatId: "" } }));
    expect(pagesOf(bytes)).toBe(1);
  }); // prettier-ignore
});
