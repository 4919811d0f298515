import type { Page } from "@playwright/test";
import { stories } from "@/prisma/seed/stories";
import { usageStories } from "@/prisma/seed/usage-stories";
import { namelessParts } from "./accessibility";
import { expect, test } from "./fixtures";
import { ledger, only } from "./ledger";
import { card, visit } from "./screen";

test.use({ person: "owner" });

const { users } = stories.expensiveLeavers;
/** Figures grow while they are looked at. */
const soon = { timeout: 60_000, intervals: [1_000] };
const list = (page: Page) => card(page, "Dear, and leaving");
const rowOf = (page: Page, user: string) =>
  list(page)
    .locator("tbody tr")
    .filter({ has: page.getByTitle(user, { exact: true }) });

/** A walk that was cut short left them behind. */
const endQuotas = () =>
  ledger(
    `UPDATE budget SET valid_to = now() FROM tenant WHERE tenant.tenant_id = budget.tenant_id AND slug = 'demo'
       AND subject_kind = 'user' AND subject_key = ANY ($1) AND valid_to IS NULL`,
    [[...users]],
  );
const quotas = () =>
  ledger<{ user: string; enforcement: string | null }>(
    `SELECT subject_key AS user, enforcement FROM budget JOIN tenant USING (tenant_id)
     WHERE slug = 'demo' AND subject_kind = 'user' AND subject_key = ANY ($1) AND valid_to IS NULL ORDER BY 1`,
    [[...users]],
  );

test("expensive users who left head the throttle list; one gets a quota and loses it again", async ({
  page,
}) => {
  test.setTimeout(120_000);
  await endQuotas();
  await visit(page, "/demo/retention/throttle");
  await expect(page.getByRole("heading", { level: 1, name: "Retention" })).toBeVisible();
  await expect(async () => {
    const names = await list(page).locator("tbody tr th [title]").evaluateAll((all) => all.map((one) => one.getAttribute("title") ?? "")); // prettier-ignore
    const places = users.map((user) => names.filter((name) => name.startsWith("usr_")).indexOf(user));
    // A job that calls as somebody may stand among them.
    for (const place of places) expect(place).toBeGreaterThanOrEqual(0);
    for (const place of places) expect(place).toBeLessThan(users.length + 1);
  }).toPass(soon);
  const [user] = users;
  const lost = only(
    await ledger<{ usd: string }>(
      `SELECT trim_scale(sum(cost_usd))::text AS usd FROM call JOIN tenant USING (tenant_id) WHERE slug = 'demo' AND user_id = $1`,
      [user],
    ),
  );
  await expect(rowOf(page, user)).toContainText("churned");
  await expect(rowOf(page, user).locator("data").first()).toHaveAttribute("value", lost.usd);
  await expect(rowOf(page, user)).toContainText("in all their time");
  expect(await namelessParts(page)).toEqual([]);

  await page.getByRole("button", { name: `Give ${user} a quota` }).click();
  const dialog = page.getByRole("dialog", { name: `Give ${user} a quota?` });
  await dialog.getByLabel("USD a month").fill("nothing");
  await expect(dialog.getByRole("button", { name: "Apply the quota" })).toBeDisabled();
  await dialog.getByLabel("USD a month").fill("7.50");
  await dialog.getByLabel("At the gate").selectOption("deny");
  await expect(dialog).toContainText("these users are turned away beyond the quota");
  await dialog.getByRole("button", { name: "Apply the quota" }).click();
  await expect(page.getByText(`${user} has a quota.`)).toBeVisible();
  await expect(rowOf(page, user)).toContainText("has a quota of $7.50");
  expect(await quotas()).toEqual([{ user, enforcement: "deny" }]);

  await page.getByRole("button", { name: "Undo" }).click();
  await expect(page.getByText("1 quota was taken back.")).toBeVisible();
  await expect(rowOf(page, user)).not.toContainText("has a quota");
  expect(await quotas()).toEqual([]);
});

test("several get one at once, Budgets has them, and one press takes them back", async ({ page }) => {
  test.setTimeout(120_000);
  await endQuotas();
  const [one, other] = users;
  await visit(page, "/demo/retention/throttle");
  for (const user of [one, other]) await list(page).getByLabel(`Pick ${user}`).check();
  await page.getByRole("button", { name: "Give 2 users a quota" }).click();
  const dialog = page.getByRole("dialog", { name: "Give 2 users a quota?" });
  await expect(dialog.getByLabel(`USD a month for ${one}`)).not.toHaveValue("");
  await dialog.getByRole("button", { name: "Apply 2 quotas" }).click();
  await expect(page.getByText("2 users have a quota.")).toBeVisible();
  const elsewhere = await page.context().newPage();
  await visit(elsewhere, "/demo/budgets");
  for (const user of [one, other])
    await expect(
      card(elsewhere, "What each may cost").getByRole("link", { name: user, exact: true }),
    ).toBeVisible();
  await elsewhere.close();
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(page.getByText("2 quotas were taken back.")).toBeVisible();
  expect(await quotas()).toEqual([]);
});

test("margins by account and plan, and the plan that is too cheap for its busiest", async ({ page }) => {
  test.setTimeout(120_000);
  await visit(page, "/demo/retention");
  await page.getByRole("navigation", { name: "Retention" }).getByRole("link", { name: "Margin" }).click();
  const margins = card(page, "Revenue against cost");
  await expect(margins).toBeVisible();
  await margins.getByRole("button", { name: "Accounts" }).click();
  await expect(page).toHaveURL(/by=account/);
  await expect(margins.getByRole("columnheader", { name: "Account" })).toBeVisible();
  await margins.getByRole("button", { name: "Pay, no calls" }).click();
  await expect(page).toHaveURL(/show=idle/);
  await margins.getByRole("button", { name: "Plans", exact: true }).click();
  const { plan } = usageStories.underPricedPowerUsers;
  await expect(card(page, "Plans against their users").locator("tbody tr").filter({ has: page.getByTitle(plan, { exact: true }) })).toContainText(/\d+ users? \([\d.]+%\) costs? more than the plan’s price/, soon); // prettier-ignore
  expect(await namelessParts(page)).toEqual([]);
});

test("the rule can be changed and had back", async ({ page }) => {
  const rule = () =>
    ledger<{ days: number }>("SELECT churn_days AS days FROM retention_setting JOIN tenant USING (tenant_id) WHERE slug = 'demo'"); // prettier-ignore
  await ledger("DELETE FROM retention_setting USING tenant WHERE tenant.tenant_id = retention_setting.tenant_id AND slug = 'demo'"); // prettier-ignore
  await visit(page, "/demo/retention/throttle");
  await page.getByRole("button", { name: "Change the rule" }).click();
  const dialog = page.getByRole("dialog", { name: "Who counts as what" });
  await dialog.getByLabel("Days after which somebody counts as churned").fill("13");
  await expect(dialog.getByRole("button", { name: "Save the rule" })).toBeDisabled();
  await dialog.getByLabel("Days after which somebody counts as churned").fill("29");
  await dialog.getByRole("button", { name: "Save the rule" }).click();
  await expect(page.getByText("The rule was changed.")).toBeVisible();
  await expect(card(page, "Who counts as what")).toContainText("At risk: not for 15 to 29 days.");
  expect(await rule()).toEqual([{ days: 29 }]);
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(page.getByText("The rule is as it was.")).toBeVisible();
  expect(await rule()).toEqual([{ days: 30 }]);
  await ledger("DELETE FROM retention_setting USING tenant WHERE tenant.tenant_id = retention_setting.tenant_id AND slug = 'demo'"); // prettier-ignore
});
