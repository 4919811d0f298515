import { randomUUID } from "node:crypto";
import { formatMonth } from "@/app/_format/dates";
import { demoFacts } from "@/tests/setup/demo";
import { sendCall } from "./door";
import { expect, people, test } from "./fixtures";
import { ledger } from "./ledger";
import { type OwnTenant, ownTenant, query } from "./own-tenant";
import { card, exactUsd, sumOfShownDays, visit } from "./screen";

test.use({ person: "owner" });

const firstOfThis = `${new Date().toISOString().slice(0, 7)}-01`;
/** Calls may be 35 days old. */
const lastDay = new Date(Date.parse(`${firstOfThis}T00:00:00Z`) - 86_400_000).toISOString().slice(0, 10);
const lastMonth = lastDay.slice(0, 7);
const name = formatMonth(lastMonth);

/** A tenant of the demo's owner: closing a month of the demo would freeze calls that other journeys change. */
async function tenantWithLastMonth(slug: string): Promise<OwnTenant> {
  const tenant = await ownTenant(slug);
  await ledger(
    "INSERT INTO member (tenant_id, person_id, role) SELECT $1, id, 'owner' FROM person WHERE email = $2",
    [tenant.id, people.owner],
  );
  for (const [n, accountId] of ["acme", "zeta", "acme"].entries()) await send(tenant, `c${String(n)}`, accountId);
  return tenant;
} // prettier-ignore

async function send(tenant: OwnTenant, id: string, accountId: string) {
  const answer = await sendCall(demoFacts().url, tenant.ingestKey, {
    id,
    occurredAt: `${lastDay}T10:00:00Z`,
    provider: "openai",
    model: "gpt-4o",
    accountId,
    feature: "chat",
    usage: { inputTokens: 1_000_000, outputTokens: 100_000 },
  });
  expect(answer.body).toMatchObject({ result: { data: { accepted: 1 } } });
}

/** Until the roll-up has them. */
async function rolledUp(tenant: OwnTenant, calls: number) {
  await expect(async () => {
    const { total, watermark } = await query<{ total: { calls: number }; watermark: { pendingHours: number } }>(
      tenant,
      "reports.spend",
      { from: `${lastMonth}-01`, to: firstOfThis, granularity: "total" },
    );
    expect([total.calls, watermark.pendingHours]).toEqual([calls, 0]);
  }).toPass({ timeout: 120_000, intervals: [1_000] });
} // prettier-ignore

test("a month is closed, matches Overview, is verified, hears of a late call, and is opened again by its owner", async ({
  page,
}) => {
  test.setTimeout(360_000);
  const slug = `month-${randomUUID().slice(0, 8)}`;
  const tenant = await tenantWithLastMonth(slug);
  await rolledUp(tenant, 3);

  await visit(page, `/${slug}/overview?from=${lastMonth}-01&to=${firstOfThis}`);
  await card(page, "Daily spend").getByRole("button", { name: "Table" }).click();
  const spent = await sumOfShownDays(page);

  await visit(page, `/${slug}/statements`);
  const months = card(page, "Months");
  await months.getByRole("button", { name: `Close ${name}` }).click();
  const dialog = page.getByRole("dialog");
  await expect(dialog.getByText("become corrections in the statement of a later month")).toBeVisible();
  await dialog.getByRole("button", { name: "Close the month" }).click();
  await expect(page.getByText("The month is closed.")).toBeVisible();
  await months.getByRole("link", { name, exact: true }).click();

  await expect(page.getByRole("heading", { name: `Statement of ${name}` })).toBeVisible();
  const head = card(page, "What the month came to");
  expect(Number(await exactUsd(head.locator("data").first()))).toBeCloseTo(Number(spent), 2);
  await head.getByRole("button", { name: "Verify" }).click();
  await expect(head.getByText("Intact: 2 lines make the same hash, and sum to the amount.")).toBeVisible();
  await expect(page.getByText("Since it was closed nothing has come")).toBeVisible();
  const file = await page.request.get(
    (await page.getByRole("link", { name: "Download all lines as CSV" }).getAttribute("href")) ?? "",
  );
  expect((await file.text()).trim().split("\n")).toHaveLength(3);

  await send(tenant, "late", "zeta");
  await rolledUp(tenant, 4);
  await page.reload();
  await expect(page.getByText("Since it was closed: 1 late call for")).toBeVisible();

  await visit(page, `/${slug}/statements`);
  await months.getByRole("button", { name: `Open ${name} again` }).click();
  await dialog.getByLabel("Reason").fill("A late call belongs to it.");
  await dialog.getByRole("button", { name: "Open the month" }).click();
  await expect(page.getByText("The month is open again.")).toBeVisible();
  await months.getByRole("button", { name: `Close ${name}` }).click();
  await dialog.getByRole("button", { name: "Close the month" }).click();
  await expect(page.getByText("The month is closed.")).toBeVisible();
  // Until then the row leads to the revision before.
  await expect(months.getByRole("button", { name: `Open ${name} again` })).toBeVisible();
  await months.getByRole("link", { name, exact: true }).click();
  await expect(page.getByText("Revision 2, taken")).toBeVisible();
  await page.getByRole("link", { name: "revision 1" }).click();
  await expect(page.getByText("“A late call belongs to it.”")).toBeVisible();
});
