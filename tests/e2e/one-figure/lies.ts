import type { Page } from "@playwright/test";
import { ledger } from "../ledger";
import type { Company } from "./company";
import { type Door, oneMore } from "./readings";

/** Something that makes one figure wrong by its last digit behind the product's back, and who then says otherwise. */
export interface Lie {
  name: string;
  /** Of the figure that it is about. */
  figure: string;
  /** Gives the way back. */
  tell: (company: Company, page: Page, value: string) => Promise<() => Promise<unknown>>;
  told: readonly Door[];
}

const lastDigit = "0.000000000000000001";

/** Adds the last digit to the amount of one row, and takes it away again. */
function ofOneRow(table: string, column: string, where: string): Lie["tell"] {
  return async ({ id }) => {
    const set = (sign: string, place: string) =>
      ledger<{ place: string }>(
        `UPDATE ${table} SET ${column} = ${column} ${sign} ${lastDigit} WHERE ctid = ${place} RETURNING ctid::text AS place`,
        [id].slice(0, place.includes("$1") ? 1 : 0),
      );
    const [row] = await set("+", `(SELECT ctid FROM ${table} WHERE tenant_id = $1 AND ${where} LIMIT 1)`);
    if (!row) throw new Error(`${table} has no such row.`);
    return () => set("-", `'${row.place}'`);
  };
}

export const lies: readonly Lie[] = [
  {
    name: "a roll-up by feature",
    figure: "cost of the feature support-chat",
    tell: ofOneRow("rollup_day_by", "cost_usd", "dimension = 'feature' AND value = 'support-chat'"),
    told: ["screen", "csv", "api"],
  },
  {
    name: "a roll-up of a day, which the views read",
    figure: "cost of the prompt email-draft",
    tell: ofOneRow("rollup_day", "cost_usd", "prompt_id = 'email-draft'"),
    told: ["bi"],
  },
  {
    name: "a counter",
    figure: "cost of the model gpt-4o",
    tell: ofOneRow(
      "metric_counter",
      "ledger",
      "measure = 'cost_usd' AND series IN (SELECT series FROM metric_series WHERE tenant_id = $1 AND model = 'gpt-4o')",
    ),
    told: ["metrics"],
  },
  {
    name: "a call that was stored behind the roll-ups' back",
    figure: "calls of the feature doc-search",
    tell: async ({ id }) => {
      await ledger(
        `INSERT INTO call SELECT (jsonb_populate_record(one, '{"call_id": "smuggled"}')).* FROM call AS one
         WHERE tenant_id = $1 AND feature = 'doc-search' AND share_no IS NULL LIMIT 1`,
        [id],
      );
      return () => ledger("DELETE FROM call WHERE tenant_id = $1 AND call_id = 'smuggled'", [id]);
    },
    told: ["ledger"],
  },
  {
    name: "an answer that was changed on its way to the browser",
    figure: "cost of calls without a feature",
    tell: async (_company, page, value) => {
      const places = /\/features\?|\/api\/trpc\//;
      await page.route(places, async (route) => {
        const response = await route.fetch();
        const body = (await response.text()).replaceAll(value, oneMore(value));
        await route.fulfill({ response, body });
      });
      return () => page.unroute(places);
    },
    told: ["screen"],
  },
];
