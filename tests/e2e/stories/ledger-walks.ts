import { formatDate } from "@/app/_format/dates";
import { formatTotal } from "@/app/_format/money";
import { stories } from "@/prisma/seed/stories";
import { expect } from "../fixtures";
import { demoDay, lastDays, ledger, plainUsd } from "../ledger";
import { card, exactUsd } from "../screen";
import { callsIn, costIn, costOf, figures, rowOf, shownCalls, soon } from "./found";
import type { Story } from "./story";

const {
  retryLoop,
  unattributed,
  priceChange,
  endingDiscount,
  unpricedModel,
  risingCache,
  nightlyBatch,
  lateEvents,
} = stories;

const percent = new Intl.NumberFormat("en-US", { style: "percent", maximumFractionDigits: 1 });

/** On the screens of calls, of what they share, and of their prices. */
export const ledgerWalks: readonly Story[] = [
  {
    screen: "Calls",
    story: unpricedModel.title,
    clicks: 1,
    async find({ page, click }) {
      const { model } = unpricedModel;
      const { calls } = await figures<"calls">(30, "count(*)::text AS calls", "AND model = $3 AND cost_usd IS NULL", [model]);
      const count = Number(calls).toLocaleString("en-US");
      await click(page.getByRole("listitem").filter({ hasText: model }).getByRole("link", { name: `${count} calls`, exact: true }));
      await expect(callsIn(page).filter({ hasText: "unpriced" })).toHaveCount(Math.min(Number(calls), 50), soon);
      const newest = await ledger<{ id: string }>(`SELECT call_id AS id ${lastDays} AND model = $3 AND cost_usd IS NULL ORDER BY occurred_at DESC, call_id DESC LIMIT 50`, ["demo", 30, model]);
      expect(await shownCalls(page)).toEqual(newest.map(({ id }) => id));
    },
  },
  {
    screen: "Calls",
    story: nightlyBatch.title,
    clicks: 3,
    async find({ page, to, click }) {
      const { feature, fromHour, hours } = nightlyBatch;
      await to("Features");
      await click(rowOf(card(page, "What each feature costs"), feature).getByRole("link"));
      const total = page.getByRole("region", { name: "Total of these days" });
      await expect(total).toBeVisible(soon);
      expect(await exactUsd(total.locator("data"))).toBe(await costOf(30, "AND feature = $3", feature));
      const rows = callsIn(page);
      await expect(rows.filter({ hasText: "estimated" })).toHaveCount(50, soon);
      const times = await rows.locator("td:first-child").allTextContents();
      const isNight = (time: string) => Number(/(\d\d):\d\d/.exec(time)?.[1]) - fromHour;
      expect(times.every((time) => isNight(time) >= 0 && isNight(time) < hours)).toBe(true);
      await click(rows.first());
      await expect(page.getByRole("dialog").locator("div").filter({ hasText: /^Batchyes$/ })).toBeVisible(soon);
    },
  },
  {
    screen: "Top 100",
    story: "The dearest calls of the week",
    clicks: 3,
    async find({ page, to, click }) {
      await to("Calls");
      await click(page.getByRole("button", { name: "Top 100" }));
      await click(page.getByRole("group", { name: "Window" }).getByRole("button", { name: "7 days" }));
      const rows = page.getByRole("table").locator("tbody tr");
      await expect(rows).toHaveCount(100, soon);
      const dearest = await ledger<{ usd: string }>(
        `SELECT trim_scale(sum(cost_usd))::text AS usd FROM call JOIN tenant USING (tenant_id)
         WHERE slug = 'demo' AND occurred_at > now() - interval '7 days' AND occurred_at <= now() AND cost_usd IS NOT NULL
         GROUP BY coalesce(share_of, call_id) ORDER BY sum(cost_usd) DESC LIMIT 100`,
      );
      const shown = await rows.locator("td:last-child data").evaluateAll((all) => all.map((one) => one.getAttribute("title") ?? ""));
      expect(shown.map(plainUsd)).toEqual(dearest.map(({ usd }) => usd));
    },
  },
  {
    screen: "Late calls",
    story: lateEvents.title,
    clicks: 2,
    async find({ page, to, click }) {
      await to("Calls");
      await click(page.getByRole("group", { name: "Show" }).getByRole("button", { name: "Late" }));
      // The tenant waits for an hour, and imports are history.
      const late = await ledger<{ id: string; feature: string | null; days: number }>(
        `SELECT call_id AS id, feature, extract(day FROM received_at - occurred_at)::int AS days ${lastDays}
         AND received_at > occurred_at + interval '1 hour' AND source <> 'import' ORDER BY occurred_at DESC, call_id DESC LIMIT 50`,
        ["demo", 30],
      );
      expect(late.length).toBeGreaterThan(0);
      await expect(callsIn(page)).toHaveCount(late.length, soon);
      expect(await shownCalls(page)).toEqual(late.map(({ id }) => id));
      const planted = callsIn(page).filter({ hasText: lateEvents.feature }).filter({ hasText: `${String(lateEvents.lateDays)} days late` });
      await expect(planted).toHaveCount(late.filter(({ feature, days }) => feature === lateEvents.feature && days === lateEvents.lateDays).length);
      await expect(planted.first()).toBeVisible();
    },
  },
  {
    screen: "Cache",
    story: risingCache.title,
    clicks: 1,
    async find({ page, to }) {
      await to("Cache");
      const input = "sum(fresh_input_tokens + cache_read_tokens + cache_write_5m_tokens + cache_write_1h_tokens + audio_input_tokens)";
      const { rate, usd } = await figures<"rate" | "usd">(30, `(sum(cache_read_tokens)::numeric / ${input})::text AS rate, trim_scale(sum(cost_usd))::text AS usd`, "AND feature = $3", [risingCache.feature]);
      const row = rowOf(card(page, "The cache by feature"), risingCache.feature);
      await expect(row).toContainText(percent.format(Number(rate)), soon);
      const amounts = await row.locator("data").evaluateAll((all) => all.map((one) => one.getAttribute("title") ?? ""));
      expect(amounts.map((one) => plainUsd(one.replace("−", "-")))).toContain(usd);
      const before = Number(/before (\d+)/.exec((await row.textContent()) ?? "")?.[1]);
      expect(before / 100).toBeLessThan(Number(rate) - 0.1);
    },
  },
  {
    screen: "Errors and retries",
    story: retryLoop.title,
    clicks: 1,
    async find({ page, to }) {
      const { feature, errorClass } = retryLoop;
      await to("Errors");
      const loop = card(page, "Retry tax").getByRole("listitem").filter({ hasText: feature }).first();
      await expect(loop).toBeVisible(soon);
      expect(await exactUsd(loop.locator("data"))).toBe(await costOf(30, "AND attempt > 1 AND feature = $3", feature));
      const first = card(page, "Cost by error class").locator("tbody tr").first();
      await expect(first).toContainText(errorClass, soon);
      expect(await costIn(first)).toBe(await costOf(30, "AND error_class = $3 AND billed <> 'no'", errorClass));
    },
  },
  {
    screen: "Runs",
    story: retryLoop.title,
    clicks: 2,
    async find({ page, to, click }) {
      const [dearest] = await ledger<{ run: string; usd: string; calls: number }>(
        `SELECT run_id AS run, trim_scale(sum(cost_usd))::text AS usd, count(*)::int AS calls ${lastDays} AND run_id IS NOT NULL AND cost_usd IS NOT NULL
         GROUP BY 1 ORDER BY sum(cost_usd) DESC, 1 LIMIT 1`,
        ["demo", 30],
      );
      if (!dearest) throw new Error("The demo has no runs.");
      await to("Runs");
      const first = card(page, "What each run costs").locator("tbody tr").first();
      await expect(first.getByRole("link")).toHaveText(dearest.run, soon);
      expect(await costIn(first)).toBe(dearest.usd);
      await click(first.getByRole("link"));
      const steps = card(page, "Step by step").locator("tbody tr");
      await expect(steps).toHaveCount(dearest.calls, soon);
      await expect(steps.last()).toContainText(`attempt ${String(retryLoop.attempts)}`, soon);
    },
  },
  {
    screen: "Attribution",
    story: unattributed.title,
    clicks: 1,
    async find({ page, to }) {
      await to("Attribution");
      const { tagged, total, without } = await figures<"tagged" | "total" | "without">(30, `trim_scale(sum(cost_usd) FILTER (WHERE feature IS NOT NULL))::text AS tagged,
        trim_scale(sum(cost_usd))::text AS total, trim_scale(sum(cost_usd) FILTER (WHERE feature IS NULL))::text AS without`);
      const score = card(page, "Attributed cost").locator("data");
      await expect(score.first()).toBeVisible(soon);
      const shown = await score.evaluateAll((all) => all.map((one) => one.getAttribute("title") ?? ""));
      expect(shown.slice(0, 3).map(plainUsd)).toEqual([tagged, total, without]);
    },
  },
  {
    screen: "Prices",
    story: endingDiscount.title,
    clicks: 1,
    async find({ page, to }) {
      const { provider, factor, endsInDays } = endingDiscount;
      await to("Prices");
      // A batch costs half, which the notice does not know; everything else was nine tenths of the list.
      const { more, at } = await figures<"more" | "at">(30, `(sum(cost_usd * CASE WHEN batch THEN 2 ELSE 1 END) / $4 * (1 - $4))::text AS more,
        min((${demoDay} + $5::int)::timestamp AT TIME ZONE time_zone)::text AS at`, "AND provider = $3", [provider, factor, endsInDays]);
      const day = formatDate(new Date(at).toISOString(), "America/New_York");
      const notice = card(page, "Coming changes").getByRole("listitem").filter({ hasText: `On ${day}` });
      await expect(notice).toContainText(`+${formatTotal(more)} a month`, soon);
    },
  },
  {
    screen: "Prices",
    story: priceChange.title,
    clicks: 2,
    async find({ page, to, click }) {
      const { model, earlierRates, note } = priceChange;
      await to("Prices");
      await click(page.getByRole("link", { name: model }).first());
      await expect(page.getByRole("heading", { level: 1, name: model })).toBeVisible(soon);
      const said = card(page, "Who said what");
      await expect(said).toContainText(note, soon);
      for (const { usd } of earlierRates) await expect(said).toContainText(`$${Number(usd).toFixed(2)}`, soon);
    },
  },
]; // prettier-ignore
