import { randomUUID } from "node:crypto";
import { formatMonth } from "@/app/_format/dates";
import { demoFacts } from "@/tests/setup/demo";
import { sendCall } from "./door";
import { expect, people, test } from "./fixtures";
import { addUsd, ledger } from "./ledger";
import { type OwnTenant, ownTenant, query } from "./own-tenant";
import { card, visit } from "./screen";

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
  for (const [n, accountId] of ["north", "south", "north"].entries()) {
    const answer = await sendCall(demoFacts().url, tenant.ingestKey, {
      id: `c${String(n)}`,
      occurredAt: `${lastDay}T10:00:00Z`,
      provider: "openai",
      model: "gpt-4o",
      accountId,
      feature: "chat",
      usage: { inputTokens: 1_000_000, outputTokens: 100_000 },
    });
    expect(answer.body).toMatchObject({ result: { data: { accepted: 1 } } });
  }
  await expect(async () => {
    const { total, watermark } = await query<{ total: { calls: number }; watermark: { pendingHours: number } }>(
      tenant,
      "reports.spend",
      { from: `${lastMonth}-01`, to: firstOfThis, granularity: "total" },
    );
    expect([total.calls, watermark.pendingHours]).toEqual([3, 0]);
  }).toPass({ timeout: 120_000, intervals: [1_000] });
  return tenant;
} // prettier-ignore

