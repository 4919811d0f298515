import { expect, test } from "./fixtures";
import { lastDays, ledger, only, plainUsd } from "./ledger";
import { card, exactUsd, hydrated, visit } from "./screen";

test.use({ person: "owner" });

interface Grown {
  /** Null: calls without one, which can grow fastest too. */
  feature: string | null;
  change: string;
  now: string;
  calls: number;
}

/** Features by how much more 7 days cost than the 7 before up to this quarter of an hour, small ones left out. */
async function fastestGrowing(): Promise<Grown> {
  return only(
    await ledger<Grown>(
      `WITH clock AS (
         SELECT tenant_id, time_zone, date_bin('15 minutes', now() AT TIME ZONE time_zone, '2000-01-01') AS now
         FROM tenant WHERE slug = 'demo'
       ), weeks AS (
         SELECT feature, cost_usd, occurred_at AT TIME ZONE time_zone AS at, clock.now
         FROM call JOIN clock USING (tenant_id)
         WHERE (occurred_at AT TIME ZONE time_zone)::date BETWEEN clock.now::date - 13 AND clock.now::date
       ), features AS (
         SELECT feature, count(*) FILTER (WHERE at::date > now::date - 7)::int AS calls,
           coalesce(sum(cost_usd) FILTER (WHERE at::date > now::date - 7), 0) AS cost,
           coalesce(sum(cost_usd) FILTER (WHERE at::date <= now::date - 7 AND at < now - interval '7 days'), 0) AS before
         FROM weeks GROUP BY feature
       )
       SELECT feature, trim_scale(cost - before)::text AS change, trim_scale(cost)::text AS now, calls
       FROM features WHERE cost >= 1 AND calls >= 20 AND cost > before
       ORDER BY (cost - before) / nullif(before, 0) DESC NULLS LAST, cost - before DESC LIMIT 1`,
    ),
  );
}

test("a product owner on Monday: what grows fastest, why, and which calls", async ({ page }) => {
  test.setTimeout(150_000);
  await visit(page, "/demo/overview");
  const row = card(page, "Fastest growing features").locator("tbody tr").first();
  const drawer = page.getByRole("dialog");
  await expect(async () => {
    await page.reload();
    await hydrated(page);
    const grown = await fastestGrowing();
    const name = grown.feature ?? "Unattributed";
    await expect(row.getByRole("link")).toHaveText(name);
    const [, now, change] = await row.locator("data").all();
    expect(now && (await exactUsd(now))).toBe(grown.now);
    expect(change && (await exactUsd(change))).toBe(grown.change);
    await row.getByRole("button", { name: `Why did the cost of ${name} in a week change?` }).click();
    const delta = await drawer.getByTestId("why-delta").getAttribute("title");
    expect(plainUsd(delta ?? "")).toBe(grown.change);
  }).toPass({ timeout: 90_000, intervals: [1_000] });

  const { feature } = await fastestGrowing();
  const parts = drawer.locator("[data-cause]");
  await expect(parts.first()).toBeVisible();
  await drawer.getByRole("link", { name: "Show the calls" }).first().click();
  await expect(page).toHaveURL(/\/demo\/calls\?.*order=dearest/);
  // The layout's drawer closes once the address is another's; until then its own filters are there, too.
  await expect(drawer).toBeHidden();
  await expect(page.getByRole("list", { name: "Filters" })).toContainText(feature ?? "none");
});

test("the dearest feature of the week: the calls behind its figure are that figure", async ({ page }) => {
  test.setTimeout(90_000);
  await visit(page, "/demo/overview");
  const first = card(page, "Last 7 days by feature").locator("tbody tr").first();
  await expect(async () => {
    await page.goto("/demo/overview");
    await hydrated(page);
    const feature = (await first.getByRole("link").textContent()) ?? "";
    const shown = await exactUsd(first.locator("data").first());
    await first.getByRole("link").click();
    await expect(page).toHaveURL(/\/demo\/calls/);
    const truth = only(
      await ledger<{ cost: string; calls: number; dearest: string }>(
        `SELECT trim_scale(sum(cost_usd))::text AS cost, count(*)::int AS calls,
           (array_agg(call_id ORDER BY cost_usd DESC NULLS LAST, occurred_at DESC, call_id DESC))[1] AS dearest
         ${lastDays} AND feature = $3`,
        ["demo", 7, feature],
      ),
    );
    expect(shown).toBe(truth.cost);
    const total = page.getByRole("region", { name: "Total of these days" });
    expect(await exactUsd(total.locator("data").first())).toBe(truth.cost);
    await expect(total).toContainText(`${truth.calls.toLocaleString("en-US")} calls`);
    await expect(page.getByRole("button", { name: /^Open call/ }).first()).toHaveAccessibleName(
      `Open call ${truth.dearest}`,
    );
  }).toPass({ timeout: 60_000, intervals: [1_000] });
});
