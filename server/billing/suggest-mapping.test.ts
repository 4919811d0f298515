import { expect, it } from "vitest";
import type { ProviderCustomer } from "./port";
import { bareName, domainOf, suggestMapping } from "./suggest-mapping";

const customer = (id: string, name: string, more: Partial<ProviderCustomer> = {}): ProviderCustomer => ({ id, name, email: null, hints: [], ...more }); // prettier-ignore
const told = (accounts: string[], customers: ProviderCustomer[]) =>
  suggestMapping(accounts, customers).map(({ accountId, customerId, reason }) => [
    accountId,
    customerId,
    reason,
  ]);

it.each([
  ["metadata that names the account", ["org_7"], [customer("cus_1", "Acme", { hints: ["x", "org_7"] })], [["org_7", "cus_1", "metadata"]]],
  ["metadata before a name", ["acme"], [customer("cus_1", "Acme"), customer("cus_2", "Other", { hints: ["acme"] })], [["acme", "cus_2", "metadata"]]],
  ["the customer's id", ["cus_1"], [customer("cus_1", "Acme")], [["cus_1", "cus_1", "id"]]],
  ["the customer's address", ["ann@acme.io"], [customer("cus_1", "?", { email: "ann@acme.io" })], [["ann@acme.io", "cus_1", "id"]]],
  ["the domain of an address", ["acme.io"], [customer("cus_1", "?", { email: "billing@acme.io" })], [["acme.io", "cus_1", "domain"]]],
  ["no domain that is everybody's", ["bob@gmail.com"], [customer("cus_1", "?", { email: "ann@gmail.com" })], []],
  ["a name but for its spelling", ["acme-ops"], [customer("cus_1", "ACME Ops, Inc.")], [["acme-ops", "cus_1", "name"]]],
  ["two customers that fit alike", ["acme"], [customer("cus_1", "Acme"), customer("cus_2", "ACME GmbH")], []],
  ["two accounts that fit alike", ["acme", "ACME"], [customer("cus_1", "Acme")], []],
  ["nobody", ["acme"], [customer("cus_1", "Zenith")], []],
  ["a name that is nothing but a legal form", ["inc"], [customer("cus_1", "Inc"), customer("cus_2", "")], [["inc", "cus_1", "name"]]],
])("suggests by %s", (_, accounts, customers, expected) => {
  expect(told(accounts, customers)).toEqual(expected);
}); // prettier-ignore

it("gives a customer to one account, the dearest accounts first", () => {
  const customers = [customer("cus_1", "Acme", { hints: ["b"] }), customer("cus_2", "Zen")];
  expect(told(["zen", "acme", "b"], customers)).toEqual([["zen", "cus_2", "name"], ["b", "cus_1", "metadata"]]); // prettier-ignore
});

it("strips names and finds domains", () => {
  expect([bareName("Größe & Co. KG"), bareName("  "), bareName("AG")]).toEqual(["große", "", "ag"]);
  expect([domainOf("a@B.io"), domainOf("1.2.3.4"), domainOf("acme"), domainOf("x@web.de")]).toEqual(["b.io", null, null, null]); // prettier-ignore
});
