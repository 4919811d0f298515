import { randomUUID } from "node:crypto";
import type { Locator, Page } from "@playwright/test";
import { demoFacts } from "@/tests/setup/demo";
import { expectModal } from "./accessibility";
import { sendCall } from "./door";
import { expect, people, test } from "./fixtures";
import { lastDays, ledger, only, plainUsd, sumOfLastDays } from "./ledger";
import { ownTenant } from "./own-tenant";
import { card, hydrated, visit } from "./screen";

test.use({ person: "owner" });

interface Site {
  route: string;
  calls: number;
  cost: string;
}

/** The dearest call site of the demo's old service, whose calls have no feature. */
async function dearestWithoutFeature(): Promise<Site> {
  return only(
    await ledger<{ route: string; calls: number; cost: string }>(
      `SELECT route, count(*)::int AS calls, trim_scale(sum(cost_usd))::text AS cost ${lastDays}
       AND feature IS NULL AND route IS NOT NULL GROUP BY route ORDER BY sum(cost_usd) DESC LIMIT 1`,
      ["demo", 30],
    ),
  );
}

/** Exact shares of the last 30 days by the ledger itself. */
async function share(): Promise<{ attributed: string; total: string }> {
  return only(
    await ledger<{ attributed: string; total: string }>(
      `SELECT trim_scale(sum(cost_usd) FILTER (WHERE feature IS NOT NULL))::text AS attributed,
        trim_scale(sum(cost_usd))::text AS total ${lastDays}`,
      ["demo", 30],
    ),
  );
}

const callsOf = async (where: string, values: unknown[]) =>
  only(
    await ledger<{ calls: number }>(
      `SELECT count(*)::int AS calls FROM call JOIN tenant USING (tenant_id) WHERE slug = 'demo' AND ${where}`,
      values,
    ),
  ).calls;

const amountOf = (box: Locator) => box.locator("data");

/** The score card shows what the ledger says, to the last digit, as soon as the roll-up is done. */
async function expectCoverage(page: Page): Promise<{ attributed: string; total: string }> {
  const truth = await share();
  await expect(async () => {
    await visit(page, "/demo/attribution");
    const amounts = await amountOf(card(page, "Attributed cost")).evaluateAll((all) =>
      all.map((one) => one.getAttribute("title") ?? ""),
    );
    expect(amounts.slice(0, 2).map(plainUsd)).toEqual([truth.attributed, truth.total]);
  }).toPass({ timeout: 90_000, intervals: [1_000] });
  return truth;
}

const runOf = (page: Page, name: string) => page.getByRole("listitem", { name, exact: true });

