import { liteLlm, segment } from "./gateway-snippets";
import { curl, python, typeScript } from "./plain-snippets";
import type { SnippetFacts } from "./snippet-facts";
import { aiSdk6, aiSdk7, langfuse, openLlmetry, openTelemetry } from "./trace-snippets";

export const keyPlaceholder = "YOUR_API_KEY";

interface WayIn {
  /** For whom it is. */
  hint: string;
  write: (facts: SnippetFacts) => string;
}

const waysIn = {
  curl: { hint: "One request, to see it work.", write: curl },
  TypeScript: { hint: "Our client: batches, retries, and reads the usage of OpenAI, Anthropic and the AI SDK.", write: typeScript },
  Python: { hint: "Plain HTTP; any language can do the same.", write: python },
  OpenTelemetry: { hint: "An app that is traced already needs three variables.", write: openTelemetry },
  OpenLLMetry: { hint: "Traceloop’s instrumentation of the providers’ own clients.", write: openLlmetry },
  "AI SDK 7": { hint: "Vercel’s AI SDK with its OpenTelemetry package.", write: aiSdk7 },
  "AI SDK 6": { hint: "Vercel’s AI SDK with experimental_telemetry.", write: aiSdk6 },
  Langfuse: { hint: "An app with Langfuse’s SDK needs another host and key.", write: langfuse },
  LiteLLM: { hint: "Everything that goes through the proxy, without touching an app.", write: liteLlm },
  Segment: { hint: "Product usage beside the calls, for cost per use and per user.", write: segment },
} as const satisfies Record<string, WayIn>; // prettier-ignore

export type Language = keyof typeof waysIn;
export const languages = Object.keys(waysIn) as Language[];

export function hintOf(language: Language): string {
  return waysIn[language].hint;
}

/** A program or configuration that sends a call, ready to be pasted. */
export function snippet(language: Language, facts: SnippetFacts): string {
  return waysIn[language].write(facts);
}
