import type { ImportField } from "./schemas";

// Letters and digits of headers that exports are known to use, in lower case. The first field that fits a column takes it.
const names: Partial<Record<ImportField, readonly string[]>> = {
  id: ["id", "callid", "requestid", "eventid", "traceid", "spanid"],
  occurredAt: [
    "occurredat",
    "timestamp",
    "time",
    "datetime",
    "starttime",
    "createdat",
    "created",
    "ts",
    "date",
  ],
  provider: ["provider", "llmprovider", "customllmprovider", "vendor"],
  model: ["model", "modelname", "modelid"],
  userId: ["userid", "user", "enduser", "enduserid"],
  accountId: ["accountid", "account", "customerid", "customer", "orgid", "organization"],
  feature: ["feature", "featurename", "usecase", "app"],
  team: ["team", "teamid"],
  environment: ["environment", "env"],
  "prompt.id": ["promptid", "promptname"],
  "prompt.version": ["promptversion"],
  "prompt.hash": ["prompthash"],
  route: ["route", "endpoint"],
  region: ["region"],
  runId: ["runid"],
  attempt: ["attempt"],
  errorClass: ["errorclass", "errortype", "errorcode"],
  batch: ["batch", "isbatch"],
  latencyMs: ["latencyms", "durationms", "latencymilliseconds"],
  "usage.inputTokens": [
    "inputtokens",
    "usageinputtokens",
    "prompttokens",
    "contexttokens",
    "tokensin",
    "usageprompttokens",
  ],
  "usage.outputTokens": [
    "outputtokens",
    "usageoutputtokens",
    "completiontokens",
    "generatedtokens",
    "tokensout",
    "usagecompletiontokens",
  ],
  "usage.cacheReadTokens": [
    "cachereadtokens",
    "usagecachereadtokens",
    "cachedtokens",
    "cachereadinputtokens",
  ],
  "usage.cacheWrite5mTokens": [
    "cachewritetokens",
    "cachewrite5mtokens",
    "usagecachewrite5mtokens",
    "cachecreationinputtokens",
  ],
  "usage.cacheWrite1hTokens": ["cachewrite1htokens", "usagecachewrite1htokens"],
  "usage.reasoningTokens": ["reasoningtokens", "usagereasoningtokens"],
  "usage.toolUnits": ["toolunits", "usagetoolunits"],
  reportedCostUsd: ["reportedcostusd", "costusd", "cost", "spend", "totalcost", "responsecost"],
};

/** A mapping by the columns' names, for a person to correct. A column is used once; one that may hold a prompt's text never. */
export function guessMapping(columns: readonly string[]): Record<string, string> {
  const free = new Map(columns.map((column) => [column.toLowerCase().replace(/[^a-z0-9]/g, ""), column]));
  const guessed: Record<string, string> = {};
  for (const [field, known] of Object.entries(names)) {
    const name = known.find((candidate) => free.has(candidate));
    const column = name === undefined ? undefined : free.get(name);
    if (name === undefined || column === undefined) continue;
    guessed[field] = column;
    free.delete(name);
  }
  return guessed;
}
