import { acme } from "@/prisma/seed/acme";
import { formatTotal } from "@/app/_format/money";
import { addDays } from "@/server/calendar/local-day";
import { lastWholeWeek } from "@/server/weekly-review/week";
import { demoFacts } from "@/tests/setup/demo";
import { expect, test } from "./fixtures";
import { ledger, only } from "./ledger";
import { query } from "./own-tenant";
import { card, visit } from "./screen";

const week = () => lastWholeWeek(new Date(), acme.timeZone);
const ofDemo = "tenant_id = (SELECT tenant_id FROM tenant WHERE slug = 'demo')";
const titles = ["What was spent", "What grew", "The dearest calls", "Incidents", "Budgets near their limit", "What the figures lack"]; // prettier-ignore

test.describe("who may make and tick", () => {
  test.use({ person: "owner" });

  test("makes last week's review, walks through it with notes, is done and opens it again", async ({
    page,
  }) => {
    await ledger(`DELETE FROM weekly_review_step WHERE ${ofDemo}`);
    await ledger(`DELETE FROM weekly_review WHERE ${ofDemo}`);
    await visit(page, "/demo/reviews");
    await expect(page.getByText("No review yet")).toBeVisible();
    await page.getByRole("button", { name: "Make last week's review now" }).click();
    await page.waitForURL(`**/demo/reviews/${week()}`);

    // One figure: the review's is the report's.
    const { total } = await query<{ total: { costUsd: string } }>(
      { id: "", ingestKey: "", readKey: demoFacts().readKey },
      "reports.spend",
      { from: week(), to: addDays(week(), 7), granularity: "total" },
    );
    const spent = card(page, "1. What was spent");
    await expect(spent.locator("header")).toContainText(formatTotal(total.costUsd));
    await expect(spent.getByRole("row")).toHaveCount(8);
    await expect(card(page, "3. The dearest calls").getByRole("row")).toHaveCount(11);
    await expect(page.getByText("For Dana Demo.")).toBeVisible();

    await expect(page.getByRole("button", { name: "Done", exact: true })).toBeDisabled();
    await page.getByLabel("Note on what was spent").fill("A launch, as planned.");
    for (const [at, title] of titles.entries()) {
      await page.getByRole("button", { name: `Tick ${title}` }).click();
      await expect(page.getByText(`${String(at + 1)} of 6 ticked`)).toBeVisible();
    }
    await expect(spent).toContainText("“A launch, as planned.” Ticked by Dana Demo");
    await page.getByRole("button", { name: "Done", exact: true }).click();
    await expect(page.getByText(/Walked through by Dana Demo, /)).toBeVisible();
    await page.getByRole("button", { name: "Open it again" }).click();
    await page.getByRole("button", { name: "Take back the tick of What was spent" }).click();
    const told = page.getByRole("listitem").filter({ hasText: "“What was spent” is not ticked any more." });
    await told.getByRole("button", { name: "Undo" }).click();
    await expect(spent).toContainText("“A launch, as planned.” Ticked by Dana Demo");

    const rows = await ledger<{ notes: number; frozen: string }>(
      `SELECT count(note)::int AS notes, max(figures -> 'spend' ->> 'costUsd') AS frozen
       FROM weekly_review r JOIN weekly_review_step USING (tenant_id, week) WHERE r.${ofDemo}`,
    );
    expect(only(rows)).toEqual({ notes: 1, frozen: total.costUsd });
    await page.getByRole("link", { name: "All weekly reviews" }).click();
    await expect(card(page, "Reviews so far")).toContainText("6 of 6 ticked");
  });
});

test.describe("who only looks", () => {
  test.use({ person: "viewer" });

  test("sees reviews and changes none", async ({ page }) => {
    await visit(page, "/demo/reviews");
    await expect(page.getByRole("heading", { name: "Who walks through it" })).toBeVisible();
    await expect(page.getByRole("button", { name: /Make last week/ })).toHaveCount(0);
    await visit(page, `/demo/reviews/${week()}`);
    await expect(page.getByRole("heading", { name: "6. What the figures lack" })).toBeVisible();
    await expect(page.getByRole("button", { name: /^Tick/ })).toHaveCount(0);
  });
});
