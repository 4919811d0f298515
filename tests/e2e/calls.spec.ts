import type { Page } from "@playwright/test";
import { expect, test } from "./fixtures";
import { addUsd, lastDays, ledger, only, plainUsd } from "./ledger";
import { addFilter, card, chooseRange, exactUsd, formulaOf, hydrated, visit } from "./screen";

test.use({ person: "owner" });

const rowsOf = (page: Page) => page.getByRole("row").filter({ has: page.getByRole("button") });

async function shownIds(page: Page): Promise<string[]> {
  const buttons = rowsOf(page).getByRole("button");
  const names = await buttons.evaluateAll((all) => all.map((one) => one.getAttribute("aria-label") ?? ""));
  return names.map((name) => name.replace("Open call ", ""));
}

test("newest and dearest are the ledger's own order, page after page", async ({ page }) => {
  await visit(page, "/demo/calls");
  await chooseRange(page, "Last 7 days");
  await expect(page).toHaveURL(/range=7d/);
  const expected = async (order: string) =>
    (
      await ledger<{ id: string }>(`SELECT call_id AS id ${lastDays} ORDER BY ${order} LIMIT 100`, [
        "demo",
        7,
      ])
    ).map(({ id }) => id);

  for (const [name, order] of [
    ["Newest", "occurred_at DESC, call_id DESC"],
    ["Dearest", "cost_usd DESC NULLS LAST, occurred_at DESC, call_id DESC"],
  ] as const) {
    await page.getByRole("button", { name }).click();
    const ids = await expected(order);
    await expect(async () => expect(await shownIds(page)).toEqual(ids.slice(0, 50))).toPass();
    await page.getByRole("button", { name: "Load more" }).click();
    await expect(page.getByText("100 shown")).toBeVisible();
    expect(await shownIds(page)).toEqual(ids);
  }
  await expect(page).toHaveURL(/order=dearest/);
});

test("a filter lives in the address and on a chip", async ({ page }) => {
  await visit(page, "/demo/calls");
  await addFilter(page, "Feature", "contract-review");
  await expect(page).toHaveURL("/demo/calls?f=feature:contract-review");
  const chips = page.getByRole("list", { name: "Filters" });
  await expect(chips).toContainText("contract-review");
  const features = rowsOf(page).locator("td:nth-child(2) [title]").first();
  await expect(features).toHaveText("contract-review");
  const others = rowsOf(page).filter({ hasNotText: "contract-review" });
  await expect(others).toHaveCount(0);

  await page.reload();
  await hydrated(page);
  await expect(chips).toContainText("contract-review");
  await expect(others).toHaveCount(0);
  await page.getByRole("button", { name: "Remove Feature is contract-review" }).click();
  await expect(page).toHaveURL("/demo/calls");
  await expect(chips).toHaveCount(0);

  await visit(page, "/demo/calls?f=feature:no-such-feature");
  await expect(page.getByRole("heading", { name: "No call matches" })).toBeVisible();
  await page.getByRole("button", { name: "Clear the filters" }).click();
  await expect(page).toHaveURL("/demo/calls");
});

test("an opened call explains its price, has an address and closes again", async ({ page }) => {
  const call = only(
    await ledger<{ id: string; cost: string; feature: string; user_id: string }>(
      `SELECT call_id AS id, trim_scale(cost_usd)::text AS cost, feature, user_id ${lastDays}
       AND price_status = 'priced' AND cache_read_tokens > 0 AND feature IS NOT NULL AND user_id IS NOT NULL
       ORDER BY cost_usd DESC LIMIT 1`,
      ["demo", 30],
    ),
  );
  await visit(page, `/demo/calls?call=${encodeURIComponent(call.id)}`);
  const drawer = page.getByRole("dialog");
  await expect(drawer.getByRole("heading", { name: call.id })).toBeVisible();
  const { lines, sum } = await formulaOf(drawer);
  expect(lines.length).toBeGreaterThan(2);
  expect([addUsd(lines), sum]).toEqual([call.cost, call.cost]);
  expect(await exactUsd(drawer.locator("data").first())).toBe(call.cost);
  await expect(drawer.getByText(call.feature, { exact: true })).toBeVisible();
  await expect(drawer.getByText(call.user_id, { exact: true })).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(drawer).toHaveCount(0);
  await expect(page).toHaveURL("/demo/calls");
});

