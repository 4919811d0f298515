import type { Locator, Page } from "@playwright/test";
import { formatDayLong } from "@/app/_format/dates";
import { stories } from "@/prisma/seed/stories";
import { expect, test } from "./fixtures";
import { lastDays, ledger, only, plainUsd } from "./ledger";
import { addFilter, card, exactUsd, hydrated, visit } from "./screen";

test.use({ person: "owner" });

const demo30 = ["demo", 30] as const;
/** Figures may be a minute behind the ledger. */
const patient = { timeout: 60_000, intervals: [1_000] };

/** A click in the navigation of Overview, whose range every screen begins with. */
async function openFromOverview(page: Page, screen: string): Promise<void> {
  await visit(page, "/demo/overview");
  await page
    .getByRole("navigation", { name: "Main" })
    .getByRole("link", { name: screen, exact: true })
    .click();
  await expect(page.getByRole("heading", { level: 1 })).toContainText(screen);
  await hydrated(page);
}

const rowOf = (box: Locator, name: string) =>
  box.locator("tbody tr").filter({ has: box.page().getByRole("link", { name, exact: true }) });

/** A share as screens write it. */
const percent = new Intl.NumberFormat("en-US", { style: "percent", maximumFractionDigits: 1 });

test("the retry loop: what it cost, which error it was, and its attempts", async ({ page }) => {
  test.setTimeout(120_000);
  const { feature, errorClass } = stories.retryLoop;
  await openFromOverview(page, "Errors");
  await expect(async () => {
    await page.reload();
    const truth = only(
      await ledger<{ all: string; ofFeature: string; failed: string; calls: number; failures: number }>(
        `SELECT trim_scale(sum(cost_usd) FILTER (WHERE attempt > 1))::text AS all,
           trim_scale(sum(cost_usd) FILTER (WHERE attempt > 1 AND feature = $3))::text AS "ofFeature",
           trim_scale(sum(cost_usd) FILTER (WHERE error_class = $4 AND billed <> 'no'))::text AS failed,
           count(*)::int AS calls, count(error_class)::int AS failures ${lastDays}`,
        [...demo30, feature, errorClass],
      ),
    );
    const tax = card(page, "Retry tax");
    expect(await exactUsd(tax.locator("data").first())).toBe(truth.all);
    const loop = tax.getByRole("listitem").filter({ hasText: feature }).first();
    expect(await exactUsd(loop.locator("data"))).toBe(truth.ofFeature);
    const ofClass = rowOf(card(page, "Cost by error class"), errorClass);
    expect(await exactUsd(ofClass.locator("data").first())).toBe(truth.failed);
    await expect(card(page, "Error rate").locator(".figures").first()).toContainText(
      percent.format(truth.failures / truth.calls),
    );
  }).toPass(patient);
  await expect(card(page, "Cost by error class").locator("tbody tr").first()).toContainText(errorClass);
  await expect(card(page, "Cost by error class").locator("header")).toContainText(
    `${errorClass} in ${feature}`,
  );

  await card(page, "Retry tax").getByRole("link", { name: "See the retries" }).click();
  await expect(page).toHaveURL(/\/demo\/calls\?.*f=attempt:retry/);
  await expect(page.getByRole("list", { name: "Filters" })).toContainText("retry");
});

test("an error class leads to its calls, the dearest first", async ({ page }) => {
  const { errorClass } = stories.retryLoop;
  await openFromOverview(page, "Errors");
  await rowOf(card(page, "Cost by error class"), errorClass).getByRole("link").click();
  await expect(page).toHaveURL(new RegExp(`/demo/calls\\?.*f=error:${errorClass}.*order=dearest`));
});

interface RateOfDay {
  day: string;
  read: number;
  input: number;
}
/** What the provider's caches answered of a feature's input, day by day. */
const ratesByDay = (feature: string) =>
  ledger<RateOfDay & Record<string, unknown>>(
    `SELECT (occurred_at AT TIME ZONE time_zone)::date::text AS day, sum(cache_read_tokens)::float8 AS read,
       sum(fresh_input_tokens + cache_read_tokens + cache_write_5m_tokens + cache_write_1h_tokens + audio_input_tokens)::float8 AS input
     ${lastDays} AND feature = $3 GROUP BY (occurred_at AT TIME ZONE time_zone)::date ORDER BY (occurred_at AT TIME ZONE time_zone)::date`,
    [...demo30, feature],
  );
