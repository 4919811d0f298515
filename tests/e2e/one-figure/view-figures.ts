import { formatDayLong } from "@/app/_format/dates";
import { addDays } from "@/server/calendar/local-day";
import { stories } from "@/prisma/seed/stories";
import { ledger, only } from "../ledger";
import { query } from "../own-tenant";
import { card, exactUsd } from "../screen";
import { type Company, timeZone } from "./company";
import { downloaded, exactIn, fromApi, inTable, sumOf } from "./doors";
import {
  type Classes,
  columnSum,
  type Doors,
  failed,
  type Figure,
  grouped,
  inView,
  rangeOf,
  rowOf,
  scopeOf,
  sums,
} from "./figure";

const day = `(occurred_at AT TIME ZONE '${timeZone}')::date::text`;

interface Prompts {
  prompts: { versions: { version: string | null; costUsd: string }[] }[];
}

/** The dearest of something, as the calls themselves say. */
async function dearest({ id }: Company, column: string): Promise<string> {
  const sql = `SELECT ${column} AS key FROM call WHERE tenant_id = $1 AND ${column} IS NOT NULL
    GROUP BY 1 ORDER BY sum(cost_usd) DESC NULLS LAST, 1 LIMIT 1`;
  return only(await ledger<{ key: string }>(sql, [id])).key;
}

