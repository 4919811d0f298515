import type { Ctx } from "@/server/context";
import { saveAccount } from "@/server/invoices/accounts";
import { saveIssuer } from "@/server/invoices/issuer";
import type { SavePlanInput } from "@/server/invoices/plan-schemas";
import { savePlan } from "@/server/invoices/save-plan";
import type { SaveAccountInput } from "@/server/invoices/schemas";
import { acme } from "./acme";
import { as, type DemoPeople } from "./demo-people";
import { instantDaysAgo } from "./rhythm";

const standard: SavePlanInput["terms"] = {
  name: "Standard",
  components: [
    { kind: "cost_plus", label: "Model usage", markupPercent: "20" },
    { kind: "included", label: "Included usage", usd: "10.00" },
    { kind: "flat", label: "Platform fee", usd: "49.00" },
  ],
};
const scale: SavePlanInput["terms"] = {
  name: "Scale",
  components: [
    {
      kind: "tiers",
      label: "Tokens",
      measure: "tokens",
      mode: "graduated",
      tiers: [
        { upTo: "5000000", unitUsd: "9" },
        { upTo: "25000000", unitUsd: "7.5" },
        { upTo: null, unitUsd: "6" },
      ],
    },
    { kind: "per_call", label: "Calls", usdPerCall: "0.0004", included: "5000" },
  ],
  minimumUsd: "100.00",
  discountPercent: "5",
};

const [first = "", second = "", third = "", own = ""] = acme.accounts;
type Said = Omit<SaveAccountInput, "planId">;
const onScale: readonly Said[] = [
  { accountId: first, details: { name: "Northwind Traders GmbH", addressLines: ["Hafenstraße 12", "20457 Hamburg", "Germany"], email: "ap@northwind.example", vatId: "DE811234567", dueDays: 30, tax: { kind: "reverse_charge", note: "Reverse charge: VAT is owed by the recipient." } } },
  { accountId: second, details: { name: "Tailspin Toys Inc.", addressLines: ["400 Lake Street", "Seattle, WA 98109"], email: "billing@tailspin.example" } },
]; // prettier-ignore
const onStandard: readonly Said[] = [
  { accountId: third, details: { name: "Contoso Łódź sp. z o.o.", addressLines: ["ul. Piotrkowska 1", "90-001 Łódź"], email: "faktury@contoso.example", vatId: "PL7250000000" } },
  { accountId: own, isBilled: false, details: { name: "Fabrikam (our own test account)" } },
]; // prettier-ignore

/** Two rate plans and who is billed by which, before the first month that is closed. */
export async function plantInvoices(main: Ctx, people: DemoPeople): Promise<void> {
  const ctx = as(main, people.finance, instantDaysAgo(main.now, main.tenant.timeZone, 75, 14));
  const usual = await savePlan(ctx, { terms: standard });
  const large = await savePlan(ctx, { terms: scale });
  await saveIssuer(ctx, {
    defaultPlanId: usual.id,
    details: {
      name: "Acme Software Inc.",
      addressLines: ["350 Fifth Avenue, Floor 21", "New York, NY 10118", "United States"],
      vatId: "EIN 12-3456789",
      bankLines: ["Bank: First Example Bank", "SWIFT: EXMPINBB"],
      note: "Thank you for building with Acme. Questions: billing@acme.example",
      numberPrefix: "ACME",
      dueDays: 14,
    },
  });
  for (const account of onScale) await saveAccount(ctx, { ...account, planId: large.id });
  for (const account of onStandard) await saveAccount(ctx, { ...account, planId: null });
}
