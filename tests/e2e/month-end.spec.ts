import { execFile } from "node:child_process";
import { randomUUID } from "node:crypto";
import { existsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import type { Page } from "@playwright/test";
import { parse } from "csv-parse/sync";
import { formatMonth } from "@/app/_format/dates";
import { unzip } from "@/server/evidence/unzip";
import { root } from "@/server/launch/root";
import { makeTemporaryFolder } from "@/tests/setup/temporary-folder";
import { expect, people, test } from "./fixtures";
import { addUsd, dataFolder, ledger } from "./ledger";
import { type OwnTenant, ownTenant, query } from "./own-tenant";
import { card, visit } from "./screen";

test.use({ person: "owner" });

const run = promisify(execFile);
const monthBefore = (month: string, back: number) => {
  const [year = 0, number = 0] = month.split("-").map(Number);
  return new Date(Date.UTC(year, number - 1 - back, 1)).toISOString().slice(0, 7);
};
const running = new Date().toISOString().slice(0, 7);
/** Two months that are over: what comes late to the first is corrected by the second. */
const [first, second] = [monthBefore(running, 2), monthBefore(running, 1)];
const [firstName, secondName] = [formatMonth(first), formatMonth(second)];

interface Sent {
  id: string;
  at: string;
  account: string;
  tokens: number;
}

/** Calls of any age, as finance would bring them in. */
async function bringIn(slug: string, calls: readonly Sent[]): Promise<void> {
  const file = join(makeTemporaryFolder("month-end"), "calls.csv");
  const rows = calls.map(({ id, at, account, tokens }) => `${id},${at},${account},${String(tokens)},100`);
  writeFileSync(file, `call,happened,account,sent,made\n${rows.join("\n")}\n`);
  const map = ["id=call", "occurredAt=happened", "accountId=account", "usage.inputTokens=sent", "usage.outputTokens=made"]; // prettier-ignore
  const set = ["provider=openai", "model=gpt-4o", "feature=chat"];
  const options = [...map.flatMap((pair) => ["--map", pair]), ...set.flatMap((pair) => ["--set", pair])];
  const args = ["--import", "tsx", "server/imports/cli.ts", file, "--tenant", slug, ...options];
  // Not the whole environment: a DATABASE_URL in it would win over the data folder.
  const env = { NODE_ENV: "production", PATH: process.env.PATH, DATA_DIR: dataFolder() } as const;
  await run(process.execPath, args, { cwd: root, env });
}

async function rolledUp(tenant: OwnTenant, calls: number): Promise<void> {
  await expect(async () => {
    const { total, watermark } = await query<{
      total: { calls: number };
      watermark: { pendingHours: number };
    }>(tenant, "reports.spend", { from: `${first}-01`, to: `${running}-01`, granularity: "total" });
    expect([total.calls, watermark.pendingHours]).toEqual([calls, 0]);
  }).toPass({ timeout: 120_000, intervals: [1_000] });
}

async function close(page: Page, slug: string, name: string): Promise<void> {
  await visit(page, `/${slug}/statements`);
  await page.getByRole("button", { name: `Close ${name}` }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Close the month" }).click();
  await expect(page.getByText("The month is closed.")).toBeVisible();
}

/** A plan at cost with a fee, for every account. */
async function makePlan(page: Page, slug: string): Promise<void> {
  await visit(page, `/${slug}/invoices/plans/new`);
  await page.getByLabel("Name", { exact: true }).fill("Standard");
  await page.getByRole("button", { name: "Make the plan" }).click();
  await expect(page.getByText("The plan is there.")).toBeVisible();
  await visit(page, `/${slug}/invoices/issuer`);
  const details = card(page, "Your details");
  await details.getByLabel("Name", { exact: true }).fill("Month End Ltd");
  await details.getByLabel("Default plan").selectOption("Standard");
  await details.getByRole("button", { name: "Save" }).click();
  await expect(page.getByText("Saved. Drafts take it")).toBeVisible();
}

test("finance closes a month, sees it match, takes it along, and meets a late call as a correction", async ({
  page,
}) => {
  test.setTimeout(480_000);
  const slug = `end-${randomUUID().slice(0, 8)}`;
  const tenant = await ownTenant(slug);
  await ledger(
    "INSERT INTO member (tenant_id, person_id, role) SELECT $1, id, 'owner' FROM person WHERE email = $2",
    [tenant.id, people.owner],
  );
  await bringIn(slug, [
    { id: "a1", at: `${first}-05T10:00:00Z`, account: "acme", tokens: 1_000_003 },
    { id: "a2", at: `${first}-06T10:00:00Z`, account: "zeta", tokens: 2_000_001 },
    { id: "a3", at: `${first}-27T23:30:00Z`, account: "acme", tokens: 400_007 },
    { id: "b1", at: `${second}-05T10:00:00Z`, account: "zeta", tokens: 500_009 },
  ]);
  await rolledUp(tenant, 4);
  const dialog = page.getByRole("dialog");

  // Closed, and every figure that there is agrees.
  await close(page, slug, firstName);
  const reconciliation = `/${slug}/reconciliation?month=${first}`;
  await visit(page, reconciliation);
  await expect(page.getByRole("heading", { name: `${firstName}: every figure agrees` })).toBeVisible();
  await expect(page.getByText("Nothing is held against Stripe, Invoices, Bill of openai.")).toBeVisible();
  await expect(page.getByText("No bill of openai is read.")).toBeVisible();
  const chain = card(page, "From the calls to the invoices");
  const figureOf = async (step: string) =>
    (await chain.getByRole("listitem").filter({ has: page.getByRole("heading", { name: step, exact: true }) }).locator("data").first().getAttribute("value")) ?? ""; // prettier-ignore
  const [{ usd } = { usd: "" }] = await ledger<{ usd: string }>(
    "SELECT trim_scale(sum(cost_usd))::text AS usd FROM call WHERE tenant_id = $1 AND occurred_at < $2::timestamptz",
    [tenant.id, `${second}-01T00:00:00Z`],
  );
  for (const step of ["Calls, one by one", "Roll-ups", "Statement"]) expect(await figureOf(step)).toBe(usd);

  // Invoiced: both accounts, and the chain goes on.
  await makePlan(page, slug);
  await visit(page, `/${slug}/invoices?month=${first}`);
  await page.getByRole("button", { name: "Make drafts" }).click();
  await expect(page.getByText("2 drafts made.")).toBeVisible();
  await visit(page, reconciliation);
  await expect(page.getByText("2 invoices are still a draft.")).toBeVisible();
  await visit(page, `/${slug}/invoices?month=${first}`);
  await page.getByRole("button", { name: "Finalise all 2 drafts" }).click();
  await dialog.getByRole("button", { name: "Give them numbers" }).click();
  await expect(page.getByText("2 invoices final.")).toBeVisible();
  await visit(page, reconciliation);
  await expect(page.getByRole("heading", { name: `${firstName}: every figure agrees` })).toBeVisible();
  expect(await figureOf("Invoices")).toBe(usd);
  await page.getByRole("button", { name: "Show accounts" }).click();
  await expect(card(page, "Account by account").getByRole("cell", { name: /INV-\d{4}-0001/ })).toBeVisible();

  // Taken along: the invoice as a PDF, the month as FOCUS, and the pack that recomputes from an empty folder.
  await visit(page, `/${slug}/invoices?month=${first}`);
  await card(page, `Invoices of ${firstName}`).getByRole("link", { name: "acme" }).click();
  await expect(page.getByRole("heading", { level: 1, name: /^INV-\d{4}-000[12]$/ })).toBeVisible();
  const pdfLink = page.getByRole("link", { name: /^Download INV-\d{4}-000[12] as PDF$/ });
  const pdf = await page.request.get((await pdfLink.getAttribute("href")) ?? "");
  expect((await pdf.body()).subarray(0, 5).toString()).toBe("%PDF-");
  await visit(page, `/${slug}/statements/${first}`);
  const files = card(page, "Take it with you");
  const take = async (name: string) =>
    page.request.get((await files.getByRole("link", { name, exact: true }).getAttribute("href")) ?? "");
  const focus = await take("FOCUS as CSV");
  expect(focus.ok()).toBe(true);
  const rows = parse<Record<string, string>>(await focus.text(), { columns: true, bom: true });
  expect(addUsd(rows.map(({ BilledCost }) => BilledCost ?? ""))).toBe(usd);
  const pack = await take("Evidence pack");
  expect(pack.ok()).toBe(true);
  const folder = makeTemporaryFolder("evidence");
  const zip = join(makeTemporaryFolder("evidence-zip"), "pack.zip");
  writeFileSync(zip, await pack.body());
  await unzip(zip, folder);
  expect(existsSync(join(folder, "manifest.json"))).toBe(true);
  const told = await run(process.execPath, ["recompute.mjs"], { cwd: folder, env: { PATH: process.env.PATH ?? "", NODE_ENV: "production" } }); // prettier-ignore
  const [{ amount } = { amount: "" }] = await ledger<{ amount: string }>(
    "SELECT amount_usd::text AS amount FROM statement WHERE tenant_id = $1",
    [tenant.id],
  );
  expect(told.stdout).toContain(`Total: ${amount} USD`);

  // A call that comes late is a difference with an owner …
  await bringIn(slug, [{ id: "late", at: `${first}-20T10:00:00Z`, account: "acme", tokens: 3_000_000 }]);
  await rolledUp(tenant, 5);
  await visit(page, `/${slug}/statements/${first}`);
  await expect(page.getByText("Since it was closed: 1 late call for")).toBeVisible();
  await visit(page, reconciliation);
  await expect(page.getByRole("heading", { name: `${firstName}: 1 difference` })).toBeVisible();
  const differences = card(page, "Differences");
  await expect(differences.getByText("1 call came after the month was closed.")).toBeVisible();
  await differences.getByRole("button", { name: "Assign Late usage (Statement)" }).click();
  // The first is nobody, the second the tenant's only member.
  await dialog.getByLabel("Owner").selectOption({ index: 1 });
  await dialog.getByLabel("Due").fill(`${second}-10`);
  await dialog.getByLabel("Note").fill("A forgotten export.");
  await dialog.getByRole("button", { name: "Save" }).click();
  await expect(differences.getByText("“A forgotten export.”")).toBeVisible();
  await expect(differences.getByText(/^overdue since 10 /)).toBeVisible();
  await expect(page.getByText("All have an owner, 1 overdue.")).toBeVisible();
  await differences.getByRole("button", { name: "Settle Late usage (Statement)" }).click();
  await dialog.getByLabel("Why it is in order").fill(`${secondName} has it.`);
  await dialog.getByRole("button", { name: "Settle it" }).click();
  await expect(
    page.getByRole("heading", { name: `${firstName}: every difference is settled` }),
  ).toBeVisible();

  // … until the next statement has it as a correction.
  await close(page, slug, secondName);
  await visit(page, `/${slug}/statements/${second}`);
  await expect(
    card(page, "Corrections of earlier months").getByText(`${firstName}: 1 late call,`),
  ).toBeVisible();
  await visit(page, reconciliation);
  await expect(page.getByRole("heading", { name: `${firstName}: every figure agrees` })).toBeVisible();
  await expect(differences.getByText("Gone when looked at")).toBeVisible();
  expect(await figureOf("Statement")).toBe(await figureOf("Calls, one by one"));
});