test("a plan bills a closed month: drafts, numbers, a PDF, a void one and its replacement", async ({
  page,
}) => {
  test.setTimeout(360_000);
  const slug = `bills-${randomUUID().slice(0, 8)}`;
  await tenantWithLastMonth(slug);
  const dialog = page.getByRole("dialog");

  await visit(page, `/${slug}/invoices`);
  await expect(page.getByRole("heading", { name: "No closed month yet" })).toBeVisible();
  await visit(page, `/${slug}/statements`);
  await page.getByRole("button", { name: `Close ${name}` }).click();
  await dialog.getByRole("button", { name: "Close the month" }).click();
  await expect(page.getByText("The month is closed.")).toBeVisible();

  await visit(page, `/${slug}/invoices/plans/new`);
  await page.getByRole("button", { name: "Make the plan" }).click();
  await expect(page.getByLabel("Name", { exact: true })).toBeFocused();
  await page.getByLabel("Name", { exact: true }).fill("Starter");
  await page.getByRole("button", { name: "Add a component" }).click();
  await page.getByRole("group", { name: "Component 2" }).getByLabel("USD a month").fill("49");
  const preview = card(page, `${name} by this plan`);
  await expect(preview.getByText("All 2 accounts")).toBeVisible();
  await expect(preview.getByText("Monthly fee")).toBeVisible();
  // What was typed outlives leaving the screen.
  await visit(page, `/${slug}/invoices/plans`);
  await visit(page, `/${slug}/invoices/plans/new`);
  await expect(page.getByLabel("Name", { exact: true })).toHaveValue("Starter");
  await page.getByRole("button", { name: "Make the plan" }).click();
  await expect(page.getByText("The plan is there.")).toBeVisible();
  await expect(page.getByRole("heading", { name: "Starter", level: 1 })).toBeVisible();

  await visit(page, `/${slug}/invoices/issuer`);
  const details = card(page, "Your details");
  await details.getByLabel("Name", { exact: true }).fill("Billing & Söhne");
  await details.getByLabel("Default plan").selectOption("Starter");
  await details.getByRole("button", { name: "Save" }).click();
  await expect(page.getByText("Saved. Drafts take it")).toBeVisible();

  await visit(page, `/${slug}/invoices/accounts`);
  await page.getByRole("button", { name: "north", exact: true }).click();
  await dialog.getByLabel("Name on the invoice").fill("Nørd ApS");
  await dialog.getByLabel("E-mail").fill("nobody");
  await dialog.getByRole("button", { name: "Save" }).click();
  await expect(dialog.getByText("Must be an e-mail address.")).toBeVisible();
  await dialog.getByLabel("E-mail").fill("pay@north.example");
  await dialog.getByRole("button", { name: "Save" }).click();
  await expect(page.getByText("How north is billed was saved.")).toBeVisible();

  await visit(page, `/${slug}/invoices`);
  await page.getByRole("button", { name: "Make drafts" }).click();
  await expect(page.getByText("2 drafts made.")).toBeVisible();
  const summary = card(page, `What became of ${name}`);
  await expect(summary.getByText("All that the statement has is on an invoice.")).toBeVisible();
  const list = card(page, `Invoices of ${name}`);
  await expect(list.getByText("draft", { exact: true })).toHaveCount(2);

  await list.getByRole("link", { name: "Nørd ApS" }).click();
  await expect(page.getByText("Draft, not an invoice yet")).toBeVisible();
  await page.getByRole("button", { name: "Add a line" }).click();
  await dialog.getByLabel("Description").fill("Goodwill");
  await dialog.getByLabel("Amount in USD").fill("-2.50");
  await dialog.getByRole("button", { name: "Add the line" }).click();
  await expect(page.getByText("The line was added.")).toBeVisible();
  const paper = page.getByRole("table", { name: "Lines of the draft" });
  await expect(paper.locator("tbody tr")).toHaveCount(3);
  const valuesOf = (rows: string) =>
    paper.locator(rows).evaluateAll((all) => all.map((one) => one.getAttribute("value") ?? ""));
  const total = (await valuesOf("tfoot tr:last-child data"))[0] ?? "";
  expect(addUsd(await valuesOf("tbody data"))).toBe(addUsd([total]));

  await page.getByRole("button", { name: "Finalise", exact: true }).click();
  await expect(dialog).toContainText("This cannot be undone");
  await dialog.getByRole("button", { name: "Give it a number" }).click();
  await expect(page.getByText(/^INV-\d{4}-0001 is final\.$/)).toBeVisible();
  const title = page.getByRole("heading", { level: 1 });
  await expect(title).toHaveText(/^INV-\d{4}-0001$/);
  const number = (await title.textContent()) ?? "";
  await expect(page.getByRole("button", { name: "Add a line" })).toHaveCount(0);
  await page.getByRole("button", { name: "Verify" }).click();
  await expect(page.getByText("Intact: what is stored makes the same hash.")).toBeVisible();

  const hrefOf = async (format: string) =>
    (await page.getByRole("link", { name: `Download ${number} as ${format}` }).getAttribute("href")) ?? "";
  const pdf = await page.request.get(await hrefOf("PDF"));
  expect(pdf.headers()["content-type"]).toContain("application/pdf");
  expect((await pdf.body()).subarray(0, 5).toString()).toBe("%PDF-");
  const json = (await (await page.request.get(await hrefOf("JSON"))).json()) as { totalUsd: string };
  expect(addUsd([json.totalUsd])).toBe(addUsd([total]));

  await page.getByRole("link", { name: `← Invoices of ${name}` }).click();
  await page.getByRole("button", { name: "Finalise the draft" }).click();
  await expect(dialog).toContainText("1 invoice for");
  await dialog.getByRole("button", { name: "Give it a number" }).click();
  await expect(page.getByText("1 invoice final.")).toBeVisible();
  await expect(list.getByText(/INV-\d{4}-0002/)).toBeVisible();

  await list.getByRole("link", { name: "Nørd ApS" }).click();
  await page.getByRole("button", { name: "Void it" }).click();
  await expect(dialog.getByRole("button", { name: "Void the invoice" })).toBeDisabled();
  await dialog.getByLabel("Reason").fill("The goodwill was promised to another one.");
  await dialog.getByRole("button", { name: "Void the invoice" }).click();
  await expect(page.getByText("“The goodwill was promised to another one.”")).toBeVisible();
  await page.getByRole("button", { name: "Replace by a new draft" }).click();
  await expect(page.getByRole("heading", { name: `Draft of north, ${name}`, level: 1 })).toBeVisible();
  await expect(page.getByRole("link", { name: number })).toBeVisible();
});
