import type { Ctx } from "@/server/context";
import type { Db } from "@/server/db";
import { isClosed } from "@/server/periods/closed-month";
import { closedMonths } from "@/server/periods/closed-months";
import { callIdOfSpan } from "@/server/traces/call-id";
import { inherit } from "@/server/traces/inherit";
import { admitTagValues } from "./known-values";
import { type CallTags, preferReport, sharedTags } from "./prefer-report";
import { priceLateTags } from "./price-late-tags";
import { sameTags } from "./settle-responses";
import {
  changedByPeople,
  countReport,
  linkCall,
  loneCalls,
  markAggregate,
  markResponses,
  releaseResponse,
  reportsOfResponses,
  reportsOfSpans,
  saveLinkedTags,
  saveTags,
  spansOfTraces,
  type StoredSpan,
  type TagChange,
  takeSettleMarks,
  type TraceReport,
} from "./settle-query";
import { otherValue, type TagValue } from "./tag-caps";

const perTransaction = 200;

/**
 * Looks again at traces of which something arrived: calls take the tags that an ancestor brought later, and what turned
 * out to sum up its children leaves the ledger's sums. The outcome does not depend on the order of arrival; only months
 * that were closed meanwhile stay as they are. One transaction; running it twice changes nothing.
 * @returns how many traces were looked at; 0 when none waits
 */
export async function settleTraces(ctx: Ctx): Promise<number> {
  return ctx.db.rollup(async (db) => {
    const traceIds = await takeSettleMarks(db, ctx.tenant.id, "trace", perTransaction);
    if (traceIds.length === 0) return 0;
    const wanted = wantedOf(await wholeTraces(db, ctx.tenant.id, traceIds));
    const found = wanted.size === 0 ? [] : await reportsOfSpans(db, ctx.tenant.id, [...wanted.values()]);
    const closed = await closedMonths(db, ctx);
    const reports = found.filter(({ occurredAt }) => !isClosed(closed, occurredAt));
    const changes = await stillOurs(
      db,
      ctx.tenant.id,
      reports.flatMap((report) => changeOf(report, wanted.get(report.callId))),
    );
    const capped = await withinCaps(ctx, changes);
    const inLedger = capped.filter(({ place }) => place === "call");
    const linked = capped.filter(({ place }) => place !== "call");
    if (inLedger.length > 0) {
      await saveTags(db, ctx.tenant.id, ctx.now, inLedger);
      await priceLateTags(db, ctx, inLedger);
    }
    if (linked.length > 0) await saveLinkedTags(db, ctx.tenant.id, linked);
    const responseIds = capped.flatMap(({ responseId }) => responseId ?? []);
    if (responseIds.length > 0) await markResponses(db, ctx.tenant.id, responseIds);
    for (const report of reports) {
      const countedId = wanted.get(report.callId)?.aggregateOf;
      if (countedId) await setAside(db, ctx, report, countedId);
    }
    return traceIds.length;
  });
}

/** The spans of traces, and calls that came as roots alone: they have no span, but may be parents all the same. */
async function wholeTraces(db: Db, tenantId: string, traceIds: readonly string[]): Promise<StoredSpan[]> {
  const spans = await spansOfTraces(db, tenantId, traceIds);
  const known = new Set(spans.map(({ traceId, spanId }) => callIdOfSpan(traceId, spanId)));
  const missing = new Map<string, StoredSpan>();
  for (const { traceId, parentSpanId: spanId } of spans) {
    if (spanId === null) continue;
    const callId = callIdOfSpan(traceId, spanId);
    if (known.has(callId)) continue;
    missing.set(callId, {
      traceId,
      spanId,
      parentSpanId: null,
      kind: "call",
      callId,
      occurredAt: null,
      tags: null,
    });
  }
  if (missing.size === 0) return spans;
  const found = (await loneCalls(db, tenantId, [...missing.keys()])).flatMap((call) => {
    const span = missing.get(call.callId);
    return span ? [{ ...span, occurredAt: call.occurredAt, tags: call.tags }] : [];
  });
  return [...spans, ...found].sort((one, other) =>
    one.traceId < other.traceId ? -1 : one.traceId > other.traceId ? 1 : 0,
  );
}

/** What the trace says of one of its calls. */
interface Wanted {
  callId: string;
  occurredAt: Date;
  tags: StoredSpan["tags"];
  /** What its own span said: known when it came, so where the ledger says otherwise, that was meant. */
  own: StoredSpan["tags"];
  /** A call of the trace that counts, if this one only sums up its descendants. */
  aggregateOf: string | null;
}

