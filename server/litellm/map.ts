import { createHash } from "node:crypto";
import type { z } from "zod";
import type { AttributeMap } from "@/server/attribution/schemas";
import type { CallInput } from "@/server/calls/schemas";
import { isBatch, isManagement, isReading, kindOf } from "./call-type";
import { at, fieldsOf, type Fields, firstText, instantOf, textOf, usdOf } from "./fields";
import { attributionOf } from "./tags";
import { usageOf } from "./usage";

/** A call as recordCalls takes it; whether it is sound is decided there. */
export type MappedCall = z.input<typeof CallInput>;
export type Mapping =
  | { kind: "call"; call: MappedCall }
  /** Something that LiteLLM logs and nobody is billed for. */
  | { kind: "nothing" }
  | { kind: "fault"; id: string | null; message: string };

const longestId = 200;
const longestLatencyMs = 86_400_000;

/** One entry of LiteLLM's log (StandardLoggingPayload). Prompts, completions and addresses are never looked at. */
export function mapPayload(item: unknown, attributeMap: AttributeMap = {}): Mapping {
  const payload = fieldsOf(item);
  const callType = textOf(at(payload, "call_type")) ?? "";
  const usage = usageOf(payload);
  const isCached = at(payload, "cache_hit") === true || at(payload, "cache_hit") === "True";
  const reportedCostUsd = reportedCostOf(payload, isCached);
  if (isReading(callType)) return { kind: "nothing" };
  if (isManagement(callType) && usage === undefined && reportedCostUsd === undefined)
    return { kind: "nothing" };
  const id = idOf(payload, callType);
  const startedAt = instantOf(at(payload, "startTime"));
  if (id === null)
    return {
      kind: "fault",
      id,
      message: "has neither litellm_call_id nor id: is this a StandardLoggingPayload?",
    };
  if (!startedAt) return { kind: "fault", id, message: "startTime is no time in seconds since 1970" };

  const failed = hasFailed(payload);
  const { dimensions, tags } = attributionOf(payload, attributeMap);
  const { promptId, promptVersion, ...known } = dimensions;
  const model = textOf(at(payload, "model"), longestId);
  const serviceTier = serviceTierOf(payload);
  // A finished batch is told of at each look at it, in other words but for its own id.
  const links = isBatch(callType) ? {} : linksOf(payload, isCached);
  const latencyMs = isBatch(callType) ? undefined : latencyOf(startedAt, instantOf(at(payload, "endTime")));
  const call: MappedCall = {
    id,
    occurredAt: startedAt.toISOString(),
    // Without a model it never got as far as one: refused by the gateway itself.
    kind: model === undefined ? "other" : kindOf(callType),
    model,
    provider: textOf(at(payload, "custom_llm_provider"), 64),
    ...known,
    ...links,
    runId: known.runId ?? links.runId,
    prompt:
      promptId === undefined
        ? undefined
        : { id: promptId, ...(promptVersion !== undefined && { version: promptVersion }) },
    latencyMs,
    errorClass: failed ? errorClassOf(payload) : undefined,
    // A failure with usage is a stream that broke off: the provider bills what it had produced. One without was
    // refused before anything was produced (rate limits, bad requests), which no provider bills.
    billed: failed && usage === undefined ? "no" : "yes",
    batch: isBatch(callType) || serviceTier === "batch",
    cache: isCached ? "exact" : "none",
    usage,
    reportedCostUsd,
    serviceTier,
    tags: Object.keys(tags).length > 0 ? tags : undefined,
  };
  return { kind: "call", call: withoutGaps(call) };
}

const hasFailed = (payload: Fields) => at(payload, "status") === "failure";

/**
 * All attempts of a request share its litellm_call_id (the proxy makes it before retries and fallbacks begin), so a
 * failed attempt also carries when it ended: else the success after it would look like a repeat with other content.
 */
function idOf(payload: Fields, callType: string): string | null {
  // A batch is asked for again until it is done; its cost counts once.
  const own = firstText(payload, isBatch(callType) ? ["id"] : ["litellm_call_id", "call_id", "id"]);
  const base = own ?? longId(payload);
  if (base === undefined) return null;
  const end = at(payload, "endTime") ?? at(payload, "startTime");
  const id = hasFailed(payload) ? `litellm:${base}:failed:${String(textOf(end))}` : `litellm:${base}`;
  return id.length <= longestId ? id : `litellm:${digest(id)}`;
}

/** Ids of the Responses API are as long as they like. */
function longId(payload: Fields): string | undefined {
  const id = textOf(at(payload, "id"), 100_000);
  return id === undefined ? undefined : digest(id);
}

const digest = (text: string) => createHash("sha256").update(text).digest("hex");

/** What ties the call to others: its response, its request, its session. */
function linksOf(
  payload: Fields,
  isCached: boolean,
): Pick<MappedCall, "providerRequestId" | "rootRequestId" | "runId"> {
  const callId = firstText(payload, ["litellm_call_id", "call_id"]);
  const responseId = textOf(at(payload, "id"));
  const traceId = textOf(at(payload, "trace_id"));
  const sessionId = textOf(at(payload, "session_id"));
  return {
    // LiteLLM puts its own id where there was no response, and a made-up one on answers from its cache.
    providerRequestId: isCached || hasFailed(payload) || responseId === callId ? undefined : responseId,
    // A session groups many requests, and LiteLLM puts it in place of the trace where there is one.
    rootRequestId: traceId !== undefined && traceId !== sessionId ? traceId : callId,
    runId: sessionId ?? traceId,
  };
}

function latencyOf(startedAt: Date, endedAt: Date | undefined): number | undefined {
  const ms = endedAt === undefined ? -1 : endedAt.getTime() - startedAt.getTime();
  return ms >= 0 && ms <= longestLatencyMs ? ms : undefined;
}

function errorClassOf(payload: Fields): string {
  const error = fieldsOf(at(payload, "error_information"));
  return textOf(at(error, "error_class"), 64) ?? textOf(at(error, "error_code"), 64) ?? "unknown";
}

function serviceTierOf(payload: Fields): string | undefined {
  const usage = fieldsOf(at(fieldsOf(at(payload, "metadata")), "usage_object"));
  for (const place of [
    fieldsOf(at(payload, "cost_breakdown")),
    fieldsOf(at(payload, "hidden_params")),
    usage,
    fieldsOf(at(payload, "model_parameters")),
  ]) {
    const tier = textOf(at(place, "service_tier"), 64);
    // "auto" is a wish, not what was given.
    if (tier !== undefined && tier !== "auto") return tier;
  }
  return undefined;
}

/** LiteLLM says 0 for a model that it has no price for (field.md 2.3), so 0 tells nothing. */
function reportedCostOf(payload: Fields, isCached: boolean): string | undefined {
  const cost = isCached ? undefined : usdOf(at(payload, "response_cost"));
  return cost === "0" ? undefined : cost;
}

/** Fields without a value are absent rather than undefined: calls that are kept out are kept as JSON. */
function withoutGaps(call: MappedCall): MappedCall {
  const entries = (Object.entries(call) as [string, unknown][]).filter(([, value]) => value !== undefined);
  return Object.fromEntries(entries) as unknown as MappedCall;
}
