import type { Usage } from "@/server/calls/schemas";
import { at, type Fields } from "@/server/litellm/fields";
import { settle } from "./fields";
import { readUsage } from "./read-usage";

/** Parts of the input and the output by what their names say; whatever has none of these words is plain tokens. */
const cacheRead = /cache_?read|cached/i;
const cacheWrite = /cache_?(creation|write)|ephemeral/i;
const oneHour = /_?1h/i;
const fiveMinutes = /_?5m/i;
const audio = /audio/i;
const reasoning = /reasoning|thought|thinking/i;
/** Langfuse's own names begin with the side; Anthropic's do not, and mean tokens beside the input. */
const inputSide = /^(input|prompt)|^cache_(read|creation)/i;
const outputSide = /^(output|completion|reasoning)/i;
/** A map of Langfuse's has one of these; a provider's own object has none. */
const ownNames = ["input", "output", "total", "promptTokens", "completionTokens"];

/**
 * Langfuse's usageDetails are disjoint: `input` has lost its cached part, so our totals are the sums of all parts. An object
 * of a provider, which Langfuse should have taken apart, is read as the provider means it.
 * @returns undefined when it says nothing of tokens, or nothing sound
 */
export function langfuseDetails(details: Fields): Usage | undefined {
  if (!ownNames.some((name) => Object.hasOwn(details, name))) return readUsage(details) ?? undefined;
  const parts = Object.keys(details).flatMap((name) => {
    const tokens = at(details, name);
    return typeof tokens === "number" ? [{ name, tokens }] : [];
  });
  const input = parts.filter(({ name }) => inputSide.test(name));
  const output = parts.filter(({ name }) => outputSide.test(name));
  if (input.length === 0 && output.length === 0) return undefined;

  const writes = input.filter(({ name }) => cacheWrite.test(name));
  const written = cacheWrites(writes);
  const others = input.filter((part) => !writes.includes(part));
  const usage = settle({
    input: input.length === 0 ? undefined : sum(others) + written.fiveMinutes + written.oneHour,
    output: output.length === 0 ? undefined : sum(output),
    cacheRead: sum(others.filter(({ name }) => cacheRead.test(name))),
    cacheWrite5m: written.fiveMinutes,
    cacheWrite1h: written.oneHour,
    audioInput: sum(others.filter(({ name }) => audio.test(name) && !cacheRead.test(name))),
    reasoning: sum(output.filter(({ name }) => reasoning.test(name))),
    audioOutput: sum(output.filter(({ name }) => audio.test(name) && !reasoning.test(name))),
  });
  return usage ?? undefined;
}

interface Part {
  name: string;
  tokens: number;
}
const sum = (parts: readonly Part[]) => parts.reduce((total, { tokens }) => total + tokens, 0);

/** LangChain tells the writes of a cache as a whole and again by how long they live: then the whole is no third part. */
function cacheWrites(writes: readonly Part[]): { fiveMinutes: number; oneHour: number } {
  const long = sum(writes.filter(({ name }) => oneHour.test(name)));
  const short = sum(writes.filter(({ name }) => fiveMinutes.test(name)));
  const whole = sum(writes.filter(({ name }) => !oneHour.test(name) && !fiveMinutes.test(name)));
  return { fiveMinutes: Math.max(whole, short + long) - long, oneHour: long };
}
