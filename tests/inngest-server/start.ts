import { freePort } from "@/server/launch/ports";
import { findBinary, howToGet } from "./binary";
import { startDevServer } from "./dev-server";

const say = (text: string) => void process.stdout.write(`${text}\n`);
const port = Number(process.env.INNGEST_PORT ?? 8288);
const appUrl = `http://localhost:${process.env.PORT ?? "3000"}/api/inngest`;
const server = `http://127.0.0.1:${String(port)}`;

async function main(): Promise<number> {
  const binary = findBinary(process.env);
  if (binary === null) {
    say(howToGet);
    return 1;
  }
  say(`Starting ${binary} on ${server}, for the functions of ${appUrl}.
The product runs beside it, and leaves its jobs to it, when it is started like this:
  NODE_ENV=development INNGEST_DEV=${server} npm start`);
  const started = await startDevServer({
    binary,
    appUrl,
    port,
    gatewayPort: await freePort(),
    functions: 1,
    onOutput: (text) => void process.stdout.write(text),
    // Until somebody has started the product.
    patienceMs: 3_600_000,
  });
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => void started.stop());
  say(`It has read our functions: ${server}/functions`);
  await started.exited;
  return 0;
}

process.exitCode = await main();
