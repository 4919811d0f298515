import { randomUUID } from "node:crypto";
import type { Page } from "@playwright/test";
import { demoFacts } from "@/tests/setup/demo";
import { axeFaults, expectModal, expectOneOutline, namelessParts, overflow } from "./accessibility";
import { expect, test } from "./fixtures";
import { ledger, only } from "./ledger";
import { card, visit } from "./screen";

const demo = "SELECT tenant_id FROM tenant WHERE slug = 'demo'";
const feature = "code-review";
/** Found by a rule of hours, so that the demo's own incidents are left alone. */
const rule = "hour-out-of-band";

/** An incident as the rule would have opened it three hours ago, of a feature that has calls. */
async function openIncident(): Promise<string> {
  const id = randomUUID();
  // A walk that was cut short left one behind.
  await ledger(
    `UPDATE incident SET state = 'resolved', resolved_at = now(), snoozed_until = NULL WHERE tenant_id = (${demo}) AND rule = $1 AND subject_key = $2
       AND state <> 'resolved'`,
    [rule, feature],
  );
  const details = {
    sentence: `${feature} cost $41.20 within an hour, 63 % more than its band.`,
    contributors: [{ label: "prompt review-diff v2", deltaUsd: "12.4" }],
    params: {},
    callIds: [],
  };
  await ledger(
    `WITH made AS (
       INSERT INTO incident (tenant_id, id, rule, subject_kind, subject_key, state, severity, window_start, window_end, last_start,
         last_end, unit, expected, actual, impact_usd, month_end_usd, level, details, opened_at, seen_at)
       SELECT tenant_id, $1, $2, 'feature', $3, 'open', 'critical', start, start + interval '1 hour', start, start + interval '1 hour',
         'usd', 25.28, 41.2, 15.92, NULL, NULL, $4, now(), now()
       FROM tenant, LATERAL (SELECT date_trunc('hour', now()) - interval '3 hours' + random() * interval '1 second' AS start) AS hour
       WHERE slug = 'demo')
     INSERT INTO incident_event (tenant_id, incident_id, n, at, kind, actor_kind, actor_id, details)
     VALUES ((${demo}), $1, 1, now(), 'opened', 'system', 'test', $5)`,
    [id, rule, feature, JSON.stringify(details), JSON.stringify({ sentence: details.sentence })],
  );
  return id;
}

/** What was done to it, by the ledger. */
const kindsOf = async (id: string) => {
  const events = await ledger<{ kind: string; note: string | null }>(
    "SELECT kind, note FROM incident_event WHERE incident_id = $1 ORDER BY n",
    [id],
  );
  return events.map(({ kind, note }) => (note === null ? kind : `${kind}: ${note}`));
};

const act = async (page: Page, name: string, title: string, note: string) => {
  await page.getByRole("button", { name, exact: true }).click();
  const dialog = page.getByRole("dialog", { name: title });
  await dialog.getByRole("textbox").fill(note);
  await dialog.getByRole("button").last().click();
};

