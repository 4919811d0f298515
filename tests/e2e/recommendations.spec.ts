import { formatTotal } from "@/app/_format/money";
import { stories } from "@/prisma/seed/stories";
import { addDays, localDay } from "@/server/calendar/local-day";
import { demoFacts } from "@/tests/setup/demo";
import { expect, test } from "./fixtures";
import { ledger, only } from "./ledger";
import { query } from "./own-tenant";
import { card, visit } from "./screen";

const { retryLoop, heavierPrompt, nightlyBatch } = stories;
const path = "/demo/recommendations";
const loop = `Retry ${retryLoop.feature} less after ${retryLoop.errorClass}`;
const heavier = `Shorten version ${heavierPrompt.after} of the prompt ${heavierPrompt.promptId} in ${heavierPrompt.feature}`;
const ofDemo = "tenant_id = (SELECT tenant_id FROM tenant WHERE slug = 'demo')";

interface Answer {
  savingUsd: string;
  look: { first: string; last: string };
  recommendations: { kind: string; state: string; finding: { subject: { feature: string | null } } }[];
}
const answer = () =>
  query<Answer>({ id: "", ingestKey: "", readKey: demoFacts().readKey }, "recommendations.list", {});

test.describe("who may decide", () => {
  test.use({ person: "owner" });

  test("finds what was planted, counted as the ledger has it, accepts one, dismisses one and takes it back", async ({
    page,
  }) => {
    await ledger(
      `UPDATE recommendation SET state = 'open', owner_id = NULL, due_on = NULL, baseline = NULL, measured = NULL, dismissed_usd = NULL, note = NULL
       WHERE ${ofDemo} AND holds`,
    );
    await visit(page, path);
    const found = card(page, "What could be had for less");
    const item = (title: string) =>
      found.getByRole("listitem").filter({ has: page.getByRole("heading", { name: title, exact: true }) });
    const told = await answer();
    await expect(card(page, "Could be saved").locator("data")).toHaveText(formatTotal(told.savingUsd));

    // One figure: half of what the ledger's own attempts beyond the first cost in these days.
    const { usd } = only(
      await ledger<{ usd: string }>(
        `SELECT (sum(cost_usd) / 2)::text AS usd FROM call JOIN tenant USING (tenant_id)
         WHERE slug = 'demo' AND feature = $1 AND attempt > 1 AND error_class = $2
           AND (occurred_at AT TIME ZONE time_zone)::date BETWEEN $3::date AND $4::date`,
        [retryLoop.feature, retryLoop.errorClass, told.look.first, told.look.last],
      ),
    );
    await expect(item(loop)).toContainText(formatTotal(usd));
    await expect(item(heavier)).toContainText("Quality: whether the longer prompt gives better answers");
    await expect(found).not.toContainText(`Send ${nightlyBatch.feature}`);

    await page.getByRole("button", { name: `Accept: ${loop}` }).click();
    const accept = page.getByRole("dialog", { name: "Accept this recommendation" });
    await accept.getByLabel("Owner").selectOption({ label: "Alex Kim" });
    const due = addDays(localDay(new Date(), "America/New_York"), 7);
    await accept.getByLabel("Due").fill(due);
    await accept.getByLabel("Note").fill("Give up after three attempts.");
    await accept.getByRole("button", { name: "Accept", exact: true }).click();
    await expect(page.getByText("Accepted. What it saves is measured from tomorrow on.")).toBeVisible();
    await expect(item(loop)).toHaveCount(0);
    await page.getByRole("button", { name: /^Accepted 1$/ }).click();
    await expect(item(loop)).toContainText("Alex Kim sees to it by");
    await expect(item(loop)).toContainText("“Give up after three attempts.”");
    // It is still hoped for.
    await expect(card(page, "Could be saved").locator("data")).toHaveText(formatTotal(told.savingUsd));

    await page.getByRole("button", { name: /^Open \d+$/ }).click();
    await page.getByRole("button", { name: `Dismiss: ${heavier}` }).click();
    const dismiss = page.getByRole("dialog", { name: "Dismiss this recommendation?" });
    await dismiss.getByRole("button", { name: "Dismiss", exact: true }).click();
    await expect(item(heavier)).toHaveCount(0);
    const toast = page.getByRole("listitem").filter({ hasText: "Dismissed." });
    await toast.getByRole("button", { name: "Undo" }).click();
    await expect(item(heavier)).toBeVisible();

    const rows = await ledger<{ due: string; days: number }>(
      `SELECT due_on::text AS due, jsonb_array_length(baseline -> 'days') AS days FROM recommendation WHERE ${ofDemo} AND state = 'accepted'`,
    );
    expect(only(rows).due).toBe(due);
    expect(only(rows).days).toBeGreaterThan(20);

    await item(heavier).getByRole("link", { name: "Prompt", exact: true }).click();
    await page.waitForURL(/\/demo\/prompts\?/);
    await expect(page.getByRole("heading", { level: 1 })).toContainText(heavierPrompt.promptId);
  });
});

test.describe("who only looks", () => {
  test.use({ person: "viewer" });

  test("sees them and decides nothing", async ({ page }) => {
    await visit(page, path);
    await expect(page.getByRole("heading", { name: "What could be had for less" })).toBeVisible();
    await expect(page.getByRole("button", { name: /^(Accept|Dismiss|Open again):/ })).toHaveCount(0);
  });
});
