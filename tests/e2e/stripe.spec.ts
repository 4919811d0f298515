import { randomUUID } from "node:crypto";
import type { Page } from "@playwright/test";
import { demoFacts } from "@/tests/setup/demo";
import { type FakeStripe, keyOf, startFakeStripe, sumMeter } from "@/tests/stripe/fake";
import type { FakeCustomer } from "@/tests/stripe/fake-account";
import { axeFaults, overflow } from "./accessibility";
import { sendCall } from "./door";
import { expect, people, test } from "./fixtures";
import { ledger } from "./ledger";
import { type OwnTenant, ownTenant, query } from "./own-tenant";
import { card, visit } from "./screen";

// A customer that Stripe does not have is refused on the way.
test.use({ person: "owner", tolerated: [/status of 400 .*billing\.mapAccount/] });

const hourMs = 3_600_000;
const account = "journeyx";
const customers: FakeCustomer[] = [
  { id: "cus_acme", name: "Acme Corporation", metadata: { account: "acme" } },
  { id: "cus_beta", name: "Beta", metadata: {} },
];

/** Two accounts with usage of some hours ago, in hours that are final. */
async function tenantWithUsage(slug: string): Promise<OwnTenant> {
  const tenant = await ownTenant(slug);
  await ledger(
    "INSERT INTO member (tenant_id, person_id, role) SELECT $1, id, 'owner' FROM person WHERE email = $2",
    [tenant.id, people.owner],
  );
  for (const accountId of ["acme", "unheard-of"]) {
    const answer = await sendCall(demoFacts().url, tenant.ingestKey, {
      id: `call-${accountId}`,
      occurredAt: new Date(Date.now() - 5 * hourMs).toISOString(),
      provider: "openai",
      model: "gpt-4o",
      accountId,
      usage: { inputTokens: 1_000, outputTokens: 234 },
    });
    expect(answer.body).toMatchObject({ result: { data: { accepted: 1 } } });
  }
  const range = { from: new Date(Date.now() - 2 * 24 * hourMs).toISOString().slice(0, 10), to: new Date(Date.now() + 24 * hourMs).toISOString().slice(0, 10), granularity: "total" }; // prettier-ignore
  await expect(async () => {
    const { total, watermark } = await query<{ total: { calls: number }; watermark: { pendingHours: number } }>(tenant, "reports.spend", range); // prettier-ignore
    expect([total.calls, watermark.pendingHours]).toEqual([2, 0]);
  }).toPass({ timeout: 120_000, intervals: [1_000] });
  return tenant;
}

async function expectWellMade(page: Page): Promise<void> {
  for (const width of [1280, 390]) {
    await page.setViewportSize({ width, height: 844 });
    for (const colorScheme of ["light", "dark"] as const) {
      await page.emulateMedia({ colorScheme });
      expect(await overflow(page)).toEqual({ pixels: 0, by: [] });
      expect(await axeFaults(page, colorScheme === "dark" ? ["color-contrast"] : undefined)).toEqual([]);
    }
  }
  await page.setViewportSize({ width: 1280, height: 844 });
}

/** Connects in test mode, feeds a meter with tokens since yesterday, and says who both accounts are. */
async function setUp(page: Page, slug: string): Promise<void> {
  await visit(page, `/${slug}/settings/stripe`);
  const connect = card(page, "Connect Stripe");
  await connect.getByLabel("Restricted key", { exact: true }).fill("rk_live_0123456789");
  await expect(connect.getByText("live mode", { exact: true })).toBeVisible();
  await connect.getByLabel("Restricted key", { exact: true }).fill(keyOf(account));
  await connect.getByRole("button", { name: "Connect in test mode" }).click();
  const connection = card(page, "Connection");
  await expect(connection.getByText(`acct_${account}`)).toBeVisible();
  await expect(connection.getByText("test mode", { exact: true })).toBeVisible();

  await card(page, "Meters").getByRole("button", { name: "Add a meter" }).click();
  const meter = page.getByRole("dialog", { name: "Add a meter" });
  await meter.getByLabel("Meter of Stripe’s").selectOption({ label: "llm_tokens" });
  await meter.getByLabel("It gets").selectOption({ label: "Tokens" });
  await meter.getByLabel("Since").selectOption({ index: 2 });
  await meter.getByRole("button", { name: "Add the meter" }).click();
  await expect(card(page, "Meters").getByText("counts tokens since")).toBeVisible();

  const unmapped = card(page, "Accounts without a customer");
  await expect(unmapped.getByText("Perhaps Acme Corporation")).toBeVisible();
  await unmapped.getByRole("button", { name: "Bill acme as Acme Corporation" }).click();
  await unmapped.getByRole("button", { name: "Choose a customer for unheard-of" }).click();
  const choose = page.getByRole("dialog", { name: "Who is unheard-of?" });
  await choose.getByLabel("Customer’s id").fill("cus_nobody");
  await choose.getByRole("button", { name: "Bill this customer" }).click();
  await expect(choose.getByText("Stripe has no such customer in this mode.")).toBeVisible();
  await choose.getByLabel("Customer’s id").fill("cus_beta");
  await choose.getByRole("button", { name: "Bill this customer" }).click();
  await expect(unmapped.getByText("None is left")).toBeVisible();
  await expect(card(page, "Accounts and their customers").getByRole("link", { name: "cus_acme" })).toBeVisible(); // prettier-ignore
}

