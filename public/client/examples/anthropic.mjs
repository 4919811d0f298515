// TOKENLEDGER_URL=http://localhost:3000 TOKENLEDGER_KEY=tl_… ANTHROPIC_API_KEY=sk-… node anthropic.mjs   (npm install @anthropic-ai/sdk)
import Anthropic from "@anthropic-ai/sdk";
import { createTokenledger } from "../tokenledger.js";

const ledger = createTokenledger({
  endpoint: process.env.TOKENLEDGER_URL,
  key: process.env.TOKENLEDGER_KEY,
  feature: "summary",
});
const anthropic = new Anthropic();
const system = "You summarise articles in one sentence.";

// Without a wrapper: one line after the call. The prompt's text is hashed here and never sent.
const message = await anthropic.messages.create({
  model: "claude-haiku-4-5",
  max_tokens: 200,
  system,
  messages: [{ role: "user", content: "…" }],
});
ledger.trackAnthropic(message, { userId: "user_42", prompt: { id: "summary", text: system } });

// What the summary was good for, and for whom: what cost is compared with.
ledger.usage({ userId: "user_42", event: "summary_read" });
ledger.identify({ userId: "user_42", accountId: "acme", plan: "pro", mrrUsd: "49" });

await ledger.close();
console.log(ledger.stats());
