import { Decimal } from "decimal.js";
import type { BookedUsage } from "../mocks/bill-fake";

const Exact = Decimal.clone({ precision: 80 });

/** List prices of the days that the stories play on, USD for a million tokens: written down here, so that the product's own book is not its judge. */
const prices: Record<string, Record<string, string>> = {
  "gpt-4o": { input: "2.5", cache_read: "1.25", output: "10" },
  "gpt-4o-mini": { input: "0.15", cache_read: "0.075", output: "0.6" },
  "claude-sonnet-4-5": {
    input: "3", cache_read: "0.3", cache_write_5m: "3.75", cache_write_1h: "6", output: "15",
  },
  "claude-haiku-4-5": {
    input: "1", cache_read: "0.1", cache_write_5m: "1.25", cache_write_1h: "2", output: "5",
  },
}; // prettier-ignore

/** Some calls of one day that are alike. */
export interface Work {
  day: string;
  model: string;
  workspace: string;
  service: "standard" | "batch";
  calls: number;
  /** Tokens of each call. */
  tokens: Record<string, number>;
  reasoning?: number;
  /** UTC. */
  at?: string;
}

export const priceOf = (model: string, name: string, service = "standard") =>
  new Exact(prices[model]?.[name] ?? 0).times(service === "batch" ? "0.5" : "1").div(1_000_000);

/** What a provider books for that work. */
export function bookedOf({ day, model, workspace, service, calls, tokens }: Work): BookedUsage {
  const classes = Object.fromEntries(
    Object.entries(tokens).map(([name, count]) => {
      const all = count * calls;
      return [name, { tokens: all, usd: priceOf(model, name, service).times(all).toFixed() }];
    }),
  );
  return { day, model, service, workspace, requests: calls, classes };
}

/** The same work as its calls tell it. */
export function callsOf(work: Work, at: number): Record<string, unknown>[] {
  const { day, model, service, calls, tokens, reasoning } = work;
  const of = (...names: string[]) => names.reduce((sum, name) => sum + (tokens[name] ?? 0), 0);
  const optional = (name: string, key: string) => (of(name) > 0 ? { [key]: of(name) } : {});
  return Array.from({ length: calls }, (_, n) => ({
    id: `${day}-${model}-${work.workspace}-${service}-${String(at)}-${String(n)}`,
    occurredAt: `${day}T${work.at ?? "11:00:00"}Z`,
    provider: model.startsWith("claude") ? "anthropic" : "openai",
    model,
    batch: service === "batch",
    usage: {
      inputTokens: of("input", "cache_read", "cache_write_5m", "cache_write_1h"),
      outputTokens: of("output"),
      ...optional("cache_read", "cacheReadTokens"),
      ...optional("cache_write_5m", "cacheWrite5mTokens"),
      ...optional("cache_write_1h", "cacheWrite1hTokens"),
      ...(reasoning !== undefined && { reasoningTokens: reasoning }),
    },
  }));
}

export const daysOf = (first: string, count: number) =>
  Array.from({ length: count }, (_, at) =>
    new Date(Date.parse(`${first}T00:00:00Z`) + at * 86_400_000).toISOString().slice(0, 10),
  );

/** An ordinary month of OpenAI's: two models, two projects, a nightly batch; no two days alike. */
export function openAiWork(days: readonly string[]): Work[] {
  return days.flatMap((day, at): Work[] => [
    { day, model: "gpt-4o", workspace: "proj_app", service: "standard", calls: 2 + (at % 3), tokens: { input: 61_007 + 13 * at, cache_read: 20_011 + at, output: 9_001 + 7 * at }, reasoning: 2_003 },
    { day, model: "gpt-4o-mini", workspace: "proj_jobs", service: "standard", calls: 2, tokens: { input: 80_021 + 11 * at, output: 30_011 } },
    { day, model: "gpt-4o", workspace: "proj_jobs", service: "batch", calls: 1, tokens: { input: 40_009 + at, output: 5_003 } },
  ]); // prettier-ignore
}

export function anthropicWork(days: readonly string[]): Work[] {
  return days.flatMap((day, at): Work[] => [
    { day, model: "claude-sonnet-4-5", workspace: "default", service: "standard", calls: 2, tokens: { input: 5_003 + at, cache_read: 30_011, cache_write_5m: 8_009 + at, output: 4_001 + at } },
    { day, model: "claude-haiku-4-5", workspace: "wrkspc_jobs", service: "standard", calls: 3, tokens: { input: 9_007 + 3 * at, cache_write_1h: 2_003, output: 6_007 } },
  ]); // prettier-ignore
}
