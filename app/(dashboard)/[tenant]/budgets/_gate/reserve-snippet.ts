/** The least that an app writes around a call to keep within its budgets. It runs as it stands (`reserve-snippet.test.ts`). */
export const reserveSnippet = (baseUrl: string): string => `// curl -O ${baseUrl}/client/tokenledger.js
import { createTokenledger } from "./tokenledger.js";

const ledger = createTokenledger({ endpoint: "${baseUrl}", key: process.env.TOKENLEDGER_KEY });

// Before the call: may it be made, and what may it cost at most?
const permit = await ledger.reserve({
  provider: "openai",
  model: "gpt-4o",
  usage: { inputTokens: 1200, outputTokens: 500 },
  feature: "chat",
  userId: "user-1",
});

if (permit.allowed) {
  // … make the call, then say what it cost:
  await permit.settle({ usage: { inputTokens: 1180, outputTokens: 240 } });
} else {
  console.warn(permit.message);
}
await ledger.close();`;
