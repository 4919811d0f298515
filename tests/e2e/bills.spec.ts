import { randomUUID } from "node:crypto";
import type { Page } from "@playwright/test";
import { formatDay, formatDayLong, formatMonth } from "@/app/_format/dates";
import { demoFacts } from "@/tests/setup/demo";
import { sendCall } from "./door";
import { expect, people, test } from "./fixtures";
import { ledger } from "./ledger";
import { ownTenant } from "./own-tenant";
import { card, visit } from "./screen";

test.use({ person: "owner" });

const dayBefore = (day: string) =>
  new Date(Date.parse(`${day}T00:00:00Z`) - 86_400_000).toISOString().slice(0, 10);
/** Of the month before, which is over; calls may be 35 days old. */
const lastDay = dayBefore(`${new Date().toISOString().slice(0, 7)}-01`);
const month = lastDay.slice(0, 7);
const name = formatMonth(month);
const labDay = dayBefore(lastDay);

/** OpenAI's cost export of the month: what the ledger has, a project that it lacks, and tax. */
function costExport(tax: string): string {
  const row = (day: string, amount: string, tokens: string, item: string, project: string) =>
    `${String(Date.parse(`${day}T00:00:00Z`) / 1_000)},,${day}T00:00:00Z,,${amount},${amount === "" ? "" : "usd"},${tokens},${tokens === "" ? "" : "tokens"},"${item}",,,${project},org-e2e,,,,`;
  return [
    "start_time,end_time,start_time_iso,end_time_iso,amount_value,amount_currency,quantity,quantity_unit,line_item,user_id,api_key_id,project_id,organization_id,project_name,organization_name,user_email,api_source",
    row(`${month}-01`, "", "", "", ""),
    row(labDay, "1.00", "400000", "gpt-4o, input", "proj_lab"),
    row(labDay, "0.10", "10000", "gpt-4o, output", "proj_lab"),
    row(lastDay, "2.50", "1000000", "gpt-4o, input", "proj_app"),
    row(lastDay, "1.00", "100000", "gpt-4o, output", "proj_app"),
    row(lastDay, tax, "", "Sales tax", ""),
    "",
  ].join("\n");
}

async function addBill(page: Page, fileName: string, text: string): Promise<void> {
  await page
    .getByLabel("Bill to add")
    .setInputFiles({ name: fileName, mimeType: "text/csv", buffer: Buffer.from(text) });
  const files = card(page, "Files");
  await expect(files.getByText("OpenAI cost export of OpenAI")).toBeVisible();
  await files.getByRole("checkbox", { name: /The provider has sent the invoice/ }).check();
  await files.getByRole("button", { name: "Add the bill" }).click();
  await expect(page.getByText("The bill was added.").first()).toBeVisible();
}

test("a bill comes as a file, its differences are explained, it is signed off, and a correction opens it again", async ({
  page,
}) => {
  const slug = `bills-${randomUUID().slice(0, 8)}`;
  const tenant = await ownTenant(slug);
  await ledger(
    "INSERT INTO member (tenant_id, person_id, role) SELECT $1, id, 'owner' FROM person WHERE email = $2",
    [tenant.id, people.owner],
  );
  const answer = await sendCall(demoFacts().url, tenant.ingestKey, {
    id: "billed",
    occurredAt: `${lastDay}T10:00:00Z`,
    provider: "openai",
    model: "gpt-4o",
    usage: { inputTokens: 1_000_000, outputTokens: 100_000 },
  });
  expect(answer.body).toMatchObject({ result: { data: { accepted: 1 } } });

  await visit(page, `/${slug}/bills`);
  await expect(page.getByRole("heading", { name: "No bill yet" })).toBeVisible();
  await addBill(page, "october.csv", costExport("0.36"));

  const why = card(page, "Why they differ");
  await expect(why.getByRole("row", { name: /^Not in the ledger/ })).toContainText("+$1.10");
  await expect(why.getByRole("row", { name: /^Tax or credit/ })).toContainText("+$0.36");
  await expect(why.getByRole("row", { name: /^Unexplained/ })).toHaveCount(0);

  await card(page, "Days")
    .getByRole("link", { name: formatDay(labDay), exact: true })
    .click();
  const day = card(page, formatDayLong(labDay));
  await expect(day.getByText("its calls were never sent here").first()).toBeVisible();
  await expect(day.getByRole("row", { name: /gpt-4o/ })).toHaveCount(2);

  await page.getByRole("button", { name: `Sign off ${name}` }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("Number of the provider’s invoice").fill("INV-42");
  await dialog.getByLabel("Note").fill("The lab pays its own.");
  await dialog.getByRole("button", { name: "Sign off", exact: true }).click();
  await expect(page.getByText("The month is signed off.")).toBeVisible();
  const signOff = card(page, "Sign-off");
  await expect(signOff.getByText("The provider’s invoice INV-42.")).toBeVisible();
  await expect(signOff.getByText("signed off", { exact: true })).toBeVisible();

  await addBill(page, "october-corrected.csv", costExport("0.40"));
  await expect(signOff.getByText("open again", { exact: true })).toBeVisible();
  await expect(signOff.getByText("the bill changed by +$0.04")).toBeVisible();
});

test("a file with a bad row is refused with its line, and nothing of it counts", async ({ page }) => {
  const slug = `bills-${randomUUID().slice(0, 8)}`;
  const tenant = await ownTenant(slug);
  await ledger(
    "INSERT INTO member (tenant_id, person_id, role) SELECT $1, id, 'owner' FROM person WHERE email = $2",
    [tenant.id, people.owner],
  );
  await visit(page, `/${slug}/bills`);
  await page.getByLabel("Bill to add").setInputFiles({
    name: "bad.csv",
    mimeType: "text/csv",
    buffer: Buffer.from(costExport("0,36").replace("2.50", "2.5O")),
  });
  const files = card(page, "Files");
  await expect(files.getByText("rows cannot be read")).toBeVisible();
  await expect(files.getByRole("button", { name: "Add the bill" })).toBeDisabled();
  await files.getByRole("button", { name: "Cancel" }).click();
  await expect(page.getByRole("heading", { name: "No bill yet" })).toBeVisible();
});
