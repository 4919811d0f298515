import { demoFacts } from "@/tests/setup/demo";
import { reportSpend } from "./door";
import { expect, test } from "./fixtures";
import { lastDays, ledger, only, plainUsd, sumOfLastDays } from "./ledger";
import { card, chooseRange, exactUsd, periodAmount, sumOfShownDays, visit } from "./screen";

test.use({ person: "owner" });

/** A share as screens write it. */
const percent = new Intl.NumberFormat("en-US", { style: "percent", maximumFractionDigits: 1 });

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
  const daily = card(page, "Daily spend");
  await daily.getByRole("button", { name: "Table" }).click();
  const ranges = [
    { range: "7d", days: 7, label: "Last 7 days" },
    { range: "90d", days: 90, label: "Last 90 days" },
    { range: "30d", days: 30, label: "Last 30 days" },
  ];
  for (const { range, days, label } of ranges) {
    await chooseRange(page, label);
    await expect(page).toHaveURL(new RegExp(`range=${range}$`));
    await expect(page.getByRole("button", { name: `Range: ${label}` })).toBeVisible();
    await expect(page.getByLabel("Scope").getByText("days of America/New_York")).toBeVisible();
    await expect(daily.locator("tbody tr")).toHaveCount(days);
    await expect(async () => {
      expect(await sumOfShownDays(page)).toBe((await sumOfLastDays("demo", days)).costUsd);
    }).toPass();
  }
  await visit(page, "/demo/overview?range=mtd");
  await expect(page.getByRole("button", { name: "Range: Month to date" })).toBeVisible();
});

test("the first day shown has its average of seven, out of days that are not shown", async ({ page }) => {
  await visit(page, "/demo/overview?range=7d");
  const daily = card(page, "Daily spend");
  await daily.getByRole("button", { name: "Table" }).click();
  const averages = daily.locator("tbody tr:last-child td:nth-child(4) data");
  const { mean } = only(
    await ledger<{ mean: string }>(
      `SELECT trim_scale(round(sum(cost_usd) / 7, 10))::text AS mean ${lastDays}
       AND (occurred_at AT TIME ZONE time_zone)::date <= (now() AT TIME ZONE time_zone)::date - 6`,
      ["demo", 13],
    ),
  );
  await expect(daily.locator("thead")).toContainText("7-day average");
  expect(Number(await exactUsd(averages))).toBeCloseTo(Number(mean), 8);
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
  for (const { model } of models) {
    await expect(page.locator("code").filter({ hasText: model }).first()).toBeVisible();
  }
  await expect(card(page, "Last 30 days")).toContainText(
    `+ ${unpricedCalls.toLocaleString("en-US")} calls unpriced`,
  );
});

for (const days of [7, 30]) {
  test(`the dearest features of ${String(days)} days stand first and lead to their calls`, async ({
    page,
  }) => {
    await visit(page, "/demo/overview");
    const features = await ledger<{ feature: string; cost: string; share: string; so_far: string }>(
      `SELECT feature, trim_scale(sum(cost_usd))::text AS cost, sum(cost_usd) / sum(sum(cost_usd)) OVER () AS share,
         sum(sum(cost_usd)) OVER (ORDER BY sum(cost_usd) DESC) / sum(sum(cost_usd)) OVER () AS so_far
       ${lastDays} AND cost_usd IS NOT NULL GROUP BY feature ORDER BY sum(cost_usd) DESC LIMIT 3`,
      ["demo", days],
    );
    const rows = card(page, `Last ${String(days)} days by feature`).locator("tbody tr");
    for (const [at, { feature, cost, share, so_far }] of features.entries()) {
      await expect(rows.nth(at).getByRole("link")).toHaveText(feature);
      expect(await exactUsd(rows.nth(at).locator("data").first())).toBe(cost);
      await expect(rows.nth(at)).toContainText(
        `${percent.format(Number(share))} / ${percent.format(Number(so_far))}`,
      );
    }
    await rows.first().getByRole("link").click();
    const feature = features[0]?.feature ?? "";
    await expect(page).toHaveURL(new RegExp(`/demo/calls\\?.*range=${String(days)}d.*f=feature:${feature}`));
    await expect(page.getByRole("list", { name: "Filters" })).toContainText(feature);
  });
}

