import type { Call, Drop, DropReason, Facts, FactsOf, Stats, Tokenledger, TokenledgerOptions } from "./api";
import { flushAtTheEnd } from "./ends";
import { Gate } from "./gate";
import { Lane } from "./lane";
import { providerOf } from "./provider";
import { aiSdkCalls, responseFacts } from "./responses";
import { callItem, eventItem, hashPrompt, type Item, userItem } from "./to-wire";
import { anthropicMethods, type Methods, openAiMethods, wrapClient } from "./wrap";

export { readUsage } from "@/server/provider-usage/read-usage";

/** Your link to the ledger: one a process. Never throws, neither here nor later; what goes wrong is in stats(). */
export function createTokenledger(options: TokenledgerOptions): Tokenledger {
  const { key, feature, environment } = options;
  const endpoint = quietly(() => options.endpoint.replace(/\/+$/, "")) ?? "";
  // Settings come from environments, where they are forgotten: that costs figures, never the app.
  const fault = /^https?:\/\/./.test(endpoint) && key ? null : "needs an endpoint (https://…) and a key";
  const onDrop = options.onDrop ?? warner();
  const dropped: Partial<Record<DropReason, number>> = {};
  let isClosed = false;

  const drop = (reason: DropReason, items: readonly Pick<Item, "id">[], message: string) => {
    dropped[reason] = (dropped[reason] ?? 0) + items.length;
    const told: unknown = quietly(() => {
      const ids = items.map(({ id }) => id);
      return onDrop({ reason, count: items.length, ids, message });
    });
    if (told instanceof Promise) told.catch(() => undefined);
  };
  const lane = (procedure: string, list: string) =>
    new Lane({
      url: `${endpoint}/api/trpc/ingest.${procedure}`,
      key,
      list,
      flushIntervalMs: positive(options.flushIntervalMs, 2_000),
      maxBuffer: positive(options.maxBuffer, 10_000),
      fetch: options.fetch ?? globalThis.fetch,
      drop,
    });
  const gate = new Gate({ endpoint, key, options, fetch: options.fetch ?? globalThis.fetch });
  const calls = lane("calls", "calls");
  const events = lane("usage", "events");
  const users = lane("identify", "users");
  const lanes = [calls, events, users];
  const sum = (of: (lane: Lane) => number) => lanes.reduce((total, each) => total + of(each), 0);
  const flush = async (timeoutMs = 30_000) =>
    (await Promise.all(lanes.map((each) => each.flush(timeoutMs)))).every(Boolean);
  const unhook = flushAtTheEnd(
    {
      pending: () => sum(({ pending }) => pending),
      flush,
      abandon: () => lanes.forEach((each) => each.abandon("exit", "the process ended before this was taken")),
    },
    options.flushOnSignals ?? false,
  );

  const push = (to: Lane, make: () => Item) => {
    let item: Item;
    try {
      item = make();
    } catch (error) {
      drop("unreadable", [{ id: "" }], quietly(() => String(error)) ?? "it cannot be told why");
      return;
    }
    if (fault !== null) drop("refused", [item], fault);
    else if (isClosed) drop("closed", [item], "tracked after close()");
    else to.push(item);
  };
  const track = (call: Call) => push(calls, () => callItem(call, { feature, environment }, new Date()));
  const trackWith = (read: () => Call[], facts: Facts) => {
    const found = quietly(() => read().map((call, at) => merge(call, facts, at)));
    if (found) found.forEach(track);
    else drop("unreadable", [{ id: "" }], "the response could not be read");
  };
  const wrap = <T extends object>(client: T, methods: Methods, usual: string, facts: FactsOf): T =>
    quietly(() => {
      const provider = providerOf(client, usual);
      return wrapClient(client, methods, (call, body) => {
        const given = typeof facts === "function" ? quietly(() => facts(body)) : facts;
        trackWith(() => [{ ...call, provider }], given ?? {});
      });
    }) ?? client;

  return {
    track,
    trackOpenAI: (response, facts = {}) =>
      trackWith(() => [{ ...responseFacts(response), provider: "openai" }], facts),
    trackAnthropic: (message, facts = {}) =>
      trackWith(() => [{ ...responseFacts(message), provider: "anthropic" }], facts),
    trackAiSdk: (result, facts = {}) => trackWith(() => aiSdkCalls(result), facts),
    wrapOpenAI: (client, facts = {}) => wrap(client, openAiMethods, "openai", facts),
    wrapAnthropic: (client, facts = {}) => wrap(client, anthropicMethods, "anthropic", facts),
    reserve: (ask) => gate.reserve(ask),
    usage: (event) => push(events, () => eventItem(event, { feature }, new Date())),
    identify: (user) => push(users, () => userItem(user, new Date())),
    hashPrompt: (text) => quietly(() => hashPrompt(text)) ?? "",
    flush,
    async close(timeoutMs) {
      isClosed = true;
      const isDone = await flush(timeoutMs);
      unhook();
      return isDone;
    },
    stats: (): Stats => ({
      pending: sum(({ pending }) => pending),
      sent: sum(({ counts }) => counts.sent),
      duplicates: sum(({ counts }) => counts.duplicates),
      dropped: Object.values(dropped).reduce((total, count) => total + count, 0),
      droppedBecause: { ...dropped },
      retries: sum(({ counts }) => counts.retries),
      lastFailure: lanes.map(({ lastFailure }) => lastFailure).find((failure) => failure !== null) ?? null,
    }),
  };
}

/** What you say goes before what was read; an id can be of the first call alone. */
function merge(call: Call, facts: Facts, at: number): Call {
  const given = Object.fromEntries(Object.entries<unknown>(facts).filter(([, value]) => value !== undefined));
  return { ...call, ...given, id: at === 0 ? facts.id : undefined };
}

const positive = (value: number | undefined, usual: number) =>
  typeof value === "number" && value > 0 ? value : usual;

function quietly<T>(run: () => T): T | undefined {
  try {
    return run();
  } catch {
    return undefined;
  }
}

/** Warns once a minute at most, of all that was dropped since. */
function warner(): (drop: Drop) => void {
  let count = 0;
  let warnedAt = 0;
  return (drop) => {
    count += drop.count;
    if (Date.now() - warnedAt < 60_000) return;
    console.warn(`tokenledger: ${count} dropped (${drop.reason}: ${drop.message})`);
    count = 0;
    warnedAt = Date.now();
  };
}