function wantedOf(spans: readonly StoredSpan[]): Map<string, Wanted> {
  const wanted = new Map<string, Wanted>();
  for (const trace of byTrace(spans)) {
    const inherited = inherit(trace.map((span) => ({ ...span, tags: span.tags ?? {} })));
    const leaf = trace.find(({ callId }, at) => callId !== null && inherited[at]?.isAggregate === false);
    trace.forEach(({ callId, occurredAt, tags: own }, at) => {
      const found = inherited[at];
      if (callId === null || occurredAt === null || !found) return;
      const aggregateOf = found.isAggregate ? (leaf?.callId ?? null) : null;
      wanted.set(callId, { callId, occurredAt, tags: found.tags, own, aggregateOf });
    });
  }
  return wanted;
}

function byTrace(spans: readonly StoredSpan[]): StoredSpan[][] {
  const traces: StoredSpan[][] = [];
  for (const span of spans) {
    const last = traces.at(-1);
    if (last?.[0]?.traceId === span.traceId) last.push(span);
    else traces.push([span]);
  }
  return traces;
}

type PlacedChange = TagChange & Pick<TraceReport, "place" | "responseId" | "provider" | "model">;

/** A tag that no span has keeps the value that it came by otherwise: a rule's, another report's. */
function changeOf(report: TraceReport, wanted: Wanted | undefined): PlacedChange[] {
  if (!wanted?.tags) return [];
  const said: Record<string, string> = wanted.tags;
  const own = wanted.own ?? {};
  const tags = Object.fromEntries(
    sharedTags.map((tag) => [tag, tag in own ? report.tags[tag] : (said[tag] ?? report.tags[tag])]),
  ) as CallTags;
  const inheritsPrompt = said.promptId !== undefined && own.promptId === undefined;
  if (inheritsPrompt && said.promptVersion === undefined) tags.promptVersion = null;
  const { callId, occurredAt, place, responseId, provider, model } = report;
  return sameTags(tags, report.tags)
    ? []
    : [{ callId, occurredAt, tags, place, responseId, provider, model }];
}

/** Without calls that somebody re-attributed or made anonymous since: that word is the later one. */
async function stillOurs(
  db: Db,
  tenantId: string,
  changes: readonly PlacedChange[],
): Promise<PlacedChange[]> {
  if (changes.length === 0) return [];
  const theirs = await changedByPeople(db, tenantId, changes);
  return changes.filter(({ callId }) => !theirs.has(callId));
}

const cappedNames: Partial<Record<keyof CallTags, string>> = {
  feature: "feature",
  team: "team",
  environment: "environment",
  route: "route",
  promptId: "prompt",
  promptVersion: "promptVersion",
};

/** Late tags are under the same caps as those that come with the call. */
async function withinCaps(ctx: Ctx, changes: readonly PlacedChange[]): Promise<PlacedChange[]> {
  const valueOf = (tags: CallTags, tag: keyof CallTags): TagValue | null => {
    const name = cappedNames[tag];
    const value = tags[tag];
    return name === undefined || value === null || value === otherValue ? null : { tag: name, value };
  };
  const values = changes.flatMap(({ tags }) => sharedTags.flatMap((tag) => valueOf(tags, tag) ?? []));
  if (values.length === 0) return [...changes];
  const fits = await admitTagValues(ctx, values);
  return changes.map((change) => {
    const tags = { ...change.tags };
    for (const tag of sharedTags) {
      const value = valueOf(tags, tag);
      if (value && !fits(value)) tags[tag] = otherValue;
    }
    return { ...change, tags };
  });
}

/** Takes a sum of others' usage out of the ledger's sums. If it spoke for a response, the best of the others does now. */
async function setAside(db: Db, ctx: Ctx, report: TraceReport, countedId: string): Promise<void> {
  const { place, responseId, callId } = report;
  if (place === "aggregate") return;
  if (place === "response") {
    await markAggregate(db, ctx.tenant.id, callId, countedId);
    return;
  }
  const group = responseId === null ? [] : await reportsOfResponses(db, ctx.tenant.id, [responseId]);
  const owned = group.some((other) => other.owns && other.callId === callId);
  const [first, ...others] = group.filter((other) => !other.owns);
  await linkCall(db, ctx.tenant.id, report, { countedId, reason: "aggregate", now: ctx.now });
  if (responseId === null || !owned) return;
  if (!first) {
    await releaseResponse(db, ctx.tenant.id, responseId, callId);
    return;
  }
  const { counted } = preferReport([first, ...others]);
  await countReport(db, ctx.tenant.id, { ...counted, responseId }, { insteadOf: callId, now: ctx.now });
}
