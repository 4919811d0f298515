import type { z } from "zod";
import type { AttributeMap } from "@/server/attribution/schemas";
import type { CallInput, Usage } from "@/server/calls/schemas";
import { callIdOfSpan } from "@/server/traces/call-id";
import { inheritedTags, type SpanKind, type SpanTags } from "@/server/traces/schemas";
import type { Attributes, DecodedSpan, Wanted } from "./decoded";
import { outcomeNames, outcomeOf } from "./outcome";
import { objectOf, fieldOf, textOf } from "./read";
import { costNames, reportedCostOf } from "./reported-cost";
import { type Role, roleNames, roleOf } from "./role";
import { builtInNames, type TagName } from "./tag-names";
import { otherTagNames, type ReadTags, readTags, type TagReader, tagReader } from "./tags";
import { usageNames, usageOf } from "./usage";

/** A call as an app would send it; the ledger checks it. */
export type CallDraft = z.input<typeof CallInput>;

/** What a span is to us. Nothing else of it is kept: no prompt, no answer, no free attribute. */
export interface SpanFacts {
  traceId: string;
  spanId: string;
  parentSpanId: string | null;
  kind: SpanKind;
  occurredAt: Date;
  /** Its own, nothing inherited. */
  tags: SpanTags;
  /** Null for a link. Without the tags that can be inherited: those are added once they are known. */
  call: CallDraft | null;
  /** Tags that were there but cannot be stored. */
  leftOut: readonly TagName[];
}

const models = ["langfuse.observation.model.name", "gen_ai.response.model", "ai.response.model", "ai.model.id", "gen_ai.request.model", "llm.model_name"]; // prettier-ignore
const providers = [
  "gen_ai.provider.name",
  "gen_ai.system",
  "ai.model.provider",
  "llm.provider",
  "llm.system",
];
const responseIds = ["gen_ai.response.id", "ai.response.id"];
const serviceTiers = ["openai.response.service_tier", "gen_ai.openai.response.service_tier", "openai.request.service_tier", "gen_ai.openai.request.service_tier"]; // prettier-ignore
const providerMetadata = "ai.response.providerMetadata";

const builtInWanted = [...models, ...providers, ...responseIds, ...serviceTiers, ...roleNames, ...usageNames, ...costNames, ...outcomeNames, ...builtInNames, ...otherTagNames]; // prettier-ignore

export interface SpanMapper {
  /** Names of attributes that `map` looks at; no others need decoding. */
  wanted: Wanted;
  map: (span: DecodedSpan) => SpanFacts;
}

const mappers = new WeakMap<AttributeMap, SpanMapper>();

/** How a tenant with this attribute map reads spans. */
export function spanMapper(map: AttributeMap): SpanMapper {
  const known = mappers.get(map);
  if (known) return known;
  const reader = tagReader(map);
  const mapper: SpanMapper = {
    wanted: new Set([...builtInWanted, ...Object.keys(map)]),
    map: (span) => mapSpan(span, reader),
  };
  mappers.set(map, mapper);
  return mapper;
}

function mapSpan(span: DecodedSpan, reader: TagReader): SpanFacts {
  const { traceId, spanId, parentSpanId, attributes } = span;
  const role = roleOf(attributes);
  const read = readTags(span, reader);
  const call = role.is === "tool" ? null : callOf(span, role, read);
  return {
    traceId,
    spanId,
    parentSpanId,
    kind: call?.kind ?? "link",
    occurredAt: new Date(span.startMs),
    tags: read.tags,
    call: call?.draft ?? null,
    leftOut: read.leftOut,
  };
}

/**
 * The call that a span is, and whether it surely is one. A leaf without usage may only stand around the span that has it
 * (AI SDK 7 tells an embedding twice), so it counts like a sum: unless something below it does.
 */
