import { randomUUID } from "node:crypto";
import type { Page } from "@playwright/test";
import { namelessParts, overflow, unlabelledFields } from "./accessibility";
import { expect, test } from "./fixtures";
import { lastDays, ledger, only, sumOfLastDays } from "./ledger";
import { addFilter, card, exactUsd, hydrated, visit } from "./screen";

test.use({ person: "owner" });

/** Figures of today grow while they are looked at. */
const soon = { timeout: 60_000, intervals: [1_000] };

/** What the table of Features says that all of them cost. */
const totalOf = async (page: Page) =>
  exactUsd(card(page, "What each feature costs").locator("tfoot data").first());

const sumWhere = async (days: number, where: string, values: unknown[] = []) =>
  only(
    await ledger<{ cost: string; calls: number }>(
      `SELECT trim_scale(coalesce(sum(cost_usd), 0))::text AS cost, count(*)::int AS calls ${lastDays} AND ${where}`,
      ["demo", days, ...values],
    ),
  );

test("keys move the range, and the figures with it", async ({ page }) => {
  test.setTimeout(150_000);
  await visit(page, "/demo/features");
  await page.keyboard.press("w");
  await expect(page).toHaveURL("/demo/features?range=7d");
  await expect(async () => expect(await totalOf(page)).toBe((await sumOfLastDays("demo", 7)).costUsd)).toPass(soon); // prettier-ignore

  await page.keyboard.press("ArrowLeft");
  await expect(page).toHaveURL(/\/demo\/features\?from=[\d-]+&to=[\d-]+$/);
  const before = only(
    await ledger<{ cost: string }>(
      `SELECT trim_scale(sum(cost_usd))::text AS cost FROM call JOIN tenant USING (tenant_id) WHERE slug = 'demo'
       AND (now() AT TIME ZONE time_zone)::date - (occurred_at AT TIME ZONE time_zone)::date BETWEEN 7 AND 13`,
    ),
  );
  await expect(async () => expect(await totalOf(page)).toBe(before.cost)).toPass(soon);
  await page.keyboard.press("ArrowRight");
  await expect(page).toHaveURL("/demo/features?range=7d");
  const beyond = page.getByRole("button", { name: "The period after" });
  await expect(beyond).toBeDisabled();

  for (const [key, query] of [
    ["d", "range=today"],
    ["e", "range=yesterday"],
    ["m", "range=mtd"],
    ["p", "range=last-month"],
    ["y", "range=12mo"],
    ["a", "range=all"],
    ["t", "range=30d"],
    ["x", "range=30d&compare=off"],
  ] as const) {
    await page.keyboard.press(key);
    await expect(page).toHaveURL(`/demo/features?${query}`);
  }
  await page.keyboard.press("c");
  await expect(page.getByRole("dialog", { name: /^Range:/ }).getByRole("grid")).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(page.getByRole("button", { name: /^Range:/ })).toBeFocused();
});

test("letters typed into a field are letters, and single keys can be switched off", async ({ page }) => {
  await visit(page, "/demo/features");
  await page.getByRole("button", { name: "Add a filter" }).click();
  await page.getByRole("combobox", { name: "Feature is" }).fill("");
  await page.keyboard.type("wtm");
  await page.keyboard.press("Escape");
  await expect(page).toHaveURL("/demo/features");
  await page.keyboard.press("?");
  const help = page.getByRole("dialog", { name: "Keyboard shortcuts" });
  await help.getByLabel("Single keys are shortcuts").uncheck();
  await page.keyboard.press("Escape");
  await expect(help).toHaveCount(0);
  await page.keyboard.press("w");
  await expect(page).toHaveURL("/demo/features");
  await page.keyboard.press("Control+k");
  await expect(page.getByRole("dialog", { name: "Search and commands" })).toBeVisible();
});

test("filters are the ledger's own conditions, from screen to screen and down to the calls", async ({
  page,
}) => {
  test.setTimeout(150_000);
  await visit(page, "/demo/features?range=7d");
  const [dearest, second] = await ledger<{ feature: string }>(
    `SELECT feature ${lastDays} AND feature IS NOT NULL GROUP BY 1 ORDER BY sum(cost_usd) DESC NULLS LAST LIMIT 2`,
    ["demo", 7],
  );
  const names = [dearest?.feature ?? "", second?.feature ?? ""];
  await page.getByRole("button", { name: "Add a filter" }).click();
  await expect(page.getByRole("listbox").getByRole("option").first()).toContainText(names[0] ?? "");
  await page.keyboard.press("Escape");
  for (const name of names) await addFilter(page, "Feature", name);
  await expect(page).toHaveURL(
    `/demo/features?range=7d&f=feature:${names[0] ?? ""}&f=feature:${names[1] ?? ""}`,
  );
  await expect(async () => {
    expect(await totalOf(page)).toBe((await sumWhere(7, "feature = ANY ($3)", [names])).cost);
  }).toPass(soon);

  await page.getByRole("button", { name: "is", exact: true }).first().click();
  await page.getByRole("button", { name: `Remove Feature is ${names[1] ?? ""}` }).click();
  await expect(async () => {
    expect(await totalOf(page)).toBe((await sumWhere(7, "feature IS DISTINCT FROM $3", [names[0]])).cost);
  }).toPass(soon);

  await page.getByRole("navigation", { name: "Main" }).first().getByRole("link", { name: "Calls" }).click();
  await expect(page).toHaveURL(`/demo/calls?range=7d&f=-feature:${names[0] ?? ""}`);
  await expect(async () => {
    const { cost, calls } = await sumWhere(7, "feature IS DISTINCT FROM $3", [names[0]]);
    const total = page.getByRole("region", { name: "Total of these days" });
    await expect(total).toContainText(`${calls.toLocaleString("en-US")} calls`);
    expect(await exactUsd(total.locator("data"))).toBe(cost);
  }).toPass(soon);

  await page.goBack();
  await hydrated(page);
  await page.keyboard.press("Escape");
  await expect(page).toHaveURL("/demo/features?range=7d");
});

