import type { Page } from "@playwright/test";
import { createSerializer } from "nuqs/server";
import { type WhyQuestion, whyParams, writeQuestion } from "@/app/(dashboard)/[tenant]/_why/question";
import { stories } from "@/prisma/seed/stories";
import { namelessParts } from "./accessibility";
import { expect, test } from "./fixtures";
import { demoDay, ledger, plainUsd } from "./ledger";
import { visit } from "./screen";

test.use({ person: "owner" });

const serialize = createSerializer(whyParams);

/** A local day of the demo tenant, so many before it was made. */
async function daysAgo(days: number): Promise<string> {
  const sql = `SELECT (${demoDay} - $1::int)::text AS day FROM tenant WHERE slug = 'demo'`;
  const [row] = await ledger<{ day: string }>(sql, [days]);
  if (!row) throw new Error("There is no demo tenant.");
  return row.day;
}

/** So many days from that day on, against as many before. */
async function around(daysBack: number, days: number, feature: string): Promise<WhyQuestion> {
  const [first, middle, last] = [
    await daysAgo(daysBack + days),
    await daysAgo(daysBack),
    await daysAgo(daysBack - days),
  ];
  return {
    stretch: { from: middle, to: last },
    compare: { from: first, to: middle },
    parts: [{ tag: "feature", operator: "is", value: feature }],
    measure: "cost",
    view: "cause",
  };
}

/** The change as a plain sum over the ledger tells it. */
async function changeInLedger({ stretch, compare }: WhyQuestion, feature: string): Promise<string> {
  const [row] = await ledger<{ usd: string }>(
    `SELECT (coalesce(sum(cost_usd) FILTER (WHERE day >= $2), 0) - coalesce(sum(cost_usd) FILTER (WHERE day < $2), 0))::text AS usd
     FROM (SELECT (occurred_at AT TIME ZONE t.time_zone)::date AS day, cost_usd FROM call JOIN tenant t USING (tenant_id)
           WHERE t.slug = 'demo' AND feature = $4) AS calls
     WHERE day >= $1 AND day < $3`,
    [compare.from, stretch.from, stretch.to, feature],
  );
  return plainUsd(row?.usd ?? "");
}

const drawer = (page: Page) => page.getByRole("dialog");
const titleUsd = (title: string | null) => (title ?? "").replaceAll(/[$,]| USD/g, "").replace("−", "-");

const { retryLoop, heavierPrompt, priceChange, unpricedModel } = stories;
for (const { name, daysBack, feature, cause, says } of [
  { name: retryLoop.title, daysBack: retryLoop.daysAgo + 1, feature: retryLoop.feature, cause: "retries", says: /attempts that cost something/ },
  { name: heavierPrompt.title, daysBack: heavierPrompt.daysAgo, feature: heavierPrompt.feature, cause: "promptVersion", says: new RegExp(`${heavierPrompt.before} → ${heavierPrompt.after}`) },
  { name: priceChange.title, daysBack: priceChange.daysAgo, feature: priceChange.feature, cause: "price", says: /50% cheaper.*\$0\.60 → \$0\.30/ },
  { name: unpricedModel.title, daysBack: unpricedModel.sinceDaysAgo, feature: unpricedModel.feature, cause: "unpriced", says: new RegExp(unpricedModel.model) },
]) {
  test(`${name}: the planted cause ranks first, and the change is the ledger's`, async ({ page }) => {
    const question = await around(daysBack, 7, feature);
    await visit(page, serialize("/demo/features", writeQuestion(question)));
    const first = drawer(page).getByRole("listitem").and(page.locator("[data-cause]")).first();
    await expect(first).toHaveAttribute("data-cause", cause);
    await expect(first).toContainText(says);
    const delta = await drawer(page).getByTestId("why-delta").getAttribute("title");
    expect(plainUsd(titleUsd(delta))).toBe(await changeInLedger(question, feature));
    expect(await namelessParts(page)).toEqual([]);
  });
} // prettier-ignore

test("expensive users who left rank first by user", async ({ page }) => {
  const { leftDaysAgo, users, features } = stories.expensiveLeavers;
  const question = await around(leftDaysAgo, 28, features[0]);
  await visit(page, serialize("/demo/features", writeQuestion(question)));
  await drawer(page).getByRole("button", { name: "By user" }).click();
  await expect(page).toHaveURL(/whyby=user/);
  await expect(drawer(page).locator("[data-group]").first()).toHaveAttribute("data-group", "gone");
  for (const user of users) await expect(drawer(page).locator(`[data-user="${user}"]`)).toContainText("stopped");
}); // prettier-ignore

test("opens beside a change by keyboard, narrows, goes back, and gives the focus back", async ({ page }) => {
  await visit(page, "/demo/features");
  const button = page.getByRole("button", { name: "Why did the cost of research-agent change?" });
  await button.focus();
  await page.keyboard.press("Enter");
  await expect(drawer(page).getByTestId("why-delta")).toBeVisible();
  await expect(page).toHaveURL(/why=.*whyf=feature:research-agent/);
  await page.keyboard.press("Escape");
  await expect(drawer(page)).toBeHidden();
  await expect(button).toBeFocused();
  await expect(page).not.toHaveURL(/why/);

  await page.getByRole("button", { name: "Why did the cost of all features change?" }).click();
  await drawer(page).getByRole("button", { name: "Only this feature" }).first().click();
  await expect(drawer(page).getByRole("list", { name: "Filters" })).toContainText("Feature is");
  await page.goBack();
  await expect(drawer(page).getByRole("list", { name: "Filters" })).toBeHidden();
  await page.goBack();
  await expect(drawer(page)).toBeHidden();
});