test("a rule gives dollars an owner: previewed, applied, and taken back", async ({ page }) => {
  test.setTimeout(300_000);
  const site = await dearestWithoutFeature();
  const id = randomUUID().slice(0, 8);
  const rule = `Old service ${id}`;
  const feature = `found-by-a-rule-${id}`;
  const before = await expectCoverage(page);
  const totalBefore = await sumOfLastDays("demo", 30);

  const row = card(page, "Unattributed dollars").getByRole("row").filter({ hasText: site.route });
  await expect(row).toContainText(site.calls.toLocaleString("en-US"));
  expect(plainUsd((await amountOf(row).getAttribute("title")) ?? "")).toBe(site.cost);
  await row.getByRole("link", { name: site.route, exact: true }).click();
  await expect(page.getByRole("list", { name: "Filters" })).toContainText(site.route);
  await expect(page.getByText(new RegExp(`^${Math.min(site.calls, 50)} shown$`))).toBeVisible();
  await page.goBack();
  await hydrated(page);

  await row.getByRole("link", { name: `Make a rule for ${site.route}` }).click();
  const dialog = page.getByRole("dialog");
  await expect(dialog.getByLabel("Field 1")).toHaveValue("feature");
  await expect(dialog.getByLabel("Operator 1")).toHaveValue("isMissing");
  await expect(dialog.getByLabel("Field 2")).toHaveValue("route");
  await expect(dialog.getByLabel("Value 2")).toHaveValue(site.route);
  await dialog.getByLabel("Name", { exact: true }).fill(rule);
  await dialog.getByLabel("Value to set 1").fill(feature);
  await dialog.getByRole("button", { name: "Preview" }).click();
  const preview = dialog.getByRole("region", { name: "Preview" });
  await expect(preview).toContainText(`${site.calls.toLocaleString("en-US")} call`);
  expect(plainUsd((await amountOf(preview).first().getAttribute("title")) ?? "")).toBe(site.cost);
  expect(await callsOf("feature = $1", [feature])).toBe(0);
  // Figures of another rule than the one in sight are not shown.
  await dialog.getByLabel("Value to set 1").fill(`${feature}-2`);
  await expect(preview).toHaveCount(0);
  await dialog.getByLabel("Value to set 1").fill(feature);
  await dialog.getByRole("button", { name: "Save the rule" }).click();
  await expect(card(page, "Rules").getByRole("listitem").filter({ hasText: rule }).first()).toContainText(
    "version 1",
  );
  expect(await callsOf("feature = $1", [feature])).toBe(0);

  await page.getByRole("button", { name: `Apply ${rule} to the past` }).click();
  await dialog.getByRole("button", { name: "See what it changes" }).click();
  await dialog.getByRole("button", { name: `Apply to ${site.calls.toLocaleString("en-US")} call` }).click();
  const applied = runOf(page, `apply ${rule}`);
  await expect(applied.getByText("done", { exact: true })).toBeVisible({ timeout: 60_000 });
  await expect(applied).toContainText(`${site.calls.toLocaleString("en-US")} call`);
  expect(await callsOf("feature = $1", [feature])).toBe(site.calls);

  const after = await expectCoverage(page);
  expect(Number(after.attributed)).toBeGreaterThan(Number(before.attributed));
  expect((await sumOfLastDays("demo", 30)).costUsd).toBe(totalBefore.costUsd);

  await visit(page, "/demo/attribution/rules");
  await applied.getByRole("button", { name: "Take back" }).click();
  await page
    .getByRole("dialog")
    .getByRole("button", { name: /^Take back/ })
    .click();
  await expect(runOf(page, `revert ${rule}`).getByText("done", { exact: true })).toBeVisible({
    timeout: 60_000,
  });
  await expect(applied.getByText("taken back")).toBeVisible();
  await expect(applied.getByRole("button", { name: "Take back" })).toHaveCount(0);
  expect(await callsOf("feature = $1", [feature])).toBe(0);
  expect(await expectCoverage(page)).toEqual(before);

  await visit(page, "/demo/attribution/rules");
  const rules = card(page, "Rules").getByRole("listitem").filter({ hasText: rule });
  await rules.first().getByRole("button", { name: "Retire" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Retire the rule" }).click();
  await expect(page.getByText(/^Retired \(\d+\)$/)).toBeVisible();
});

test("calls of closed months are told before and after, and stay as they are", async ({ page }) => {
  test.setTimeout(120_000);
  const slug = `closed-${randomUUID().slice(0, 8)}`;
  const tenant = await ownTenant(slug);
  await ledger(
    "INSERT INTO member (tenant_id, person_id, role) SELECT $1, id, 'owner' FROM person WHERE email = $2",
    [tenant.id, people.owner],
  );
  const firstOfMonth = new Date(`${new Date().toISOString().slice(0, 7)}-01T00:00:00Z`);
  const lastMonth = new Date(firstOfMonth.getTime() - 3_600_000);
  for (const at of [lastMonth, new Date()]) {
    const answer = await sendCall(demoFacts().url, tenant.ingestKey, {
      id: at.toISOString(),
      occurredAt: at.toISOString(),
      provider: "openai",
      model: "gpt-4o",
      route: "/old",
      usage: { inputTokens: 1_000, outputTokens: 100 },
    });
    expect(answer.body).toMatchObject({ result: { data: { accepted: 1 } } });
  }
  await ledger(
    "INSERT INTO period (tenant_id, month, time_zone, closed_at, closed_by) VALUES ($1, $2, 'UTC', now(), 'test')",
    [tenant.id, `${lastMonth.toISOString().slice(0, 7)}-01`],
  );

  await visit(page, `/${slug}/attribution/rules?field=route&value=%2Fold&sets=feature`);
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("Name", { exact: true }).fill("Old");
  await dialog.getByLabel("Value to set 1").fill("old");
  await dialog.getByRole("button", { name: "Save the rule" }).click();
  await page.getByRole("button", { name: "Apply Old to the past" }).click();
  await dialog.getByLabel("From").fill(lastMonth.toISOString().slice(0, 10));
  await dialog.getByRole("button", { name: "See what it changes" }).click();
  await expect(dialog.getByText("1 call of closed months (< $0.01) would stay as they are.")).toBeVisible();
  await dialog.getByRole("button", { name: "Apply to 1 call", exact: true }).click();
  const run = page.getByRole("listitem", { name: "apply Old", exact: true });
  await expect(run.getByText("done", { exact: true })).toBeVisible({ timeout: 60_000 });
  await expect(run.getByText("1 call of closed months stayed as they were.")).toBeVisible();
  const features = await ledger<{ feature: string | null }>(
    "SELECT feature FROM call WHERE tenant_id = $1 ORDER BY occurred_at",
    [tenant.id],
  );
  expect(features).toEqual([{ feature: null }, { feature: "old" }]);
});

test("a tag that is to be there is refused only after somebody has read what that means", async ({
  page,
}) => {
  await visit(page, "/demo/attribution/policy");
  const team = page.getByRole("group", { name: "Calls without a team" });
  await team.getByRole("button", { name: "Reject" }).click();
  await page.getByRole("button", { name: "Save the policy" }).click();
  const dialog = page.getByRole("dialog", { name: "Refuse calls without a team?" });
  await dialog.getByRole("button", { name: "Cancel" }).click();
  const modeOfTeam = async () =>
    only(
      await ledger<{ mode: string | null }>(
        `SELECT (SELECT tag_policy ->> 'team' FROM tenant_policy WHERE tenant_id = t.tenant_id) AS mode
         FROM tenant t WHERE slug = 'demo'`,
      ),
    ).mode;
  expect(await modeOfTeam()).not.toBe("reject");
  await team.getByRole("button", { name: "Unattributed" }).click();
  await page.getByRole("button", { name: "Save the policy" }).click();
  await expect(page.getByText("Saved. It holds for calls from now on.")).toBeVisible();
  expect(await modeOfTeam()).toBe("unattributed");
  await visit(page, "/demo/attribution");
  await expect(card(page, "Attributed cost")).toContainText("a feature and a team");

  await visit(page, "/demo/attribution/policy");
  await team.getByRole("button", { name: "Accept" }).click();
  await page.getByRole("button", { name: "Save the policy" }).click();
  await expect(page.getByText("Saved. It holds for calls from now on.")).toBeVisible();
});

test("a person is forgotten, and no total changes", async ({ page }) => {
  test.setTimeout(120_000);
  const { user, calls } = only(
    await ledger<{ user: string; calls: number }>(
      `SELECT user_id AS user, count(*)::int AS calls ${lastDays} AND user_id NOT LIKE 'erased%'
       GROUP BY user_id ORDER BY count(*) DESC, user_id LIMIT 1`,
      ["demo", 90],
    ),
  );
  const all = await callsOf("user_id = $1", [user]);
  expect(all).toBeGreaterThanOrEqual(calls);
  const total = await sumOfLastDays("demo", 90);
  await visit(page, "/demo/settings/privacy");
  await card(page, "Forget a person").getByLabel("User id").fill(user);
  await page.getByRole("button", { name: "Forget …" }).click();
  const dialog = page.getByRole("dialog");
  const confirm = dialog.getByRole("button", { name: "Forget this person" });
  await dialog.getByLabel(`Type “${user}” to confirm`).fill(user.slice(0, -1));
  await expect(confirm).toBeDisabled();
  await dialog.getByLabel(`Type “${user}” to confirm`).fill(user);
  await confirm.click();
  const erased = page.getByRole("list", { name: "Forgotten" }).getByRole("listitem").first();
  await expect(erased.getByText("forgotten", { exact: true })).toBeVisible({ timeout: 90_000 });
  await expect(erased).toContainText(`${all.toLocaleString("en-US")} call`);
  expect(await page.content()).not.toContain(user);

  expect(await callsOf("user_id = $1", [user])).toBe(0);
  expect((await sumOfLastDays("demo", 90)).costUsd).toBe(total.costUsd);
  await visit(page, `/demo/calls?f=user:${encodeURIComponent(user)}`);
  await expect(page.getByRole("heading", { name: "No call matches" })).toBeVisible();
});

test("pseudonyms are switched on, looked up, and made anonymous for good", async ({ page }) => {
  await visit(page, "/demo/settings/privacy");
  const box = card(page, "Pseudonyms");
  await expect(box.getByText("off", { exact: true })).toBeVisible();
  await box.getByRole("button", { name: "Switch on" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Switch on" }).click();
  await expect(box.getByText("on", { exact: true })).toBeVisible();
  const lookUp = async () => {
    await box.getByLabel("Look up a pseudonym").fill("somebody@example.com");
    await box.getByRole("button", { name: "Look up" }).click();
    await expect(box.locator("code")).toHaveText(/^u_[\w-]{22}$/);
    return box.locator("code").textContent();
  };
  const first = await lookUp();
  await box.getByRole("button", { name: "Delete the key" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("Type “delete the key” to confirm").fill("delete the key");
  await dialog.getByRole("button", { name: "Delete the key for good" }).click();
  await expect(page.getByText(/The key is deleted/)).toBeVisible();
  await page.reload();
  await hydrated(page);
  expect(await lookUp()).not.toBe(first);

  await box.getByRole("button", { name: "Switch off" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Switch off" }).click();
  await expect(box.getByText("off", { exact: true })).toBeVisible();
});

test("a retried request tells what all its attempts cost together, and which have no price", async ({
  page,
}) => {
  // The newest request of each kind: in some hours of the demo the newest has an attempt on the model without a price.
  const requests = await ledger<{ id: string; attempts: number; unpriced: number; cost: string }>(
    `SELECT DISTINCT ON (unpriced > 0) id, attempts, unpriced, cost FROM (
       SELECT max(call_id) AS id, count(*)::int AS attempts, (count(*) - count(cost_usd))::int AS unpriced,
              trim_scale(coalesce(sum(cost_usd), 0))::text AS cost, max(occurred_at) AS at
       ${lastDays} AND root_request_id IS NOT NULL GROUP BY root_request_id
       HAVING count(*) BETWEEN 2 AND 9 AND sum(cost_usd) > 0) AS retried
     ORDER BY unpriced > 0, at DESC`,
    ["demo", 7],
  );
  expect(requests.some(({ unpriced }) => unpriced === 0)).toBe(true);
  for (const { id, attempts, unpriced, cost } of requests) {
    await visit(page, `/demo/calls?call=${encodeURIComponent(id)}`);
    const section = page.getByRole("dialog").getByRole("region", { name: "Attempts of this request" });
    await expect(section.getByRole("listitem")).toHaveCount(attempts);
    await expect(section.getByText("this call")).toHaveCount(1);
    const together = (await section.getByText("Together").locator("xpath=..").textContent()) ?? "";
    const [said = "", usd = ""] = together.split("$");
    expect(plainUsd(usd)).toBe(cost);
    const words = unpriced === 1 ? "1 attempt" : `${unpriced} attempts`;
    expect(said).toBe(unpriced === 0 ? "Together" : `Together+ ${words} unpriced`);
  }
});

test("the dialogs of rules and of privacy keep the focus and give it back", async ({ page }) => {
  await visit(page, "/demo/attribution/rules");
  const create = page.getByRole("button", { name: "New rule" }).first();
  await create.click();
  await expectModal(page, create);
  await create.click();
  await page.getByRole("dialog").getByRole("button", { name: "Cancel" }).click();
  await expect(create).toBeFocused();
  await visit(page, "/demo/settings/privacy");
  await card(page, "Forget a person").getByLabel("User id").fill("nobody");
  const forget = page.getByRole("button", { name: "Forget …" });
  await forget.click();
  await expectModal(page, forget);
});

test.describe("somebody who may only look", () => {
  test.use({ person: "viewer", tolerated: [/status of 404/] });

  test("sees coverage, rules and the policy, and nothing to change them with", async ({ page }) => {
    await visit(page, "/demo/attribution");
    await expect(card(page, "Unattributed dollars").getByRole("row").nth(1)).toBeVisible();
    await expect(page.getByRole("link", { name: /^Make a rule/ })).toHaveCount(0);
    await visit(page, "/demo/attribution/rules?field=route&value=x&sets=feature");
    await expect(card(page, "Runs")).toBeVisible();
    await expect(page.getByRole("dialog")).toHaveCount(0);
    await expect(page.getByRole("button", { name: /New rule|Apply|Edit|Retire|Take back/ })).toHaveCount(0);
    await visit(page, "/demo/attribution/policy");
    await expect(page.getByRole("button", { name: "Reject" }).first()).toBeDisabled();
    await expect(page.getByRole("button", { name: /^Save/ })).toHaveCount(0);
    await visit(page, "/demo/settings/privacy");
    await expect(page.getByRole("heading", { name: "There is nothing here" })).toBeVisible();
  });
});
