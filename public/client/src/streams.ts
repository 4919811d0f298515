import { at } from "@/server/provider-usage/fields";
import type { Call } from "./api";
import { responseFacts } from "./responses";

/** What the chunks of a stream say of its call, gathered as they pass. */
export class StreamFacts {
  private told: unknown = null;
  private usage: Record<string, unknown> = {};

  see(chunk: unknown): void {
    // OpenAI's responses and Anthropic's messages wrap it; chat completions and Groq's last chunk say it plainly.
    const whole = at(chunk, "response") ?? at(chunk, "message") ?? chunk;
    if (typeof at(whole, "model") === "string") this.told = whole;
    const usage = at(whole, "usage") ?? at(chunk, "usage") ?? at(at(chunk, "x_groq"), "usage");
    if (typeof usage !== "object" || usage === null) return;
    // Anthropic tells the input first and the output last; what is null is not known yet, not gone.
    for (const [name, value] of Object.entries(usage)) if (value !== null) this.usage[name] = value;
  }

  /** Without usage where the stream told none, or was left before it did. */
  get call(): Call {
    const hasUsage = Object.keys(this.usage).length > 0;
    return { ...responseFacts(this.told), providerUsage: hasUsage ? this.usage : undefined };
  }
}

export type StreamEnd = { how: "read" } | { how: "left" } | { how: "failed"; error: unknown };

/** Passes everything on untouched, and tells once how it ended. */
export function watchIterator<T>(
  source: AsyncIterator<T>,
  see: (chunk: T) => void,
  end: (end: StreamEnd) => void,
): AsyncIterator<T> & AsyncIterable<T> {
  let isOver = false;
  const over = (how: StreamEnd) => {
    if (!isOver) end(how);
    isOver = true;
  };
  return {
    async next() {
      try {
        const result = await source.next();
        if (result.done) over({ how: "read" });
        else see(result.value);
        return result;
      } catch (error) {
        over({ how: "failed", error });
        throw error;
      }
    },
    async return(value?: unknown) {
      over({ how: "left" });
      return (await source.return?.(value)) ?? { done: true, value: undefined };
    },
    async throw(error?: unknown) {
      over({ how: "failed", error });
      if (source.throw) return source.throw(error);
      throw error;
    },
    [Symbol.asyncIterator]() {
      return this;
    },
  };
}
