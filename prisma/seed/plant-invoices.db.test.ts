import { expect, it } from "vitest";
import { listAccounts } from "@/server/invoices/accounts";
import { showIssuer } from "@/server/invoices/issuer";
import { listPlans } from "@/server/invoices/plans";
import { contextOf, makeTenant, personWith } from "@/tests/factories/tenant";
import { acme } from "./acme";
import type { DemoPerson } from "./demo-people";
import { plantInvoices } from "./plant-invoices";

it("accounts of the demo are billed by one of two plans, one of them by none", async () => {
  const tenant = await makeTenant({ timeZone: acme.timeZone });
  const now = new Date("2026-11-20T15:20:00Z");
  const person = personWith("finance") as DemoPerson;
  await plantInvoices(contextOf(tenant, person, now), {
    owner: person,
    admin: person,
    finance: person,
    viewer: person,
  });
  const ctx = contextOf(tenant, person, now);
  const plans = await listPlans(ctx);
  expect(plans.map(({ terms, isDefault, accounts }) => [terms.name, isDefault, accounts])).toEqual([
    ["Scale", false, 2],
    ["Standard", true, 0],
  ]);
  const { accounts } = await listAccounts(ctx, {});
  expect(accounts.filter(({ accountId }) => !acme.accounts.includes(accountId))).toEqual([]);
  expect(accounts.map(({ isBilled }) => isBilled).sort()).toEqual([false, true, true, true]);
  expect(await showIssuer(ctx)).toMatchObject({ isSaved: true, details: { numberPrefix: "ACME" } });
});
