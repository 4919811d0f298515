import { CardHeader } from "@/app/_components/ui/card";

const fields = [
  [
    "id, occurredAt",
    "Required. The id makes a repeat harmless; the time is RFC 3339 with its offset, at most 35 days back.",
  ],
  ["provider, model", "What the price is looked up by, as at that time."],
  [
    "usage",
    "inputTokens and outputTokens as on the bill; of them cacheReadTokens, cacheWrite5mTokens, reasoningTokens …",
  ],
  [
    "feature, team, environment, prompt",
    "Single tags: their costs add up to the total. A prompt is { id, version }.",
  ],
  ["userId, accountId", "Your user, and the customer who pays for them."],
  ["attempt, errorClass, billed", "One entry for each attempt, failed ones too."],
  ["cache, batch, latencyMs, runId", "Cache hits cost nothing; batches have their own price."],
  ["reportedCostUsd", "Your own figure, a decimal string; kept beside ours and used where we know no price."],
] as const;

/** What else a call can carry. Prompts and completions are not among it: they are refused, not stored. */
export function CallFields() {
  return (
    <>
      <CardHeader
        title="What a call can carry"
        hint="Up to 1,000 calls in one request. Prompt and completion text is never accepted."
      />
      <dl className="divide-y border-t text-sm">
        {fields.map(([names, meaning]) => (
          <div key={names} className="grid gap-x-6 gap-y-0.5 px-4 py-2 sm:grid-cols-[15rem_1fr] sm:px-5">
            <dt className="font-mono text-xs/5">{names}</dt>
            <dd className="text-ink-muted">{meaning}</dd>
          </div>
        ))}
      </dl>
    </>
  );
}
