import { announcement } from "@/server/launch/announce";
import { demoFacts } from "@/tests/setup/demo";
import { paste } from "./door";
import { expect, test } from "./fixtures";
import { addUsd, ledger, only, sumOfLastDays } from "./ledger";
import { exactUsd, formulaOf, periodAmount, visit } from "./screen";

test.use({ person: "owner" });

test("the printed curl line becomes a true number on Overview and in Calls", async ({ page }) => {
  test.setTimeout(120_000);
  const demo = demoFacts();
  const command = announcement(demo.url, demo).split("Send a first call:\n\n")[1] ?? "";
  const before = await sumOfLastDays("demo", 7);
  await visit(page, "/demo/overview");
  await expect(periodAmount(page, 7)).toBeVisible();

  expect(await paste(command)).toMatchObject({ result: { data: { accepted: 1, rejected: [] } } });
  const call = only(
    await ledger<{ id: string; cost: string }>(
      `SELECT call_id AS id, trim_scale(cost_usd)::text AS cost FROM call JOIN tenant USING (tenant_id)
       WHERE slug = 'demo' AND feature = 'hello' ORDER BY received_at DESC LIMIT 1`,
    ),
  );
  await expect(async () => {
    await page.reload();
    const now = await sumOfLastDays("demo", 7);
    expect(now.costUsd).toBe(addUsd([before.costUsd, call.cost]));
    expect(await exactUsd(periodAmount(page, 7))).toBe(now.costUsd);
    expect(await periodAmount(page, 7).textContent()).toBe(now.shown);
  }).toPass({ timeout: 60_000, intervals: [1_000] });

  await page.getByRole("link", { name: "Calls", exact: true }).filter({ visible: true }).click();
  await page.getByRole("button", { name: `Open call ${call.id}` }).click();
  const drawer = page.getByRole("dialog");
  await expect(drawer.getByText("gpt-4o", { exact: true })).toBeVisible();
  const { lines, sum } = await formulaOf(drawer);
  expect(lines.length).toBeGreaterThan(1);
  expect(addUsd(lines)).toBe(call.cost);
  expect(sum).toBe(call.cost);
});