test("a call without a price says so and never shows an amount", async ({ page }) => {
  const { count } = only(
    await ledger<{ count: number }>(`SELECT count(*)::int AS count ${lastDays} AND cost_usd IS NULL`, [
      "demo",
      30,
    ]),
  );
  expect(count).toBeGreaterThan(0);
  await visit(page, "/demo/calls");
  await addFilter(page, "Price status", "unpriced");
  await expect(page).toHaveURL(/f=status:unpriced/);
  const costs = rowsOf(page).locator("td:last-child");
  await expect(rowsOf(page).filter({ hasText: "unpriced" })).toHaveCount(Math.min(count, 50));
  expect(new Set(await costs.allTextContents())).toEqual(new Set(["unpriced"]));

  await rowsOf(page).first().getByRole("button").click();
  const drawer = page.getByRole("dialog");
  await expect(drawer.getByText("Unpriced", { exact: true })).toBeVisible();
  await expect(drawer.getByText("No price is known for this model at that time.")).toBeVisible();
  await expect(drawer.getByText("$0.00")).toHaveCount(0);
  await expect(card(page, "How the cost adds up")).toHaveCount(0);
});

test("the 100 dearest of a day, and which of them are far out of their feature", async ({ page }) => {
  test.setTimeout(240_000);
  const soon = { timeout: 10_000 };
  const rows = page.getByRole("table").locator("tbody tr");
  for (const { hours, name } of [
    { hours: 24, name: "24 hours" },
    { hours: 168, name: "7 days" },
  ]) {
    await expect(async () => {
      // Asked anew each time: both windows end now, and a call may just have left one of them at its other end.
      await visit(page, "/demo/calls?show=top");
      await page.getByRole("group", { name: "Window" }).getByRole("button", { name }).click(soon);
      const calls = await ledger<{ usd: string; far: boolean }>(
        `WITH whole AS (
           SELECT (array_agg(feature ORDER BY share_no))[1] AS feature, sum(cost_usd) AS cost
           FROM call JOIN tenant USING (tenant_id)
           WHERE slug = 'demo' AND occurred_at > now() - make_interval(hours => $1) AND occurred_at <= now()
           GROUP BY coalesce(share_of, call_id)
         ), median AS (
           SELECT feature, percentile_disc(0.5) WITHIN GROUP (ORDER BY cost) AS usd
           FROM whole WHERE cost > 0 GROUP BY feature HAVING count(*) >= 20
         )
         SELECT trim_scale(cost)::text AS usd, coalesce(cost > 10 * m.usd, false) AS far
         FROM whole w LEFT JOIN median m ON m.feature IS NOT DISTINCT FROM w.feature
         WHERE cost IS NOT NULL ORDER BY cost DESC`,
        [hours],
      );
      const listed = calls.slice(0, 100);
      await expect(rows).toHaveCount(listed.length, soon);
      const amounts = rows.locator("td:last-child data");
      const shown = await amounts.evaluateAll((all) => all.map((one) => one.getAttribute("title") ?? ""));
      expect(shown.map(plainUsd)).toEqual(listed.map(({ usd }) => usd));
      const far = calls.filter((call) => call.far).map(({ usd }) => usd);
      const summary = page.getByRole("region", { name: "Far out" });
      await expect(summary).toContainText(
        far.length === 0 ? "No call cost more than 10 times" : `${far.length.toLocaleString("en-US")} call`,
      );
      if (far.length > 0) expect(await exactUsd(summary.locator("data").first())).toBe(addUsd(far));
      await expect(rows.getByText("far out", { exact: true })).toHaveCount(
        listed.filter((call) => call.far).length,
      );
    }).toPass({ timeout: 100_000, intervals: [1_000] });
  }
  await expect(page).toHaveURL(/show=top.*window=7d|window=7d.*show=top/);

  const dearest = await exactUsd(rows.first().locator("td:last-child data"));
  await rows.first().getByRole("button").click();
  expect(await exactUsd(page.getByRole("dialog").locator("data").first())).toBe(dearest);
});