/** Those that the views of BI access tell, too. */
export async function viewFigures(doors: Doors): Promise<Figure[]> {
  const { company } = doors;
  const range = rangeOf(company);
  const { retryLoop, heavierPrompt } = stories;
  const [user, account, run] = [
    await dearest(company, "user_id"),
    await dearest(company, "account_id"),
    await dearest(company, "run_id"),
  ];
  const someDay = addDays(company.to, -9);
  return [
    grouped(doors, {
      name: "cost of the dearest user",
      path: "users",
      title: "What each user costs",
      by: "user",
      key: user,
      column: "Cost",
      field: "costUsd",
      third: inView(doors, "SELECT sum(cost_usd) FROM bi.users WHERE user_id = $1", user),
      ledger: { sum: sums.cost, by: ["user_id"], key: [user] },
    }),
    grouped(doors, {
      name: "calls of the dearest account",
      path: "users?by=account",
      title: "What each account costs",
      by: "account",
      key: account,
      column: "Calls",
      field: "calls",
      third: inView(doors, "SELECT sum(calls) FROM bi.users WHERE account_id = $1", account),
      ledger: { sum: sums.calls, by: ["account_id"], key: [account] },
    }),
    grouped(doors, {
      name: `cost of the prompt ${heavierPrompt.promptId}`,
      path: "prompts",
      title: "What each prompt costs",
      by: "prompt",
      key: heavierPrompt.promptId,
      column: "Cost",
      field: "costUsd",
      third: inView(doors, "SELECT sum(cost_usd) FROM bi.prompts WHERE prompt_id = $1", heavierPrompt.promptId),
      ledger: { sum: sums.cost, by: ["prompt_id"], key: [heavierPrompt.promptId] },
    }),
    {
      name: `cost of its version ${heavierPrompt.after}`,
      path: `prompts?prompt=${heavierPrompt.promptId}&${scopeOf(company)}`,
      screen: (page) => inTable(page, { title: "Versions", row: heavierPrompt.after, column: "Cost" }),
      csv: async (page) => rowOf(await downloaded(page, "Versions"), "version", heavierPrompt.after)("costUsd"),
      api: () => fromApi(query<Prompts>(company, "reports.promptVersions", { ...range, prompt: heavierPrompt.promptId }).then(({ prompts }) => prompts[0]?.versions.find(({ version }) => version === heavierPrompt.after)?.costUsd)),
      third: inView(doors, "SELECT sum(cost_usd) FROM bi.prompts WHERE prompt_id = $1 AND prompt_version = $2", heavierPrompt.promptId, heavierPrompt.after),
      ledger: { sum: sums.cost, by: ["prompt_id", "prompt_version"], key: [heavierPrompt.promptId, heavierPrompt.after] },
    },
    {
      name: `cost of retries of the feature ${retryLoop.feature}`,
      path: `errors?${scopeOf(company)}`,
      screen: (page) => exactUsd(card(page, "Retry tax").getByRole("listitem").filter({ hasText: retryLoop.feature }).locator("data")),
      csv: async (page) => rowOf(await downloaded(page, "Retry tax", "Download retries by feature as CSV"), "feature", retryLoop.feature)("retryCostUsd"),
      api: () => fromApi(query<{ byFeature: { feature: string | null; retryCostUsd: string }[] }>(company, "reports.retryTax", range).then(({ byFeature }) => byFeature.find(({ feature }) => feature === retryLoop.feature)?.retryCostUsd)),
      third: inView(doors, "SELECT sum(retry_cost_usd) FROM bi.features WHERE feature = $1", retryLoop.feature),
      ledger: { sum: "sum(cost_usd) FILTER (WHERE attempt > 1)", by: ["feature"], key: [retryLoop.feature] },
    },
    {
      name: "cost of failed calls of the error class stream_broke",
      path: `errors?${scopeOf(company)}`,
      screen: (page) => inTable(page, { title: "Cost by error class", row: "stream_broke", column: "Cost of failed" }),
      csv: async (page) => {
        const amount = rowOf(await downloaded(page, "Cost by error class"), "errorClass", "stream_broke");
        return sumOf(["billedCostUsd", "unknownCostUsd"].map(amount));
      },
      api: () => fromApi(query<Classes>(company, "reports.errors", range).then((answer) => failed(answer, "stream_broke", "costUsd", ["billed", "unknown"]))),
      third: inView(doors, "SELECT sum(cost_usd) FROM bi.calls WHERE error_class = $1", "stream_broke"),
      ledger: { sum: sums.cost, by: ["error_class"], key: ["stream_broke"] },
    },
    {
      name: "cost of the dearest run of an agent",
      path: `runs?${scopeOf(company)}`,
      screen: (page) => inTable(page, { title: "What each run costs", row: run, column: "Cost" }),
      csv: async (page) => rowOf(await downloaded(page, "What each run costs"), "runId", run)("costUsd"),
      api: () => fromApi(query<{ rows: { runId: string; costUsd: string }[] }>(company, "reports.runs", range).then(({ rows }) => rows.find(({ runId }) => runId === run)?.costUsd)),
      third: inView(doors, "SELECT sum(cost_usd) FROM bi.calls WHERE run_id = $1", run),
      ledger: { sum: sums.cost, by: ["run_id"], key: [run] },
    },
    {
      name: `cost of the day ${someDay}`,
      path: `overview?${scopeOf(company)}`,
      screen: async (page) => {
        await card(page, "Daily spend").getByRole("button", { name: "Table" }).click();
        const row = card(page, "Daily spend").getByRole("row").filter({ hasText: formatDayLong(someDay) });
        return exactIn(row.locator("td").first());
      },
      csv: async (page) => rowOf(await downloaded(page, "Daily spend"), "day", someDay)("costUsd"),
      api: () => fromApi(query<{ rows: { bucket: string; costUsd: string }[] }>(company, "reports.spend", { ...range, granularity: "day" }).then(({ rows }) => rows.find(({ bucket }) => bucket === someDay)?.costUsd)),
      third: inView(doors, "SELECT sum(cost_usd) FROM bi.daily_cost WHERE day = $1::date", someDay),
      ledger: { sum: sums.cost, by: [day], key: [someDay] },
    },
    {
      name: "cost of gpt-4o-mini in the team support, by its calls",
      path: `calls?f=team:support&f=model:gpt-4o-mini&${scopeOf(company)}`,
      screen: (page) => exactUsd(page.getByRole("region", { name: "Total of these days" }).locator("data")),
      csv: async (page) => columnSum(await downloaded(page, null, "Download calls as CSV"), "costUsd"),
      api: () => fromApi(query<{ total: { costUsd: string } }>(company, "reports.spend", { ...range, filter: { team: ["support"], model: ["gpt-4o-mini"] } }).then(({ total }) => total.costUsd)),
      third: inView(doors, "SELECT sum(cost_usd) FROM bi.daily_cost WHERE team = $1 AND model = $2", "support", "gpt-4o-mini"),
      ledger: { sum: sums.cost, by: ["team", "model"], key: ["support", "gpt-4o-mini"] },
    },
  ]; // prettier-ignore
}
