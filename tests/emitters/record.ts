import { mkdirSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { readable } from "./decode";
import { startOpenAi } from "./openai-server";
import { type EmitterName, emitters, runEmitter } from "./run";
import { startWire } from "./wire";

// `node --import tsx tests/emitters/record.ts [NAME…]` writes what each emitter sends to recorded/: fixtures for the mapping.
const folder = fileURLToPath(new URL("recorded/", import.meta.url));
mkdirSync(folder, { recursive: true });
const wanted = process.argv.slice(2);
const openAi = await startOpenAi();
for (const name of Object.keys(emitters) as EmitterName[]) {
  if (wanted.length > 0 && !wanted.includes(name)) continue;
  const wire = await startWire();
  const target = { url: wire.url, key: "tl_recorded", userId: `user-${name}`, openAiUrl: openAi.url };
  const { code, output } = await runEmitter(name, target);
  await wire.stop();
  console.log(`${name}: exit ${String(code)}, ${String(wire.sent.length)} requests ${output}`);
  writeFileSync(`${folder}${name}.json`, `${JSON.stringify(wire.sent.map(readable), null, 2)}\n`);
}
await openAi.stop();
