import type { Locator, Page } from "@playwright/test";
import { Decimal } from "decimal.js";
import { stories } from "@/prisma/seed/stories";
import { namelessParts } from "./accessibility";
import { expect, test } from "./fixtures";
import { lastDays, ledger, only } from "./ledger";
import { card, chooseRange, exactUsd, visit } from "./screen";

test.use({ person: "owner" });

const main = (page: Page) => page.getByRole("navigation", { name: "Main" }).first();
const rowOf = (table: Locator, name: string) =>
  table.locator("tbody tr").filter({ has: table.page().getByTitle(name, { exact: true }) });

/** Figures of today grow while they are looked at. */
const soon = { timeout: 60_000, intervals: [1_000] };

test("expensive users who left lead the list of those worth a limit", async ({ page }) => {
  test.setTimeout(120_000);
  const { users } = stories.expensiveLeavers;
  const costs = await ledger<{ user: string; cost: string }>(
    `SELECT user_id AS user, trim_scale(sum(cost_usd))::text AS cost ${lastDays} AND user_id = ANY ($3)
     GROUP BY 1 ORDER BY sum(cost_usd) DESC`,
    ["demo", 90, [...users]],
  );
  expect(costs.map(({ user }) => user).sort()).toEqual([...users].sort());
  await visit(page, "/demo/overview");
  await main(page).getByRole("link", { name: "Users", exact: true }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Users" })).toBeVisible();
  await chooseRange(page, "Last 90 days");
  await expect(page).toHaveURL(/\/demo\/users\?range=90d$/);
  for (const title of ["Worth a limit", "What each user costs"]) {
    for (const { user, cost } of costs) {
      await expect(async () => {
        expect(await exactUsd(rowOf(card(page, title), user).locator("data").first())).toBe(cost);
      }).toPass(soon);
    }
  }
  await expect(card(page, "Worth a limit")).toContainText(/\d+ users cost more than \$[\d,.]+/);
  expect(await namelessParts(page)).toEqual([]);
  const [dearest] = costs;
  await rowOf(card(page, "Worth a limit"), dearest?.user ?? "")
    .getByRole("link")
    .click();
  await expect(page).toHaveURL(new RegExp(`/demo/calls\\?.*f=user:${dearest?.user ?? ""}`));
});

test("the spread over users is the ledger's: how many, the median, the top tenth", async ({ page }) => {
  const sql = `WITH cost AS (SELECT user_id, sum(cost_usd) AS usd ${lastDays} AND user_id IS NOT NULL AND cost_usd IS NOT NULL GROUP BY 1),
    ranked AS (SELECT usd, row_number() OVER (ORDER BY usd DESC, user_id) AS nth, count(*) OVER () AS people FROM cost)
    SELECT max(people)::int AS people, trim_scale(max(usd) FILTER (WHERE nth = people - ceil(people / 2.0) + 1))::text AS median,
      trim_scale(sum(usd) FILTER (WHERE nth <= ceil(people / 10.0)))::text AS top10 FROM ranked`;
  await visit(page, "/demo/users?range=7d");
  const tile = (label: string) => card(page, label);
  const fact = (label: string, name: string) =>
    tile(label).locator("dl > div").filter({ hasText: name }).locator("data");
  await expect(async () => {
    await page.reload();
    const truth = only(await ledger<{ people: number; median: string; top10: string }>(sql, ["demo", 7]));
    expect(await exactUsd(fact("Mean per user", "Median"))).toBe(truth.median);
    expect(await exactUsd(fact("Top 10% of users", "Their cost"))).toBe(truth.top10);
  }).toPass(soon);
});

test("accounts at a press, and users of one account from there", async ({ page }) => {
  await visit(page, "/demo/users?range=90d&by=account");
  const [account] = stories.expensiveLeavers.accounts;
  await rowOf(card(page, "What each account costs"), account).getByRole("link").click();
  await expect(page).toHaveURL(new RegExp(`/demo/users\\?.*f=account:${account}`));
  await expect(card(page, "What each user costs")).toBeVisible();
});

test("a prompt version that doubled its tokens stands first, and its page tells before and after", async ({ page }) => {
  test.setTimeout(120_000);
  const { promptId, before, after } = stories.heavierPrompt;
  const sql = `WITH day AS (
      SELECT (occurred_at AT TIME ZONE time_zone)::date AS day, prompt_version AS version, cost_usd,
        (now() AT TIME ZONE time_zone)::date AS today
      FROM call JOIN tenant USING (tenant_id) WHERE slug = 'demo' AND prompt_id = $1 AND cost_usd IS NOT NULL),
    first AS (SELECT min(day) AS day FROM day WHERE version = $3),
    mean AS (SELECT
      avg(cost_usd) FILTER (WHERE version = $2 AND day.day >= first.day - 7 AND day.day < first.day) AS before,
      avg(cost_usd) FILTER (WHERE version = $3 AND day.day < first.day + 7 AND day.day < today) AS after,
      count(*) FILTER (WHERE version = $3 AND day.day > today - 30 AND day.day <= today) AS calls,
      trim_scale(sum(cost_usd) FILTER (WHERE version = $3 AND day.day > today - 30 AND day.day <= today))::text AS cost
      FROM day, first)
    SELECT round((after - before) * calls, 6)::text AS more, round(after / before, 2)::text AS factor, cost FROM mean`;
  await visit(page, "/demo/overview");
  await main(page).getByRole("link", { name: "Prompts", exact: true }).click();
  const changes = card(page, "What new versions cost more");
  await expect(changes.locator("tbody tr").first()).toContainText(promptId);
  await expect(changes).toContainText(`${before} → ${after} on `);
  expect(await namelessParts(page)).toEqual([]);
  await changes.locator("tbody tr").first().getByRole("link").click();
  await expect(page.getByRole("heading", { level: 1, name: promptId })).toBeVisible();
  await expect(async () => {
    await page.reload();
    const truth = only(
      await ledger<{ more: string; factor: string; cost: string }>(sql, [promptId, before, after]),
    );
    // The story doubles the tokens, and their cost with them.
    expect(Number(truth.factor)).toBeGreaterThan(1.7);
    const change = card(page, "Before and after").locator("tbody tr").filter({ hasText: `${before} → ${after} on` });
    expect(new Decimal(await exactUsd(change.locator("data").first())).toFixed(6)).toBe(truth.more);
    const version = rowOf(card(page, "Versions"), after);
    expect(await exactUsd(version.locator("data").first())).toBe(truth.cost);
  }).toPass(soon);
  expect(await namelessParts(page)).toEqual([]);
  await page.getByRole("link", { name: "All prompts" }).click();
  await expect(card(page, "What each prompt costs")).toBeVisible();
}); // prettier-ignore

test("a retry loop is found among the runs of its agent, down to its attempts", async ({ page }) => {
  test.setTimeout(120_000);
  const { feature, attempts, errorClass } = stories.retryLoop;
  const [dearest] = await ledger<{ run: string; cost: string; calls: number; retries: number }>(
    `SELECT run_id AS run, trim_scale(sum(cost_usd))::text AS cost, count(*)::int AS calls,
       (count(*) FILTER (WHERE attempt > 1))::int AS retries ${lastDays} AND run_id IS NOT NULL AND cost_usd IS NOT NULL
     GROUP BY 1 ORDER BY sum(cost_usd) DESC, 1 LIMIT 1`,
    ["demo", 30],
  );
  if (!dearest) throw new Error("The demo has no runs.");
  expect(dearest.retries).toBe(attempts - 1);
  await visit(page, "/demo/overview");
  await main(page).getByRole("link", { name: "Runs", exact: true }).click();
  const first = card(page, "What each run costs").locator("tbody tr").first();
  await expect(first.getByRole("link")).toHaveText(dearest.run);
  expect(await exactUsd(first.locator("data").first())).toBe(dearest.cost);
  await expect(first).toContainText(String(dearest.retries));
  await expect(first).toContainText(feature);
  expect(await namelessParts(page)).toEqual([]);
  await first.getByRole("link").click();
  await expect(page.getByRole("heading", { level: 1, name: dearest.run })).toBeVisible();
  expect(await exactUsd(card(page, "Cost").locator("data").first())).toBe(dearest.cost);
  const steps = card(page, "Step by step").locator("tbody tr");
  await expect(steps).toHaveCount(dearest.calls);
  await expect(steps.last()).toContainText(`attempt ${String(attempts)}`);
  await expect(steps.last()).toContainText(errorClass);
  await steps.last().getByRole("button").click();
  await expect(page.getByRole("dialog")).toBeVisible();
  expect(await namelessParts(page)).toEqual([]);
});

test.describe("what has no answer", () => {
  test.use({ tolerated: [/status of 40[04]/] });

  test("users and prompts cannot be combined, and the screen says so instead of figures", async ({
    page,
  }) => {
    await visit(page, "/demo/users?f=prompt:email-draft");
    await expect(page.getByText(/cannot be combined/).first()).toBeVisible();
    await expect(page.getByText("$0.00")).toHaveCount(0);
  });

  test("a run that does not exist says so", async ({ page }) => {
    await visit(page, "/demo/runs?run=none/such%20run");
    await expect(page.getByText("This could not be loaded")).toBeVisible();
  });
});
