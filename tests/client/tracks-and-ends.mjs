// A process that tracks calls and has nothing else to do; or, told to wait, lives until a signal ends it.
import { createTokenledger } from "../../public/client/tokenledger.js";

const [, , url, key, run, count, wait] = process.argv;
const ledger = createTokenledger({
  endpoint: url,
  key,
  flushIntervalMs: 3_600_000,
  flushOnSignals: true,
  onDrop: ({ reason, count: dropped }) => process.stdout.write(`${reason} ${dropped}\n`),
});
for (let n = 0; n < Number(count); n += 1) {
  ledger.track({
    id: `${run}-${n}`,
    provider: "openai",
    model: "gpt-4o-mini",
    usage: { inputTokens: 10, outputTokens: 1 },
  });
}
if (wait === "wait") {
  setInterval(() => undefined, 60_000);
  process.stdout.write("tracked\n");
}
