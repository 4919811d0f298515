import type { ProviderCustomer } from "./port";
import type { SuggestionReason } from "./schemas";

export interface Suggestion {
  accountId: string;
  customerId: string;
  customerName: string;
  email: string | null;
  reason: SuggestionReason;
  /** Why, for whoever decides. */
  sentence: string;
}

/** Domains of whom an address says nothing. */
const everybodys = new Set(["gmail.com", "googlemail.com", "outlook.com", "hotmail.com", "live.com", "yahoo.com", "icloud.com", "me.com", "aol.com", "gmx.de", "gmx.net", "web.de", "proton.me", "protonmail.com", "qq.com", "163.com", "mail.ru", "yandex.ru"]); // prettier-ignore
const legalForms =
  /\b(inc|llc|ltd|limited|gmbh|ag|kg|sa|sas|sarl|srl|spa|bv|nv|ab|as|oy|oyj|plc|corp|corporation|company|co|pty|kk|ug|se)\b/g;

/** Letters and digits alone, without accents and legal forms; "" where nothing is left. */
export function bareName(name: string): string {
  const plain = name
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, " ")
    .trim();
  const short = plain.replace(legalForms, " ").replaceAll(" ", "");
  return short === "" ? plain.replaceAll(" ", "") : short;
}

/** What stands behind the @, or the whole where there is none; null where it belongs to everybody or is no domain. */
export function domainOf(text: string): string | null {
  const domain = text.slice(text.lastIndexOf("@") + 1).toLowerCase();
  const isDomain = /^[a-z0-9-]+(\.[a-z0-9-]+)+$/.test(domain) && /[a-z]{2,}$/.test(domain);
  return isDomain && !everybodys.has(domain) ? domain : null;
}

interface Test {
  reason: SuggestionReason;
  /** What accounts and customers that belong together have in common. */
  ofAccount: (accountId: string) => string | null;
  ofCustomer: (customer: ProviderCustomer) => readonly (string | null)[];
  sentence: (customer: ProviderCustomer, common: string) => string;
}

/** The surest first. */
const tests: readonly Test[] = [
  {
    reason: "metadata",
    ofAccount: (accountId) => accountId,
    ofCustomer: ({ hints }) => hints,
    sentence: ({ id }) => `The metadata of ${id} names this account.`,
  },
  {
    reason: "id",
    ofAccount: (accountId) => accountId,
    ofCustomer: ({ id, email }) => [id, email],
    sentence: ({ id }, common) => (common === id ? "The account is called by the customer's id." : "The account is called by the customer's e-mail address."), // prettier-ignore
  },
  {
    reason: "domain",
    ofAccount: domainOf,
    ofCustomer: ({ email }) => [email === null ? null : domainOf(email)],
    sentence: (_, common) => `Both belong to ${common}.`,
  },
  {
    reason: "name",
    ofAccount: (accountId) => bareName(accountId) || null,
    ofCustomer: ({ name }) => [bareName(name) || null],
    sentence: ({ name }) => `The customer's name, ${name}, is the account's, but for its spelling.`,
  },
];

/**
 * Whom of the provider's customers accounts seem to be. An account or a customer that fits several is left to people: a
 * suggestion is only made where nothing else fits as well.
 * @param accounts in the order in which they are to be seen to
 * @param customers that nobody is mapped to
 */
export function suggestMapping(
  accounts: readonly string[],
  customers: readonly ProviderCustomer[],
): Suggestion[] {
  const left = new Map(customers.map((customer) => [customer.id, customer]));
  const found = new Map<string, Suggestion>();
  for (const { reason, ofAccount, ofCustomer, sentence } of tests) {
    const byCommon = new Map<string, Set<string>>();
    for (const customer of left.values())
      for (const common of ofCustomer(customer))
        if (common) byCommon.set(common, (byCommon.get(common) ?? new Set<string>()).add(customer.id));
    const claims = new Map<string, string[]>();
    for (const accountId of accounts) {
      const common = found.has(accountId) ? null : ofAccount(accountId);
      if (common) claims.set(common, [...(claims.get(common) ?? []), accountId]);
    }
    for (const [common, [accountId, another]] of claims) {
      const [id, second] = byCommon.get(common) ?? [];
      const customer = id === undefined || second !== undefined ? undefined : left.get(id);
      if (!customer || accountId === undefined || another !== undefined) continue;
      left.delete(customer.id);
      const { id: customerId, name: customerName, email } = customer;
      found.set(accountId, { accountId, customerId, customerName, email, reason, sentence: sentence(customer, common) }); // prettier-ignore
    }
  }
  return accounts.flatMap((accountId) => found.get(accountId) ?? []);
}
