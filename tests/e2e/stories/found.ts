import type { Locator, Page } from "@playwright/test";
import { expect } from "../fixtures";
import { lastDays, ledger, only, plainUsd } from "../ledger";
import { exactUsd } from "../screen";
import type { Walk } from "../walk";

/** Fails at once where nothing is to be waited for: a walk is repeated from its beginning. */
export const soon = { timeout: 5_000 };

/** Figures of the demo's last days by the calls themselves, each as text. */
export async function figures<Names extends string>(
  days: number,
  select: string,
  where = "",
  values: unknown[] = [],
) {
  return only(await ledger<Record<Names, string>>(`SELECT ${select} ${lastDays} ${where}`, ["demo", days, ...values])); // prettier-ignore
}
export const costOf = async (days: number, where: string, ...values: unknown[]) =>
  (await figures<"usd">(days, "trim_scale(sum(cost_usd))::text AS usd", where, values)).usd;

export const rowOf = (box: Locator, name: string) =>
  box.locator("tbody tr").filter({ has: box.page().getByTitle(name, { exact: true }) });
export const costIn = (row: Locator) => exactUsd(row.locator("data").first());
export const shownCount = async (cell: Locator) =>
  Number(((await cell.locator("[title]").evaluateAll((all) => all.map((one) => one.getAttribute("title") ?? ""))).find((title) => /^[\d,]+$/.test(title)) ?? "").replaceAll(",", "")); // prettier-ignore

export const callsIn = (page: Page) =>
  page.getByRole("row").filter({ has: page.getByRole("button", { name: /^Open call/ }) });
export async function shownCalls(page: Page): Promise<string[]> {
  const names = await callsIn(page).getByRole("button").evaluateAll((all) => all.map((one) => one.getAttribute("aria-label") ?? ""));
  return names.map((name) => name.replace("Open call ", ""));
} // prettier-ignore

/** What the calls say of a change that is in sight: its two stretches are in the address. */
export async function changeInLedger(page: Page, column: string, value: string): Promise<string> {
  const stretches = (new URL(page.url()).searchParams.get("why") ?? "").split(",").map((one) => one.split(".."));
  const costs = stretches.map(async ([from, to]) =>
    only(
      await ledger<{ usd: string }>(
        // A day begins by the tenant's clock; an instant is itself.
        `SELECT coalesce(sum(cost_usd), 0)::text AS usd FROM call JOIN tenant USING (tenant_id)
         WHERE slug = 'demo' AND ${column} = $1
           AND occurred_at >= CASE WHEN length($2) = 10 THEN $2::timestamp AT TIME ZONE time_zone ELSE $2::timestamptz END
           AND occurred_at < CASE WHEN length($3) = 10 THEN $3::timestamp AT TIME ZONE time_zone ELSE $3::timestamptz END`,
        [value, from, to],
      ),
    ).usd,
  );
  const [now, before] = await Promise.all(costs);
  const { usd } = only(await ledger<{ usd: string }>("SELECT trim_scale($1::numeric - $2::numeric)::text AS usd", [now, before]));
  return usd;
} // prettier-ignore

/**
 * Asks why the cost of a group changed; the change is the calls' own, and the planted cause comes first.
 * @param measure per call where the cause is small beside what a stretch with more days of work costs more
 */
export async function askWhy(
  { page, click }: Walk,
  name: string,
  column: string,
  cause: string,
  measure: "cost" | "costPerCall" = "cost",
): Promise<void> {
  await click(page.getByRole("button", { name: `Why did the cost of ${name} change?` }));
  const dialog = page.getByRole("dialog", { name: /^Why did / });
  const delta = (await dialog.getByTestId("why-delta").getAttribute("title", soon)) ?? "";
  expect(plainUsd(delta.replace("−", "-"))).toBe(await changeInLedger(page, column, name));
  if (measure === "costPerCall") await click(dialog.getByRole("button", { name: "Cost per call" }));
  const first = dialog.getByRole("listitem").and(page.locator("[data-cause]")).first();
  await expect(first).toHaveAttribute("data-cause", cause, soon);
}