/** Usage that nobody here sent, in an hour in which nothing was. */
async function plantUsage(stripe: FakeStripe): Promise<void> {
  const at = Date.now() - 9 * hourMs;
  const { events } = await stripe.told(account);
  const foreign = { identifier: "foreign", event_name: "llm_tokens", payload: { stripe_customer_id: "cus_acme", value: "500" }, timestamp: Math.floor(at / 1_000), receivedAt: at, cancelled: false, error: null }; // prettier-ignore
  await stripe.told(account, { set: { events: [...events, foreign], now: Date.now() } });
}

test("Stripe is connected, a meter fed, accounts mapped, usage confirmed, and usage that nobody sent is named", async ({
  page,
}) => {
  test.setTimeout(300_000);
  const slug = `stripe-${randomUUID().slice(0, 8)}`;
  const address = process.env.STRIPE_API_URL ?? "";
  const stripe = await startFakeStripe(Number(new URL(address).port));
  try {
    expect(stripe.url).toBe(address);
    await stripe.told(account, {
      set: { now: Date.now(), meters: [sumMeter("mtr_tokens", "llm_tokens")], customers },
    });
    await tenantWithUsage(slug);
    await setUp(page, slug);
    await expectWellMade(page);

    await visit(page, `/${slug}/stripe`);
    await page.getByRole("button", { name: "Run now" }).click();
    const hours = card(page, "Hours of accounts");
    await expect(hours.getByText("confirmed", { exact: true })).toHaveCount(2, { timeout: 90_000 });
    await expect(card(page, "Differences").getByText("No open difference")).toBeVisible();
    const sums = card(page, "What was sent").getByRole("row", { name: /llm_tokens/ });
    await expect(sums.locator('data[value="2468"]')).toHaveCount(2);
    const { events } = await stripe.told(account);
    expect(events.map(({ payload }) => [payload.stripe_customer_id, payload.value]).sort()).toEqual([
      ["cus_acme", "1234"],
      ["cus_beta", "1234"],
    ]);

    await hours.getByRole("button", { name: "acme", exact: true }).click();
    const story = page.getByRole("dialog", { name: "acme" });
    await expect(story.getByText("found in Stripe’s sum of the hour")).toBeVisible();
    await story.getByRole("button", { name: "Ask Stripe for its sum" }).click();
    await expect(story.getByText("They agree.")).toBeVisible();
    await page.keyboard.press("Escape");
    await expect(story).toHaveCount(0);

    await plantUsage(stripe);
    await page.getByRole("button", { name: "Run now" }).click();
    const differences = card(page, "Differences");
    await expect(
      differences.getByText(/Stripe counts 500 more than it accepted from here of/).first(),
    ).toBeVisible({ timeout: 90_000 });
    await expect(differences.getByText("other amount").first()).toBeVisible();
    await expectWellMade(page);

    await visit(page, `/${slug}/settings/stripe`);
    await page.getByRole("button", { name: "Disconnect" }).click();
    await expect(page.getByRole("dialog").getByText("Nothing is under way.")).toBeVisible();
    await page.getByRole("dialog").getByRole("button", { name: "Disconnect Stripe" }).click();
    await expect(page.getByRole("heading", { name: "Connect Stripe" })).toBeVisible();
  } finally {
    // Other journeys know this person as a member of one organisation.
    await ledger("DELETE FROM member USING tenant t WHERE t.tenant_id = member.tenant_id AND t.slug = $1", [slug]); // prettier-ignore
    await stripe.close();
  }
});
