import { randomUUID } from "node:crypto";
import { languages } from "@/app/(dashboard)/[tenant]/get-started/snippets";
import { paste } from "./door";
import { expect, test } from "./fixtures";
import { sumOfLastDays } from "./ledger";
import { exactUsd, hydrated, periodAmount, visit } from "./screen";

test("a new person has a ledger, a key and a first call without help", async ({ page }) => {
  test.setTimeout(120_000);
  await visit(page, "/");
  await page.getByRole("link", { name: "Create an account" }).click();
  await expect(page.getByLabel("Password")).toBeVisible();
  await hydrated(page);
  await page.getByLabel("Name").fill("Ada Newcomer");
  await page.getByLabel("E-mail").fill(`ada-${randomUUID()}@newcomer.example`);
  await page.getByLabel("Password").fill("a few words make one");
  await page.getByRole("button", { name: "Create the account" }).click();

  await expect(page.getByRole("heading", { name: "New organisation" })).toBeVisible();
  await hydrated(page);
  await page.getByLabel("Name").fill("Newcomer Ltd");
  await page.getByRole("button", { name: "Create" }).click();
  await expect(page.getByRole("heading", { name: "Get started", level: 1 })).toBeVisible();
  await hydrated(page);
  const slug = new URL(page.url()).pathname.split("/")[1] ?? "";
  expect(slug).toContain("newcomer");
  await expect(page.getByRole("heading", { name: "Waiting for your first call" })).toBeVisible();

  await page.getByRole("button", { name: "Create an ingest key" }).click();
  const key = (await page.getByText(/^tl_live_/).textContent()) ?? "";
  const snippet = page.getByLabel("curl snippet");
  await expect(snippet).toContainText(`Bearer ${key}`);
  for (const language of languages) {
    await page.getByRole("button", { name: language, exact: true }).click();
    await expect(page.getByLabel(`${language} snippet`)).toContainText(key);
  }
  await page.getByRole("button", { name: "curl", exact: true }).click();

  const answer = await paste((await snippet.textContent()) ?? "");
  expect(answer).toMatchObject({ result: { data: { accepted: 1 } } });
  await expect(page.getByRole("heading", { name: "Calls are arriving" })).toBeVisible();

  await page.getByRole("link", { name: "Open Overview" }).click();
  // A page that is loaded anew before the next one is there stays where it is.
  await expect(page.getByRole("heading", { name: "Overview", level: 1 })).toBeVisible();
  await expect(async () => {
    await page.reload();
    const truth = await sumOfLastDays(slug, 7);
    expect(truth).toMatchObject({ calls: 1, unpricedCalls: 0 });
    expect(await exactUsd(periodAmount(page, 7))).toBe(truth.costUsd);
  }).toPass({ timeout: 60_000, intervals: [1_000] });
});
