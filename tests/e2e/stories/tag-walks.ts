import { acme } from "@/prisma/seed/acme";
import { stories } from "@/prisma/seed/stories";
import { expect } from "../fixtures";
import { plainUsd } from "../ledger";
import { card, exactUsd } from "../screen";
import { askWhy, changeInLedger, costIn, costOf, figures, rowOf, shownCount, soon } from "./found";
import type { Story } from "./story";

const {
  retryLoop,
  heavierPrompt,
  expensiveLeavers,
  unusedFeatures,
  unattributed,
  priceChange,
  unpricedModel,
  risingCache,
} = stories;

/** On Overview, and on the screens of one tag each. */
export const tagWalks: readonly Story[] = [
  {
    screen: "Overview",
    story: unattributed.title,
    clicks: 0,
    async find({ page }) {
      const { usd, calls } = await figures<"usd" | "calls">(30, "trim_scale(sum(cost_usd))::text AS usd, count(*)::text AS calls", "AND feature IS NULL");
      const link = page.getByRole("link", { name: `${Number(calls).toLocaleString("en-US")} unattributed calls` });
      await expect(link).toBeVisible(soon);
      expect(await exactUsd(page.getByRole("main").locator("div").filter({ has: link }).last().locator("data").first())).toBe(usd);
    },
  },
  {
    screen: "Features",
    story: unusedFeatures.title,
    clicks: 3,
    async find({ page, to, range }) {
      await to("Features");
      await range("Last 90 days");
      const table = card(page, "What each feature costs");
      const counts = new Map<string, number>();
      // Other journeys may have sent calls of features that are not the demo's.
      for (const { name } of acme.features) counts.set(name, await shownCount(rowOf(table, name).locator("td").nth(4)));
      for (const feature of unusedFeatures.features) {
        const { calls, usd } = await figures<"calls" | "usd">(90, "count(*)::text AS calls, trim_scale(sum(cost_usd))::text AS usd", "AND feature = $3", [feature]);
        expect(await costIn(rowOf(table, feature))).toBe(usd);
        expect(counts.get(feature)).toBe(Number(calls));
      }
      const [fewest, next, third] = [...counts].sort(([, one], [, other]) => one - other);
      expect(new Set([fewest?.[0], next?.[0]])).toEqual(new Set(unusedFeatures.features));
      expect(third?.[1]).toBeGreaterThan(10 * (next?.[1] ?? 0));
    },
  },
  {
    screen: "Features",
    story: `${retryLoop.title}: why`,
    clicks: 2,
    async find(walk) {
      await walk.to("Features");
      expect(await costIn(rowOf(card(walk.page, "What each feature costs"), retryLoop.feature))).toBe(await costOf(30, "AND feature = $3", retryLoop.feature));
      await askWhy(walk, retryLoop.feature, "feature", "retries");
    },
  },
  {
    screen: "Features",
    story: `${heavierPrompt.title}: why`,
    clicks: 2,
    async find(walk) {
      await walk.to("Features");
      await askWhy(walk, heavierPrompt.feature, "feature", "promptVersion");
    },
  },
  {
    screen: "Features",
    story: `${risingCache.title}: why a call costs less`,
    clicks: 3,
    async find(walk) {
      await walk.to("Features");
      await askWhy(walk, risingCache.feature, "feature", "cache", "costPerCall");
    },
  },
  {
    screen: "Features",
    story: `${expensiveLeavers.title}: why, by user`,
    clicks: 3,
    async find({ page, to, click }) {
      const [feature] = expensiveLeavers.features;
      await to("Features");
      await click(page.getByRole("button", { name: `Why did the cost of ${feature} change?` }));
      const dialog = page.getByRole("dialog", { name: "Why did it change?" });
      await click(dialog.getByRole("button", { name: "By user" }));
      await expect(dialog.locator("[data-group]").first()).toHaveAttribute("data-group", "gone", soon);
      for (const user of expensiveLeavers.users) await expect(dialog.locator(`[data-user="${user}"]`)).toContainText("stopped", soon);
      const delta = (await dialog.getByTestId("why-delta").getAttribute("title")) ?? "";
      expect(plainUsd(delta.replace("−", "-"))).toBe(await changeInLedger(page, "feature", feature));
    },
  },
  {
    screen: "Users",
    story: expensiveLeavers.title,
    clicks: 3,
    async find({ page, to, range }) {
      await to("Users");
      await range("Last 90 days");
      for (const user of expensiveLeavers.users) {
        const usd = await costOf(90, "AND user_id = $3", user);
        for (const title of ["Worth a limit", "What each user costs"]) {
          await expect(rowOf(card(page, title), user)).toBeVisible(soon);
          expect(await costIn(rowOf(card(page, title), user))).toBe(usd);
        }
      }
    },
  },
  {
    screen: "Prompts",
    story: heavierPrompt.title,
    clicks: 2,
    async find({ page, to, click }) {
      const { promptId, before, after } = heavierPrompt;
      await to("Prompts");
      const first = card(page, "What new versions cost more").locator("tbody tr").first();
      await expect(first).toContainText(promptId, soon);
      await click(first.getByRole("link"));
      await expect(page.getByRole("heading", { level: 1, name: promptId })).toBeVisible(soon);
      await expect(card(page, "Before and after").locator("tbody tr").filter({ hasText: `${before} → ${after} on` })).toBeVisible(soon);
      const usd = await costOf(30, "AND prompt_id = $3 AND prompt_version = $4", promptId, after);
      expect(await costIn(rowOf(card(page, "Versions"), after))).toBe(usd);
    },
  },
  {
    screen: "Models",
    story: unpricedModel.title,
    clicks: 1,
    async find({ page, to }) {
      const { model } = unpricedModel;
      await to("Models");
      const { calls } = await figures<"calls">(30, "count(*)::text AS calls", "AND model = $3 AND cost_usd IS NULL", [model]);
      const link = page.getByRole("listitem").filter({ hasText: model }).getByRole("link", { name: `${Number(calls).toLocaleString("en-US")} calls`, exact: true });
      await expect(link).toBeVisible(soon);
      await expect(rowOf(card(page, "What each model costs"), model)).toContainText("unpriced", soon);
    },
  },
  {
    screen: "Models",
    story: `${priceChange.title}: why`,
    clicks: 2,
    async find(walk) {
      await walk.to("Models");
      const { model } = priceChange;
      expect(await costIn(rowOf(card(walk.page, "What each model costs"), model))).toBe(await costOf(30, "AND model = $3", model));
      await askWhy(walk, model, "model", "price");
    },
  },
  {
    screen: "Teams",
    story: `${retryLoop.title}: why`,
    clicks: 2,
    async find(walk) {
      const team = "research";
      await walk.to("Teams");
      expect(await costIn(rowOf(card(walk.page, "What each team spends"), team))).toBe(await costOf(30, "AND team = $3", team));
      await askWhy(walk, team, "team", "retries");
    },
  },
]; // prettier-ignore
