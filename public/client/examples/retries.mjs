// TOKENLEDGER_URL=http://localhost:3000 TOKENLEDGER_KEY=tl_… node retries.mjs
// One call for each attempt: what retries and fallbacks cost is then a figure of its own.
import { randomUUID } from "node:crypto";
import { createTokenledger } from "../tokenledger.js";

const ledger = createTokenledger({
  endpoint: process.env.TOKENLEDGER_URL,
  key: process.env.TOKENLEDGER_KEY,
  onDrop: ({ count, reason, message }) => console.error(`${count} calls lost (${reason}): ${message}`),
});

const request = { rootRequestId: randomUUID(), feature: "extract", userId: "user_42" };
// Answered, billed, but not the JSON that was asked for …
ledger.track({
  ...request,
  attempt: 1,
  provider: "openai",
  model: "gpt-4o-mini",
  errorClass: "invalid_json",
  usage: { inputTokens: 1200, outputTokens: 180, cacheReadTokens: 400 },
});
// … so a larger model was asked. Its usage object as it came; any provider's will do.
ledger.track({
  ...request,
  attempt: 2,
  provider: "google",
  model: "gemini-2.5-pro",
  providerUsage: {
    promptTokenCount: 1180,
    candidatesTokenCount: 150,
    thoughtsTokenCount: 420,
    totalTokenCount: 1750,
  },
});

await ledger.close();
console.log(ledger.stats());
