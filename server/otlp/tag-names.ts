import type { AttributeMap } from "@/server/attribution/schemas";

type MappedTag = AttributeMap[string];
/** Whatever of a call is told by one attribute's text. */
export type TagName = MappedTag | "session" | "promptHash";

const traceloop = (key: string) => `traceloop.association.properties.${key}`;
const aiSdk = (key: string) => `ai.telemetry.metadata.${key}`;
/** What the AI SDK 7 tells of its runtime context, where it is asked to. */
const aiSdk7 = (key: string) => `ai.settings.context.${key}`;
const langfuse = (key: string) => [`langfuse.trace.metadata.${key}`, `langfuse.observation.metadata.${key}`];
const everywhere = (...keys: string[]) =>
  keys.flatMap((key) => [traceloop(key), aiSdk(key), aiSdk7(key), ...langfuse(key)]);

/** Where a tag may stand, best first (formats 1.6). */
export const builtIn: Record<TagName, readonly string[]> = {
  feature: ["feature", ...everywhere("feature"), "ai.telemetry.functionId", "gen_ai.agent.name", "traceloop.workflow.name", "gen_ai.workflow.name"],
  userId: ["langfuse.user.id", "user.id", ...everywhere("user_id", "userId"), "enduser.id", "gen_ai.user", "enduser.pseudo.id"],
  accountId: ["account_id", ...everywhere("customer_id", "account_id", "accountId")],
  team: ["team", ...everywhere("team")],
  environment: ["langfuse.environment", "deployment.environment.name", "deployment.environment", ...everywhere("environment")],
  promptId: ["langfuse.observation.prompt.name", "langfuse.prompt.name", "gen_ai.prompt.name", "traceloop.prompt.key", ...everywhere("prompt_id", "promptId"), "prompt_id"],
  promptVersion: ["langfuse.observation.prompt.version", "langfuse.prompt.version", "gen_ai.prompt.version", "traceloop.prompt.version", "traceloop.prompt.version_hash", ...everywhere("prompt_version", "promptVersion"), "prompt_version"],
  promptHash: ["prompt_hash", ...everywhere("prompt_hash")],
  route: ["route", "http.route"],
  session: ["langfuse.session.id", "session.id", "gen_ai.conversation.id", ...everywhere("session_id", "sessionId")],
  region: [],
  tier: [],
  runId: [],
}; // prettier-ignore

/** What a whole process says of itself, in its resource. */
export const fromResource = new Set([
  "langfuse.environment",
  "deployment.environment.name",
  "deployment.environment",
]);

/** The tenant's own names before ours, for each tag. */
export function chainsOf(map: AttributeMap): Record<TagName, readonly string[]> {
  const chains = { ...builtIn };
  for (const [name, tag] of Object.entries(map).toReversed()) chains[tag] = [name, ...chains[tag]];
  return chains;
}

export const builtInNames = Object.values(builtIn).flat();
