// TOKENLEDGER_URL=http://localhost:3000 TOKENLEDGER_KEY=tl_… OPENAI_API_KEY=sk-… node openai.mjs   (npm install openai)
import OpenAI from "openai";
import { createTokenledger } from "../tokenledger.js";

const ledger = createTokenledger({
  endpoint: process.env.TOKENLEDGER_URL,
  key: process.env.TOKENLEDGER_KEY,
  environment: "development",
});

// Facts that hold for all calls of this client; or a function that finds them by the request's body.
const openai = ledger.wrapOpenAI(new OpenAI(), (body) => ({ feature: "support", userId: body.user }));

// As always; what it cost is on the dashboard within a minute.
const answer = await openai.chat.completions.create({
  model: "gpt-4o-mini",
  user: "user_42",
  messages: [{ role: "user", content: "Where is my parcel?" }],
});
console.log(answer.choices[0].message.content);

// A stream tells its usage only if asked to; without it the call is stored as unpriced.
const stream = await openai.chat.completions.create({
  model: "gpt-4o-mini",
  user: "user_42",
  stream: true,
  stream_options: { include_usage: true },
  messages: [{ role: "user", content: "And why does it take so long?" }],
});
for await (const chunk of stream) process.stdout.write(chunk.choices[0]?.delta?.content ?? "");

// Nothing to wait for: what is left is sent when the process has nothing else to do.