const rateOf = (days: readonly RateOfDay[]) =>
  days.reduce((sum, { read }) => sum + read, 0) / days.reduce((sum, { input }) => sum + input, 0);

test("cache hits that rise: the rate of each day, and of the whole", async ({ page }) => {
  test.setTimeout(120_000);
  const { feature } = stories.risingCache;
  await openFromOverview(page, "Cache");
  await expect(async () => {
    await page.reload();
    const days = await ratesByDay(feature);
    const row = rowOf(card(page, "The cache by feature"), feature);
    await expect(row).toContainText(percent.format(rateOf(days)), { timeout: 1_000 });
  }).toPass(patient);

  await hydrated(page);
  await addFilter(page, "Feature", feature);
  await expect(page).toHaveURL(new RegExp(`f=feature:${feature}`));
  await expect(async () => {
    const days = await ratesByDay(feature);
    expect(days.length).toBeGreaterThan(25);
    const shown = card(page, "Hit rate over time").locator("tbody tr");
    for (const one of [days[0], days[10], days[20]]) {
      if (!one) throw new Error("The ledger lacks a day.");
      const row = shown.filter({ hasText: formatDayLong(one.day) });
      await expect(row.locator("td").first()).toHaveText(percent.format(rateOf([one])), { timeout: 1_000 });
    }
    expect(rateOf(days.slice(-8, -1))).toBeGreaterThan(rateOf(days.slice(0, 7)) + 0.05);
    const tile = card(page, "Hit rate").locator(".figures").first();
    await expect(tile).toContainText(percent.format(rateOf(days)), { timeout: 1_000 });
  }).toPass(patient);
});

test("a model without a price is called out, and leads to where one is entered", async ({ page }) => {
  test.setTimeout(120_000);
  const { model, provider } = stories.unpricedModel;
  await openFromOverview(page, "Models");
  const line = page.getByRole("listitem").filter({ hasText: model });
  await expect(async () => {
    await page.reload();
    const { calls } = only(
      await ledger<{ calls: number }>(
        `SELECT count(*)::int AS calls ${lastDays} AND model = $3 AND cost_usd IS NULL`,
        [...demo30, model],
      ),
    );
    expect(calls).toBeGreaterThan(0);
    const found = line.getByRole("link", { name: `${calls.toLocaleString("en-US")} calls`, exact: true });
    await expect(found).toBeVisible({ timeout: 1_000 });
  }).toPass(patient);
  await expect(rowOf(card(page, "What each model costs"), model)).toContainText("unpriced");
  await hydrated(page);
  await line.getByRole("link", { name: "Enter its price" }).click();
  await expect(page).toHaveURL(/\/demo\/prices\/model\?/);
  const { searchParams } = new URL(page.url());
  expect([searchParams.get("provider"), searchParams.get("model"), searchParams.get("add")]).toEqual([
    provider,
    model,
    "contract",
  ]);
});

