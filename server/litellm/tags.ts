import { maxTags } from "@/server/calls/schemas";
import type { AttributeMap } from "@/server/attribution/schemas";
import { at, fieldsOf, type Fields, firstText, textOf } from "./fields";

/** What a payload says of whose and what for a call was. */
export interface Attribution {
  userId?: string;
  accountId?: string;
  feature?: string;
  team?: string;
  environment?: string;
  route?: string;
  region?: string;
  tier?: string;
  runId?: string;
  promptId?: string;
  promptVersion?: string;
}
type Dimension = keyof Attribution;

/** The names that people are taught to use in metadata and tags. */
const taught: Record<Dimension, readonly string[]> = {
  userId: ["user_id", "userId", "user", "end_user", "customer_id"],
  accountId: ["account_id", "accountId"],
  feature: ["feature", "feature_name"],
  team: ["team", "team_alias", "team_id"],
  environment: ["environment", "env"],
  route: ["route"],
  region: ["region"],
  tier: ["tier", "plan"],
  runId: ["run_id", "runId", "session_id", "sessionId"],
  promptId: ["prompt_id", "promptId", "prompt_name"],
  promptVersion: ["prompt_version", "promptVersion"],
};
const dimensions = Object.keys(taught) as Dimension[];
const taughtNames = new Set(Object.values(taught).flat());

const freeTag = /^[A-Za-z0-9][A-Za-z0-9_.:/-]{0,63}$/;
/** LiteLLM adds these by itself, a new one with every release of a client (field.md 2.12). */
const agentTag = /^user-agent\b/i;

/** `["feature:chat", "beta"]`: by habit a tag is key:value; one without a colon is just there. */
function splitTags(value: unknown): Map<string, string> {
  const tags = new Map<string, string>();
  for (const item of Array.isArray(value) ? (value as unknown[]) : []) {
    const text = textOf(item, 400);
    if (text === undefined || agentTag.test(text)) continue;
    const [, key = "", rest = ""] = /^([^:]+):(.*)$/s.exec(text) ?? [undefined, text, "true"];
    const tag = textOf(rest);
    // The first one holds: the request's own tags stand before those of the deployment.
    if (tag !== undefined && !tags.has(key.trim())) tags.set(key.trim(), tag);
  }
  return tags;
}

/** Whose call it was by LiteLLM's own book-keeping, which a caller's metadata cannot change. */
function ownFacts(payload: Fields, metadata: Fields): Attribution {
  const prompt = fieldsOf(at(metadata, "prompt_management_metadata"));
  return {
    userId: firstText(metadata, ["user_api_key_end_user_id"]) ?? firstText(payload, ["end_user"]),
    team: firstText(metadata, ["user_api_key_team_alias", "team_alias"]),
    promptId: firstText(prompt, ["prompt_id"]),
    promptVersion: firstText(prompt, ["prompt_version"]),
  };
}

/**
 * Each dimension from the first place that has it: the tenant's own map, LiteLLM's book-keeping, then what callers send
 * along under the usual names. The internal user of a LiteLLM key is no end user and is not asked.
 */
export function attributionOf(
  payload: Fields,
  map: AttributeMap,
): { dimensions: Attribution; tags: Record<string, string> } {
  const metadata = fieldsOf(at(payload, "metadata"));
  const tags = splitTags(at(payload, "request_tags"));
  const sent = [
    fieldsOf(at(metadata, "requester_metadata")),
    fieldsOf(at(metadata, "spend_logs_metadata")),
    // The SDK without the proxy has the caller's keys here.
    metadata,
  ];
  const places = [...sent, fieldsOf(at(metadata, "requester_custom_headers")), Object.fromEntries(tags)];

  const found: Attribution = {};
  for (const [name, dimension] of Object.entries(map))
    for (const place of places) found[dimension] ??= textOf(at(place, name));
  const own = ownFacts(payload, metadata);
  for (const dimension of dimensions) {
    found[dimension] ??= own[dimension];
    for (const place of [...sent, Object.fromEntries(tags)])
      found[dimension] ??= firstText(place, taught[dimension]);
  }
  found.team ??= firstText(metadata, ["user_api_key_team_id"]);
  return { dimensions: found, tags: freeTags(tags, map) };
}

/** Tags that are no dimension, as far as they fit. */
function freeTags(tags: ReadonlyMap<string, string>, map: AttributeMap): Record<string, string> {
  const free = [...tags].filter(
    ([key]) => freeTag.test(key) && !taughtNames.has(key) && !Object.hasOwn(map, key),
  );
  return Object.fromEntries(
    free.filter(([key]) => key !== "constructor" && key !== "prototype").slice(0, maxTags),
  );
}
