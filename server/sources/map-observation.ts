import { type CallInput, maxTags } from "@/server/calls/schemas";
import { at, fieldsOf, type Fields, firstText, textOf, usdOf } from "@/server/litellm/fields";
import { langfuseDetails } from "@/server/provider-usage/langfuse-details";

/** A call as `recordCalls` takes it, before its defaults. */
export type ObservedCall = Partial<CallInput> & { id: string; occurredAt: string };

export interface Observation {
  startedAt: Date;
  /** Null while it runs, or when nobody ended it. */
  endedAt: Date | null;
  call: ObservedCall;
}

/** Names that people use in metadata and in tags like "feature:chat". */
const names = {
  feature: ["feature", "feature_name"],
  team: ["team"],
  accountId: ["account_id", "accountId"],
  region: ["region"],
  tier: ["tier", "plan"],
} as const;
const dimensions = Object.keys(names) as (keyof typeof names)[];
const taughtNames = new Set<string>(Object.values(names).flat());
/** Where integrations say which provider it was; Langfuse itself does not ask. */
const providerNames = ["gen_ai.provider.name", "gen_ai.system", "ls_provider", "provider"];
const freeTag = /^[A-Za-z0-9][A-Za-z0-9_.:/-]{0,63}$/;
const poisonous = new Set(["constructor", "prototype", "session"]);

function instantOf(value: unknown): Date | null {
  const ms = typeof value === "string" ? Date.parse(value) : Number.NaN;
  return Number.isNaN(ms) ? null : new Date(ms);
}

/** `["feature:chat", "beta"]`: by habit a tag is key:value; one without a colon is just there. */
function tagsOf(value: unknown): Map<string, string> {
  const tags = new Map<string, string>();
  for (const item of Array.isArray(value) ? (value as unknown[]) : []) {
    const [, key = "", rest = ""] = /^([^:]+):(.*)$/s.exec(textOf(item, 400) ?? "") ?? [
      undefined,
      textOf(item, 64) ?? "",
      "true",
    ];
    const tag = textOf(rest);
    if (tag !== undefined && !tags.has(key.trim())) tags.set(key.trim(), tag);
  }
  return tags;
}

function freeTags(row: Fields, tags: ReadonlyMap<string, string>): Record<string, string> | undefined {
  const session = textOf(at(row, "sessionId"));
  const free = [...tags].filter(([key]) => freeTag.test(key) && !taughtNames.has(key) && !poisonous.has(key));
  const all: [string, string][] = session === undefined ? free : [["session", session], ...free];
  return all.length === 0 ? undefined : Object.fromEntries(all.slice(0, maxTags));
}

/** Langfuse answers 0 for costs that it does not know; only with details is a zero a statement. */
function reportedCost(row: Fields): string | undefined {
  const total = usdOf(at(row, "totalCost"));
  const isKnown = Object.keys(fieldsOf(at(row, "costDetails"))).length > 0;
  return total === undefined || (Number(total) === 0 && !isKnown) ? undefined : total;
}

function promptOf(row: Fields): CallInput["prompt"] {
  const id = firstText(row, ["promptName"]);
  const version = textOf(at(row, "promptVersion"));
  return id === undefined ? undefined : { id, ...(version !== undefined && { version }) };
}

function latencyOf(startedAt: Date, endedAt: Date | null): number | undefined {
  const ms = endedAt === null ? -1 : endedAt.getTime() - startedAt.getTime();
  return ms >= 0 && ms <= 86_400_000 ? ms : undefined;
}

/**
 * A generation or embedding of Langfuse as a call; null for what has no id or no time. Its provider's own request id is not
 * among what Langfuse tells, so that the same call from another source is another call.
 */
export function readObservation(raw: unknown): Observation | null {
  const row = fieldsOf(raw);
  const id = textOf(at(row, "id"), 180);
  const startedAt = instantOf(at(row, "startTime"));
  if (id === undefined || startedAt === null) return null;
  const endedAt = instantOf(at(row, "endTime"));
  const metadata = fieldsOf(at(row, "metadata"));
  const tags = tagsOf(at(row, "tags"));
  const usage = langfuseDetails(fieldsOf(at(row, "usageDetails")));
  const failed = at(row, "level") === "ERROR";
  const call: ObservedCall = {
    id: `langfuse:${id}`,
    occurredAt: startedAt.toISOString(),
    kind: at(row, "type") === "EMBEDDING" ? "embedding" : "llm",
    provider: providerOf(metadata),
    model: textOf(at(row, "providedModelName"), 200),
    userId: textOf(at(row, "userId")),
    environment: textOf(at(row, "environment")),
    prompt: promptOf(row),
    // The place in the code that made the call, which is what people find their features by.
    route: firstText(row, ["traceName", "name"]),
    runId: textOf(at(row, "traceId")),
    errorClass: failed ? "error" : undefined,
    // A failure that used tokens was answered, and paid. Of one that did not, Langfuse cannot tell whether it got that far.
    billed: failed && usage === undefined ? "unknown" : undefined,
    latencyMs: latencyOf(startedAt, endedAt),
    usage,
    reportedCostUsd: reportedCost(row),
    tags: freeTags(row, tags),
  };
  for (const dimension of dimensions)
    call[dimension] =
      firstText(metadata, names[dimension]) ?? firstText(Object.fromEntries(tags), names[dimension]);
  return { startedAt, endedAt, call };
}

/** Langfuse keeps attributes of OpenTelemetry in an object of their own. */
function providerOf(metadata: Fields): string | undefined {
  const found =
    firstText(metadata, providerNames) ?? firstText(fieldsOf(at(metadata, "attributes")), providerNames);
  return textOf(found, 64);
}