test("the windows can be told by team, model, user or prompt", async ({ page }) => {
  await visit(page, "/demo/overview");
  for (const tag of ["team", "model", "user", "prompt"]) {
    await page.getByLabel("Group by").filter({ visible: true }).selectOption(tag);
    await expect(page).toHaveURL(new RegExp(`by=${tag}`));
    for (const days of [7, 30]) {
      const box = card(page, `Last ${String(days)} days by ${tag}`);
      await expect(box.locator("tbody tr").first()).toBeVisible();
      expect(await exactUsd(box.locator("tfoot data").first())).toBe(
        (await sumOfLastDays("demo", days)).costUsd,
      );
    }
  }
});

test("what bears no feature is said, with the ledger's own sum", async ({ page }) => {
  await visit(page, "/demo/overview");
  const { calls, cost } = only(
    await ledger<{ calls: number; cost: string }>(
      `SELECT count(*)::int AS calls, trim_scale(sum(cost_usd))::text AS cost ${lastDays} AND feature IS NULL`,
      ["demo", 30],
    ),
  );
  expect(calls).toBeGreaterThan(0);
  const link = page.getByRole("link", { name: `${calls.toLocaleString("en-US")} unattributed calls` });
  await expect(link).toBeVisible();
  const note = page.getByRole("main").locator("div").filter({ has: link }).last();
  expect(await exactUsd(note.locator("data").first())).toBe(cost);
  await link.click();
  await expect(page.getByRole("list", { name: "Filters" })).toContainText("none");
});

test("this month's forecast stands in sight beside the budget, with the ledger's own sum", async ({
  page,
}) => {
  await page.setViewportSize({ width: 1280, height: 800 });
  const month = card(page, "This month");
  await expect(async () => {
    await visit(page, "/demo/overview");
    const { used, budget } = only(
      await ledger<{ used: string; budget: string | null }>(
        `SELECT trim_scale(coalesce(sum(cost_usd), 0))::text AS used,
           (SELECT to_char(amount_usd, 'FM$999,999,990.00') FROM budget b WHERE b.tenant_id = call.tenant_id
              AND subject_kind = 'tenant' AND period = 'month' AND valid_to IS NULL) AS budget
         FROM call JOIN tenant USING (tenant_id) WHERE slug = 'demo'
           AND date_trunc('month', occurred_at AT TIME ZONE time_zone) = date_trunc('month', now() AT TIME ZONE time_zone)
         GROUP BY call.tenant_id`,
      ),
    );
    expect(await exactUsd(month.locator("dd data").first())).toBe(used);
    await expect(month.locator("dl")).toContainText(budget ?? "none");
  }).toPass({ timeout: 60_000, intervals: [1_000] });
  await expect(month.locator("dl")).toContainText(/\$[\d,.]+ – \$[\d,.]+/);
  await expect(month).toBeInViewport({ ratio: 1 });
  await month.getByRole("link", { name: "Forecast" }).click();
  await expect(page.getByRole("heading", { name: "The organisation", level: 1 })).toBeVisible();
});

test("the worst open incidents stand in sight and lead to what is known of them", async ({ page }) => {
  await page.setViewportSize({ width: 1280, height: 800 });
  await visit(page, "/demo/overview");
  const incidents = await ledger<{ id: string; subject: string; open: number }>(
    `SELECT id, CASE subject_kind WHEN 'tenant' THEN 'The organisation' ELSE subject_key END AS subject, count(*) OVER ()::int AS open
     FROM incident JOIN tenant USING (tenant_id) WHERE slug = 'demo' AND state = 'open'
     ORDER BY array_position(ARRAY['critical', 'warning', 'info'], severity), impact_usd DESC NULLS LAST, opened_at DESC, id LIMIT 3`,
  );
  expect(incidents.length).toBeGreaterThan(0);
  const box = card(page, "Open incidents");
  const links = box.getByRole("listitem").getByRole("link");
  await expect(links).toHaveText(incidents.map(({ subject }) => subject));
  await expect(box).toContainText(
    new RegExp(`^Open incidents${String(incidents[0]?.open)} incidents? nobody`),
  );
  await expect(links.first()).toBeInViewport();
  await links.first().click();
  await expect(page).toHaveURL(new RegExp(`/demo/alerts/${incidents[0]?.id ?? ""}$`));
});