test("what the address says and nobody understands is told, not dropped", async ({ page }) => {
  await visit(page, "/demo/features?from=2026-02-30&to=2026-03-05&f=colour:red&f=feature:x");
  await expect(
    page.getByText("Not understood here, and left out: 2026-02-30 – 2026-03-05, colour:red"),
  ).toBeVisible();
  await visit(page, "/demo/features?f=user:x&f=prompt:y");
  await page.getByRole("link", { name: "Show these calls" }).click();
  await expect(page).toHaveURL("/demo/calls?f=user:x&f=prompt:y");
});

test("the palette finds a feature by its name, and takes one anywhere", async ({ page }) => {
  const { feature } = only(
    await ledger<{ feature: string }>(
      `SELECT feature ${lastDays} AND feature IS NOT NULL GROUP BY 1 ORDER BY sum(cost_usd) DESC NULLS LAST LIMIT 1`,
      ["demo", 30],
    ),
  );
  await visit(page, "/demo/prices");
  const palette = page.getByRole("dialog", { name: "Search and commands" });
  const ask = async (words: string) => {
    await page.keyboard.press("Control+k");
    await expect(palette.getByRole("combobox")).toBeFocused();
    await page.keyboard.type(words);
  };
  await ask(feature);
  await palette.getByRole("option", { name: feature }).first().click();
  await expect(page).toHaveURL(`/demo/features?f=feature:${feature}`);
  await expect(page.getByRole("list", { name: "Filters" })).toContainText(feature);
  await hydrated(page);
  // Faster than it opens: not a letter is lost, and none of them is a key of the screen's.
  await page.keyboard.press("Control+k");
  await page.keyboard.type("last 7");
  await expect(palette.getByRole("combobox")).toHaveValue("last 7");
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/range=7d/);
  await ask("api key");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("dialog", { name: /key/i })).toBeVisible();
});

test("views: kept, shared, opened from anywhere, and back after they were deleted", async ({
  page,
  openElsewhere,
  sessionOf,
}) => {
  test.setTimeout(90_000);
  const id = randomUUID().slice(0, 8);
  const save = async (name: string, isShared: boolean) => {
    await page.getByRole("button", { name: "Views" }).click();
    await page.getByRole("button", { name: "Save this view" }).click();
    const dialog = page.getByRole("dialog", { name: "Save this view" });
    await dialog.getByLabel("Name").fill(name);
    if (isShared) await dialog.getByRole("checkbox").check();
    await dialog.getByRole("button", { name: "Save" }).click();
    await expect(dialog).toHaveCount(0);
  };
  await visit(page, "/demo/features?range=7d&f=-team:&call=nothing");
  await save(`Mine ${id}`, false);
  await save(`Ours ${id}`, true);

  await visit(page, "/demo/overview");
  await page.getByRole("button", { name: "Views" }).click();
  await page.getByRole("link", { name: `Ours ${id}` }).click();
  await expect(page).toHaveURL(/\/demo\/features\?range=7d&f=-team(:|%3A)$/);

  await hydrated(page);
  await page.getByRole("button", { name: "Views" }).click();
  await page.getByRole("button", { name: `Delete Ours ${id}` }).click();
  await expect(page.getByRole("link", { name: `Ours ${id}` })).toHaveCount(0);
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(page.getByText(`“Ours ${id}” is back.`)).toBeVisible();

  const elsewhere = await openElsewhere();
  await elsewhere.context().addCookies((await sessionOf("viewer")).cookies);
  await visit(elsewhere, "/demo/features");
  await elsewhere.getByRole("button", { name: "Views" }).click();
  await expect(elsewhere.getByRole("link", { name: `Ours ${id}` })).toBeVisible();
  await expect(elsewhere.getByRole("button", { name: `Delete Ours ${id}` })).toHaveCount(0);
  await expect(elsewhere.getByRole("link", { name: `Mine ${id}` })).toHaveCount(0);
});

test("the bar and its panels fit a phone, with names for all that can be pressed", async ({ page }, info) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await visit(
    page,
    "/demo/features?f=feature:chat&f=-user:x&f=model:~a-value-that-is-longer-than-a-phone-is-wide",
  );
  const check = async (name: string) => {
    expect(await overflow(page)).toEqual({ pixels: 0, by: [] });
    expect(await namelessParts(page)).toEqual([]);
    expect(await unlabelledFields(page)).toEqual([]);
    await page.screenshot({ path: info.outputPath(`${name}.png`) });
  };
  await check("bar");
  await page.getByRole("button", { name: /^Range:/ }).click();
  await expect(page.getByRole("grid")).toBeVisible();
  await check("range");
  await page.keyboard.press("Escape");
  const sheet = page.getByRole("button", { name: "Filters and comparison, 3 set" });
  await sheet.click();
  await page.getByRole("radio", { name: "A year before" }).check();
  await check("sheet");
  await page.keyboard.press("Escape");
  await expect(sheet).toBeFocused();
  await expect(page).toHaveURL(/compare=year/);
  await page.getByRole("button", { name: "More" }).click();
  await page.getByRole("button", { name: "Search" }).click();
  await expect(page.getByRole("dialog", { name: "Search and commands" })).toBeVisible();
  await check("palette");
});
