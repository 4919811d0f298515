import type { Locator, Page, Response } from "@playwright/test";
import { expect } from "./fixtures";
import { isHydrated } from "./is-hydrated";
import { addUsd, plainUsd } from "./ledger";

/** Waits until React has taken over what the server painted: before that a click on it is lost. */
export async function hydrated(page: Page): Promise<void> {
  await page.waitForFunction(isHydrated);
}

/** Opens a page as far as a person waits before using it. */
export async function visit(page: Page, path: string): Promise<Response | null> {
  const response = await page.goto(path);
  await hydrated(page);
  return response;
}

/** The box with this heading. */
export function card(page: Page, title: string): Locator {
  return page.locator("section").filter({ has: page.getByRole("heading", { name: title, exact: true }) });
}

/** Every digit of an amount, as its tooltip shows it. */
export async function exactUsd(amount: Locator): Promise<string> {
  return plainUsd((await amount.getAttribute("title")) ?? "");
}

/** Picks one of the usual ranges from the menu of the scope. */
export async function chooseRange(page: Page, name: string): Promise<void> {
  await page.getByRole("button", { name: /^Range:/ }).click();
  await page.getByRole("list", { name: "Usual ranges" }).getByRole("button", { name }).click();
}

/** Narrows the screen to one value of a tag, named as the form names it. */
export async function addFilter(page: Page, tag: string, value: string): Promise<void> {
  await page.getByRole("button", { name: "Add a filter" }).click();
  const form = page.getByRole("dialog", { name: "Add a filter" });
  await form.getByLabel("Filter by").selectOption(tag);
  await form.getByRole("combobox", { name: `${tag} is` }).fill(value);
  await form.getByRole("option", { name: value }).first().click();
}

/** The figure of "Last 7 days" or "Last 30 days". */
export function periodAmount(page: Page, days: number): Locator {
  return card(page, `Last ${String(days)} days`)
    .locator("data")
    .first();
}

/** What the days of Overview's table add up to, to the last digit. */
export async function sumOfShownDays(page: Page): Promise<string> {
  const amounts = card(page, "Daily spend").getByRole("row").locator("td:nth-child(2) data");
  return addUsd(await amounts.evaluateAll((all) => all.map((one) => one.getAttribute("title") ?? "")));
}

/** The formula in an opened call: its lines and what it says they add up to. */
export async function formulaOf(drawer: Locator): Promise<{ lines: string[]; sum: string }> {
  const table = drawer.getByRole("table", { name: "How the cost adds up" });
  await expect(table).toBeVisible();
  const lines = await table.locator("tbody tr td:last-child").allTextContents();
  const sum = await table.locator("tfoot td").last().textContent();
  return { lines: lines.map(plainUsd), sum: plainUsd(sum ?? "") };
}