test("a price change: the model's cost fell, and price comes first among the reasons", async ({ page }) => {
  test.setTimeout(120_000);
  const { model } = stories.priceChange;
  await openFromOverview(page, "Models");
  const row = rowOf(card(page, "What each model costs"), model);
  await expect(async () => {
    await page.reload();
    const { usd } = only(
      await ledger<{ usd: string }>(
        `SELECT trim_scale(sum(cost_usd))::text AS usd ${lastDays} AND model = $3`,
        [...demo30, model],
      ),
    );
    expect(await exactUsd(row.locator("data").first())).toBe(usd);
  }).toPass(patient);
  await hydrated(page);
  await row.getByRole("button", { name: `Why did the cost of ${model} change?` }).click();
  const dialog = page.getByRole("dialog", { name: "Why did it change?" });
  const delta = dialog.getByTestId("why-delta");
  await expect(delta).toBeVisible();
  const [now, before] = (new URL(page.url()).searchParams.get("why") ?? "").split(",");
  const costOf = async (stretch = "") =>
    only(
      await ledger<{ usd: string }>(
        // A day begins by the tenant's clock; an instant is itself.
        `SELECT trim_scale(coalesce(sum(cost_usd), 0))::text AS usd FROM call JOIN tenant USING (tenant_id)
         WHERE slug = 'demo' AND model = $1
           AND occurred_at >= CASE WHEN length($2) = 10 THEN $2::timestamp AT TIME ZONE time_zone ELSE $2::timestamptz END
           AND occurred_at < CASE WHEN length($3) = 10 THEN $3::timestamp AT TIME ZONE time_zone ELSE $3::timestamptz END`,
        [model, ...stretch.split("..")],
      ),
    ).usd;
  const difference = only(
    await ledger<{ usd: string }>("SELECT trim_scale($1::numeric - $2::numeric)::text AS usd", [
      await costOf(now),
      await costOf(before),
    ]),
  ).usd;
  const shown = (await delta.getAttribute("title")) ?? "";
  expect(plainUsd(shown.replace("−", "-"))).toBe(difference);
  expect(difference).toMatch(/^-/);
  const ranked = dialog.getByRole("listitem").and(page.locator("[data-cause]"));
  await expect(ranked.first()).toHaveAttribute("data-cause", "price");
});

test("the nightly batch: what it cost, and that it costs between two and four", async ({ page }) => {
  test.setTimeout(120_000);
  const { feature, fromHour, hours } = stories.nightlyBatch;
  await openFromOverview(page, "Models");
  await addFilter(page, "Feature", feature);
  await expect(page).toHaveURL(new RegExp(`f=feature:${feature}`));
  await expect(async () => {
    const { usd } = only(
      await ledger<{ usd: string }>(
        `SELECT trim_scale(sum(cost_usd))::text AS usd ${lastDays} AND feature = $3`,
        [...demo30, feature],
      ),
    );
    const total = card(page, "What each model costs").locator("tfoot data").first();
    expect(await exactUsd(total)).toBe(usd);
    // Of each weekday at that hour: what was spent, over how many such hours there were so far, in quarters.
    const means = await ledger<{ weekday: number; mean: string }>(
      `SELECT weekday, round(coalesce(usd, 0) * 4 / quarters, 9)::text AS mean
       FROM (
         SELECT extract(isodow FROM slot AT TIME ZONE time_zone)::int AS weekday, count(*) AS quarters
         FROM tenant, generate_series(((now() AT TIME ZONE time_zone)::date - 29)::timestamp AT TIME ZONE time_zone, now(), interval '15 minutes') AS slot
         WHERE slug = 'demo' AND extract(hour FROM slot AT TIME ZONE time_zone) = $4 GROUP BY 1
       ) AS known
       LEFT JOIN (
         SELECT extract(isodow FROM occurred_at AT TIME ZONE time_zone)::int AS weekday, sum(cost_usd) AS usd
         ${lastDays} AND feature = $3 AND extract(hour FROM occurred_at AT TIME ZONE time_zone) = $4 GROUP BY 1
       ) AS spent USING (weekday) ORDER BY weekday`,
      [...demo30, feature, fromHour],
    );
    const amounts = (hour: number) =>
      card(page, "By hour of the week")
        .locator("tbody tr")
        .filter({ has: page.locator("th", { hasText: `${String(hour).padStart(2, "0")}:00` }) })
        .locator("data")
        .evaluateAll((all) => all.map((one) => one.getAttribute("value") ?? ""));
    const shown = await amounts(fromHour);
    expect(shown).toHaveLength(7);
    for (const { weekday, mean } of means) expect(Number(shown[weekday - 1])).toBeCloseTo(Number(mean), 8);
    for (let hour = 0; hour < 24; hour += 1) {
      const isNight = hour >= fromHour && hour < fromHour + hours;
      expect((await amounts(hour)).some((usd) => Number(usd) > 0)).toBe(isNight);
    }
  }).toPass(patient);
});