test.describe("who may act on incidents", () => {
  test.use({ person: "owner", tolerated: [/status of 409/] });

  test("finds one, looks into it, puts it off, resolves it and has it back", async ({
    page,
    openElsewhere,
  }) => {
    const id = await openIncident();
    await visit(page, "/demo/alerts");
    await expect(page.getByText(/^\d+ open incidents?.* since /)).toBeVisible();
    const row = card(page, "Incidents")
      .getByRole("row")
      .filter({ has: page.locator(`a[href$="${id}"]`) });
    for (const words of ["critical", "Hour outside its band", "$41.20", "$15.92"]) await expect(row).toContainText(words); // prettier-ignore
    await row.getByRole("link", { name: feature }).click();
    await expect(page.getByRole("heading", { name: feature, level: 1 })).toBeVisible();
    await expect(page.getByText("63 % more than its band.").first()).toBeVisible();
    await expect(card(page, "What did it")).toContainText("prompt review-diff v2");
    const chart = card(page, "Before, during and after");
    await chart.getByRole("button", { name: "Table" }).click();
    const marked = chart.getByRole("row").filter({ hasText: "incident" });
    // An hour that begins a moment after the clock's touches two.
    await expect(marked).toHaveCount(2);
    expect(await chart.getByRole("row").count()).toBeGreaterThan(72);

    await page.getByRole("button", { name: "Acknowledge" }).click();
    await expect(page.getByText("You look into it.")).toBeVisible();
    await expect(page.getByRole("button", { name: "Acknowledge" })).toHaveCount(0);
    await expect(card(page, "What happened").getByRole("listitem").last()).toContainText("looks into it");
    await act(page, "Add a note", "Add a note", "asked the platform team");
    await expect(card(page, "What happened")).toContainText("“asked the platform team”");
    await page.getByRole("button", { name: "Snooze" }).click();
    await page.getByRole("dialog").getByRole("button", { name: "1 day" }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Snooze" }).click();
    await expect(page.getByText(/^snoozed by Dana Demo until /)).toBeVisible();
    await act(page, "Resolve", "Resolve the incident?", "rolled back");
    await page.getByRole("button", { name: "Undo" }).click();
    await expect(page.getByText("open", { exact: true })).toBeVisible();

    // A colleague is faster.
    await page.getByRole("button", { name: "Snooze" }).click();
    await ledger("UPDATE incident SET state = 'resolved', resolved_at = now() WHERE id = $1", [id]);
    await page.getByRole("dialog").getByRole("button", { name: "Snooze" }).click();
    await expect(page.getByText("The incident is resolved; one can reopen or note it.")).toBeVisible();
    await act(page, "Reopen", "Open the incident again?", "not over");
    await expect(page.getByText("The incident is open again.")).toBeVisible();
    await act(page, "Resolve", "Resolve the incident?", "over");
    await expect(page.getByText(/^resolved /)).toBeVisible();
    expect(await kindsOf(id)).toEqual([
      "opened",
      "acknowledged",
      "noted: asked the platform team",
      "snoozed",
      "resolved: rolled back",
      "reopened",
      "reopened: not over",
      "resolved: over",
    ]);

    await page.getByRole("link", { name: "All incidents" }).click();
    await page.getByRole("button", { name: "Resolved" }).click();
    await expect(page).toHaveURL(/state=resolved/);
    await expect(card(page, "Incidents").locator(`a[href$="${id}"]`)).toBeVisible();
    const stranger = await openElsewhere();
    await stranger.goto(`/demo/alerts/${id}`);
    await expect(stranger).toHaveURL(/sign-in/);
  });

  test("is well made on desk and phone, day and night, with its dialogs", async ({ page }, info) => {
    const id = await openIncident();
    for (const size of [
      { width: 1280, height: 800 },
      { width: 390, height: 844 },
    ]) {
      // prettier-ignore
      await page.setViewportSize(size);
      await visit(page, `/demo/alerts/${id}`);
      await expect(page.locator("[data-skeleton]")).toHaveCount(0);
      for (const colorScheme of ["light", "dark"] as const) {
        await page.emulateMedia({ colorScheme });
        await page.screenshot({
          path: info.outputPath(`incident-${size.width}-${colorScheme}.png`),
          fullPage: true,
        });
        expect(await overflow(page)).toEqual({ pixels: 0, by: [] });
        expect(await axeFaults(page)).toEqual([]);
      }
      await expectOneOutline(page);
      expect(await namelessParts(page)).toEqual([]);
      for (const name of ["Snooze", "Resolve", "Add a note"]) {
        const opener = page.getByRole("button", { name });
        await opener.click();
        expect(await axeFaults(page)).toEqual([]);
        await expectModal(page, opener);
      }
    }
    await ledger("UPDATE incident SET state = 'resolved', resolved_at = now() WHERE id = $1", [id]);
  });
});

interface Trial {
  total: number;
  noise: number;
}

/** What the API says of a trial. */
async function backtest(input: object): Promise<Trial> {
  const { url, readKey } = demoFacts();
  const answer = await fetch(
    `${url}/api/trpc/alerts.backtest?input=${encodeURIComponent(JSON.stringify(input))}`,
    {
      headers: { Authorization: `Bearer ${readKey}` },
    },
  );
  return ((await answer.json()) as { result: { data: Trial } }).result.data;
}

const settings = (key: string) =>
  ledger<{ enabled: boolean; params: Record<string, number> }>(
    `SELECT enabled, params FROM alert_setting WHERE tenant_id = (${demo}) AND rule = 'week-over-week' AND subject_key = $1`,
    [key],
  );

test.describe("who may change rules", () => {
  test.use({ person: "owner" });

  test("tries a rule over the last 90 days before saving it, makes an exception, and takes both back", async ({
    page,
  }, info) => {
    await ledger(`DELETE FROM alert_setting WHERE tenant_id = (${demo}) AND rule = 'week-over-week'`);
    await visit(page, "/demo/alerts");
    await page.getByRole("link", { name: "Rules", exact: true }).click();
    await page.getByRole("link", { name: "A feature costs more than last week" }).click();
    const form = card(page, "As it is set");
    await form.getByLabel("More than the week before by").fill("0");
    await expect(form).toContainText("A number from 1 to 10,000.");
    await expect(form.getByRole("button", { name: "Save" })).toBeDisabled();
    await form.getByLabel("More than the week before by").fill("300");

    const trial = card(page, "What it would have told");
    await trial.getByRole("button", { name: "Try the draft" }).click();
    const rows = trial.getByRole("region", { name: "What it comes to" }).getByRole("row");
    await expect(rows).toHaveCount(3);
    const saved = await backtest({ rule: "week-over-week" });
    const draft = await backtest({ rule: "week-over-week", params: { rise: 300 } });
    expect(saved.total).toBeGreaterThan(draft.total);
    for (const [at, { total, noise }] of [saved, draft].entries()) {
      const cells = rows.nth(at + 1).getByRole("cell");
      await expect(cells.first()).toHaveText(String(total));
      await expect(cells.nth(1)).toHaveText(String(noise));
    }
    await expect(trial).toContainText("The draft leaves out");
    for (const size of [
      { width: 1280, height: 800 },
      { width: 390, height: 844 },
    ]) {
      // prettier-ignore
      await page.setViewportSize(size);
      for (const colorScheme of ["light", "dark"] as const) {
        await page.emulateMedia({ colorScheme });
        await page.screenshot({
          path: info.outputPath(`rule-${size.width}-${colorScheme}.png`),
          fullPage: true,
        });
        expect(await overflow(page)).toEqual({ pixels: 0, by: [] });
        expect(await axeFaults(page)).toEqual([]);
      }
    }
    await page.setViewportSize({ width: 1280, height: 800 });

    await form.getByRole("button", { name: "Save" }).click();
    await expect(page.getByText("The rule was changed.")).toBeVisible();
    expect(only(await settings(""))).toEqual({ enabled: true, params: { rise: 300 } });
    await form.getByRole("button", { name: "Reset to default" }).click();
    await expect(page.getByText("The rule is as delivered again.")).toBeVisible();
    await expect(form.getByLabel("More than the week before by")).toHaveValue("30");
    expect(await settings("")).toEqual([]);

    await page.getByRole("button", { name: "Add an exception" }).click();
    await page.getByRole("dialog").getByLabel("Feature").fill(feature);
    await page.getByRole("dialog").getByRole("button", { name: "Go on" }).click();
    const own = card(page, `As it is set for ${feature}`);
    await own.getByLabel("The rule is on").uncheck();
    await own.getByRole("button", { name: "Save" }).click();
    await expect(page.getByText(`The rule of ${feature} was changed.`)).toBeVisible();
    expect(only(await settings(feature))).toEqual({ enabled: false, params: {} });
    await page.getByRole("link", { name: "The rule for everything" }).click();
    await expect(card(page, "Exceptions")).toContainText("Not watched by this rule.");
    await page.getByRole("button", { name: `Remove the exception of ${feature}` }).click();
    await expect(page.getByText(`${feature} is watched like everything else.`)).toBeVisible();
    expect(await settings(feature)).toEqual([]);
  });
});

test.describe("who only looks", () => {
  test.use({ person: "viewer" });

  test("sees incidents and rules, and changes nothing", async ({ page }) => {
    const id = await openIncident();
    await visit(page, `/demo/alerts/${id}`);
    await expect(page.getByRole("heading", { name: "What happened" })).toBeVisible();
    await expect(
      page.getByRole("button", { name: /Acknowledge|Snooze|Resolve|Reopen|Add a note/ }),
    ).toHaveCount(0);
    await visit(page, "/demo/alerts/rules/week-over-week");
    await expect(page.getByLabel("More than the week before by")).toBeDisabled();
    await expect(page.getByRole("button", { name: /^Save|Reset|Add an exception/ })).toHaveCount(0);
    await ledger("UPDATE incident SET state = 'resolved', resolved_at = now() WHERE id = $1", [id]);
  });
});
