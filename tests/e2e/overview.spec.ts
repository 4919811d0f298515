import { demoFacts } from "@/tests/setup/demo";
import { reportSpend } from "./door";
import { expect, test } from "./fixtures";
import { lastDays, ledger, plainUsd, sumOfLastDays } from "./ledger";
import { card, exactUsd, periodAmount, sumOfShownDays, visit } from "./screen";

test.use({ person: "owner" });

/** The local days of the demo tenant as its database tells them; `to` is not included. */
async function daysOf(count: number): Promise<{ from: string; to: string }> {
  const sql = `SELECT ((now() AT TIME ZONE time_zone)::date - $1::int + 1)::text AS from,
    ((now() AT TIME ZONE time_zone)::date + 1)::text AS to FROM tenant WHERE slug = 'demo'`;
  const [days] = await ledger<{ from: string; to: string }>(sql, [count]);
  if (!days) throw new Error("There is no demo tenant.");
  return days;
}

test("screen, read API and a plain sum over the ledger are one figure", async ({ page }) => {
  test.setTimeout(150_000);
  const demo = demoFacts();
  await visit(page, "/demo/overview");
  for (const days of [7, 30]) {
    await expect(async () => {
      await page.reload();
      const truth = await sumOfLastDays("demo", days);
      const { total } = await reportSpend(demo.url, demo.readKey, await daysOf(days));
      const { calls, inputTokens, outputTokens, unpricedCalls } = truth;
      expect(total).toMatchObject({ calls, inputTokens, outputTokens, unpricedCalls });
      expect(plainUsd(total.costUsd)).toBe(truth.costUsd);
      expect(await exactUsd(periodAmount(page, days))).toBe(truth.costUsd);
      expect(await periodAmount(page, days).textContent()).toBe(truth.shown);
      const tile = card(page, `Last ${String(days)} days`);
      await expect(tile.getByTitle(`${calls.toLocaleString("en-US")} calls`)).toBeVisible();
      await expect(
        tile.getByTitle(
          `${inputTokens.toLocaleString("en-US")} in, ${outputTokens.toLocaleString("en-US")} out`,
        ),
      ).toBeVisible();
    }).toPass({ timeout: 60_000, intervals: [1_000] });
  }
});

test("the range changes the address and every figure with it", async ({ page }) => {
  test.setTimeout(120_000);
  await visit(page, "/demo/overview");
  await page.getByRole("button", { name: "Table" }).click();
  const ranges = [
    { name: "7d", days: 7, label: "7 days" },
    { name: "90d", days: 90, label: "90 days" },
    { name: "30d", days: 30, label: "30 days" },
  ];
  for (const { name, days, label } of ranges) {
    await page.getByRole("group", { name: "Range" }).getByRole("button", { name }).click();
    await expect(page).toHaveURL(name === "30d" ? /overview$/ : new RegExp(`range=${name}$`));
    await expect(card(page, "Daily spend").getByText(`${label}, days in America/New_York`)).toBeVisible();
    await expect(card(page, "Daily spend").locator("tbody tr")).toHaveCount(days);
    await expect(async () => {
      expect(await sumOfShownDays(page)).toBe((await sumOfLastDays("demo", days)).costUsd);
    }).toPass();
  }
  await visit(page, "/demo/overview?range=mtd");
  await expect(page.getByRole("button", { name: "MTD" })).toHaveAttribute("aria-pressed", "true");
});

test("what the total lacks is said, with the ledger's own count and the model's name", async ({ page }) => {
  await visit(page, "/demo/overview?range=30d");
  const { unpricedCalls } = await sumOfLastDays("demo", 30);
  expect(unpricedCalls).toBeGreaterThan(0);
  const models = await ledger<{ model: string }>(
    `SELECT DISTINCT model ${lastDays} AND cost_usd IS NULL AND model <> ''`,
    ["demo", 30],
  );
  const callout = page.getByText(new RegExp(`^\\+ ${unpricedCalls.toLocaleString("en-US")} calls? \\(`));
  await expect(callout).toBeVisible();
  for (const { model } of models) await expect(page.locator("code").filter({ hasText: model })).toBeVisible();
  await expect(card(page, "Last 30 days")).toContainText(
    `+ ${unpricedCalls.toLocaleString("en-US")} calls unpriced`,
  );
});

test("the dearest feature stands first and leads to its calls", async ({ page }) => {
  await visit(page, "/demo/overview?range=7d");
  const features = await ledger<{ feature: string; cost: string }>(
    `SELECT feature, trim_scale(sum(cost_usd))::text AS cost ${lastDays} AND cost_usd IS NOT NULL
     GROUP BY feature ORDER BY sum(cost_usd) DESC LIMIT 3`,
    ["demo", 7],
  );
  const rows = card(page, "Features").locator("tbody tr");
  for (const [at, { feature, cost }] of features.entries()) {
    await expect(rows.nth(at).getByRole("link")).toHaveText(feature);
    expect(await exactUsd(rows.nth(at).locator("data"))).toBe(cost);
  }
  await rows.first().getByRole("link").click();
  await expect(page).toHaveURL(new RegExp(`/demo/calls\\?.*f=feature:${features[0]?.feature ?? ""}`));
  await expect(page.getByRole("list", { name: "Filters" })).toContainText(features[0]?.feature ?? "");
});
