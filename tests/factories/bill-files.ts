import { prepareUpload } from "@/server/imports/prepare-upload";
import { receiveUpload } from "@/server/imports/receive-upload";
import type { Ctx } from "@/server/context";
import { bookedOf, type Work } from "./bill-story";

const quoted = (text: string) => (/[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
const csv = (header: string, rows: readonly (string | number)[][]) =>
  [header, ...rows.map((row) => row.map((cell) => quoted(String(cell))).join(","))].join("\n") + "\n";

const openAiWords: Record<string, string> = { input: "input", cache_read: "cached input", output: "output" };

/** OpenAI's dashboard cost export of that work. `price` changes what a class of a row is billed at. */
export function openAiCostCsv(
  works: readonly Work[],
  {
    extras = [],
    price = (_, usd) => usd,
  }: {
    extras?: readonly { day: string; item: string; usd: string }[];
    price?: (of: { work: Work; name: string }, usd: string) => string;
  } = {},
): string {
  const at = (day: string) => Date.parse(`${day}T00:00:00Z`) / 1_000;
  const row = (day: string, usd: string, tokens: number | "", item: string, project: string) =>
    [at(day), at(day) + 86_400, `${day}T00:00:00Z`, "", usd, "usd", tokens, tokens === "" ? "" : "tokens", item, "", "", project, "org-acme", "", "Acme", "", ""]; // prettier-ignore
  return csv(
    "start_time,end_time,start_time_iso,end_time_iso,amount_value,amount_currency,quantity,quantity_unit,line_item,user_id,api_key_id,project_id,organization_id,project_name,organization_name,user_email,api_source",
    [
      ...works.flatMap((work) =>
        Object.entries(bookedOf(work).classes).map(([name, { tokens, usd }]) => {
          const words = [
            work.model,
            ...(work.service === "batch" ? ["batch"] : []),
            openAiWords[name] ?? name,
          ];
          return row(work.day, price({ work, name }, usd), tokens, words.join(", "), work.workspace);
        }),
      ),
      ...extras.map(({ day, item, usd }) => row(day, usd, "", item, "")),
    ],
  );
}

const anthropicWords: Record<string, string> = { input: "input_no_cache", cache_read: "input_cache_read", cache_write_5m: "input_cache_write_5m", cache_write_1h: "input_cache_write_1h", output: "output" }; // prettier-ignore
const shown: Record<string, string> = {
  "claude-sonnet-4-5": "Claude Sonnet 4.5",
  "claude-haiku-4-5": "Claude Haiku 4.5",
};

/** Anthropic's console cost export of that work. @param paid of the list price, what is charged */
export function anthropicCostCsv(works: readonly Work[], paid: (usd: string) => string): string {
  return csv(
    "usage_date_utc,model,workspace,api_key,usage_type,context_window,token_type,cost_usd,list_price_usd,cost_type,inference_geo,speed,api_key_id,api_key_status",
    works.flatMap(
      (work) =>
      Object.entries(bookedOf(work).classes).map(([name, { usd }]) => [work.day, shown[work.model] ?? work.model, work.workspace, "key", work.service, "≤ 200k", anthropicWords[name] ?? name, paid(usd), usd, "token", "global", "standard", "apikey_1", "active"]), // prettier-ignore
    ),
  );
}

/** Anthropic's console usage export of that work. */
export function anthropicUsageCsv(works: readonly Work[]): string {
  return csv(
    "usage_date_utc,model_version,api_key,workspace,usage_type,context_window,usage_input_tokens_no_cache,usage_input_tokens_cache_write_5m,usage_input_tokens_cache_write_1h,usage_input_tokens_cache_read,usage_output_tokens,web_search_count,inference_geo,speed",
    works.map(({ day, model, workspace, service, calls, tokens }) => {
      const of = (name: string) => (tokens[name] ?? 0) * calls;
      return [day, `${model}-20250929`, "key", workspace, service, "0-200k", of("input"), of("cache_write_5m"), of("cache_write_1h"), of("cache_read"), of("output"), 0, "global", "standard"]; // prettier-ignore
    }),
  );
}

/** Puts a file where a browser's would be. @returns its id */
export async function uploadText(ctx: Ctx, fileName: string, text: string | Buffer): Promise<string> {
  const { uploadId } = await prepareUpload(ctx, { fileName });
  const bytes = typeof text === "string" ? Buffer.from(text) : text;
  await receiveUpload(uploadId, new Blob([new Uint8Array(bytes)]).stream());
  return uploadId;
}