function callOf(
  span: DecodedSpan,
  role: Exclude<Role, { is: "tool" }>,
  read: ReadTags,
): { kind: "call" | "sum"; draft: CallDraft } | null {
  const { attributes } = span;
  const isLeaf = role.is === "leaf";
  const callKind = isLeaf ? role.kind : "llm";
  const model = textOf(attributes, models);
  const usage = usageOf(attributes, callKind === "embedding");
  const reportedCostUsd = reportedCostOf(attributes);
  const tellsCost = usage !== null || reportedCostUsd !== undefined;
  if (model === undefined ? !(isLeaf && tellsCost) : !(isLeaf || tellsCost)) return null;
  const { errorClass, billed } = outcomeOf(attributes, span.hasFailed, usage !== null);
  const provider = withoutInterface(textOf(attributes, providers));
  const providerRequestId = textOf(attributes, responseIds);
  const serviceTier = serviceTierOf(attributes);
  const latencyMs = span.endMs === null ? -1 : span.endMs - span.startMs;
  const draft: CallDraft = {
    id: callIdOfSpan(span.traceId, span.spanId),
    occurredAt: new Date(span.startMs).toISOString(),
    kind: callKind,
    runId: read.runId ?? span.traceId,
    billed,
  };
  // One by one: an object of mostly absent keys is dear to copy and to check.
  if (model !== undefined) draft.model = model;
  if (provider !== undefined) draft.provider = provider;
  if (providerRequestId !== undefined && isId(providerRequestId)) draft.providerRequestId = providerRequestId;
  if (serviceTier !== undefined) draft.serviceTier = serviceTier;
  if (serviceTier === "batch") draft.batch = true;
  if (errorClass !== undefined) draft.errorClass = errorClass;
  if (latencyMs >= 0 && latencyMs <= longestLatencyMs) draft.latencyMs = latencyMs;
  if (usage !== null) draft.usage = usage satisfies Usage;
  if (reportedCostUsd !== undefined) draft.reportedCostUsd = reportedCostUsd;
  if (read.region !== undefined) draft.region = read.region;
  if (read.tier !== undefined) draft.tier = read.tier;
  if (read.promptHash !== undefined) draft.prompt = { hash: read.promptHash };
  if (read.session !== undefined) draft.tags = { session: read.session };
  return { kind: isLeaf && tellsCost ? "call" : "sum", draft };
}

/** "openai.responses" and "anthropic.messages" are the AI SDK's names of an interface; the bill comes from who stands before it. */
const interfaces =
  /\.(chat|responses|messages|completion|embedding|image|speech|transcription|reranking|generative-ai)$/;
const withoutInterface = (provider: string | undefined) => provider?.replace(interfaces, "");

const longestLatencyMs = 86_400_000;
const isId = (text: string) => /^[\x20-\x7e]{1,256}$/.test(text);

/** What the provider says it gave; else what was asked for, unless that was to choose itself. */
function serviceTierOf(attributes: Attributes): string | undefined {
  const sent = textOf(attributes, serviceTiers);
  if (sent !== undefined) return sent === "auto" ? undefined : sent.slice(0, 64);
  const metadata = objectOf(attributes, providerMetadata);
  const tier =
    fieldOf(fieldOf(fieldOf(metadata, "anthropic"), "usage"), "service_tier") ??
    fieldOf(fieldOf(metadata, "openai"), "serviceTier");
  return typeof tier === "string" && tier !== "" && tier !== "auto" ? tier.slice(0, 64) : undefined;
}

const plainTags = inheritedTags.filter((tag) => tag !== "promptId" && tag !== "promptVersion");

/** Gives a call the tags that turned out to be its own or its ancestors'. Written into it: a copy is dearer than a span. */
export function tagged(call: CallDraft, tags: SpanTags): CallDraft {
  for (const tag of plainTags) if (tags[tag] !== undefined) call[tag] = tags[tag];
  const { promptId, promptVersion } = tags;
  if (promptId !== undefined) {
    call.prompt = { ...call.prompt, id: promptId };
    if (promptVersion !== undefined) call.prompt.version = promptVersion;
  }
  return call;
}
