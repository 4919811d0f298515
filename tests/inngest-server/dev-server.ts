import { spawn } from "node:child_process";
import { once } from "node:events";
import { setTimeout as delay } from "node:timers/promises";
import { z } from "zod";

export interface DevServerOptions {
  binary: string;
  /** Where our functions are served: http://localhost:3000/api/inngest. */
  appUrl: string;
  port: number;
  /** Another free port, which the server wants for a way in that we do not use. */
  gatewayPort: number;
  /** Functions that it has to know before it counts as started. */
  functions: number;
  /** Whatever it prints. */
  onOutput?: (text: string) => void;
  /** How long it may take to start and to know them all. */
  patienceMs?: number;
}

export interface DevServer {
  url: string;
  /** Resolves once it has ended. */
  stop(): Promise<void>;
  exited: Promise<void>;
}

const Known = z.object({ functions: z.array(z.unknown()).nullable() });

/** What the server says it knows; null: it does not answer yet. */
async function knownFunctions(url: string): Promise<number | null> {
  try {
    const answer = await fetch(`${url}/dev`, { signal: AbortSignal.timeout(2_000) });
    return answer.ok ? (Known.parse(await answer.json()).functions ?? []).length : null;
  } catch {
    return null;
  }
}

/**
 * Starts Inngest's dev server and waits until it has read our functions.
 * @throws Error with what it printed when it ends, or does not come to know them in time
 */
export async function startDevServer(options: DevServerOptions): Promise<DevServer> {
  const { binary, appUrl, port, gatewayPort, functions, onOutput, patienceMs = 60_000 } = options;
  const url = `http://127.0.0.1:${String(port)}`;
  const child = spawn(
    binary,
    ["dev", "--no-discovery", "--host", "127.0.0.1", "--port", String(port), "--connect-gateway-port", String(gatewayPort), "--sdk-url", appUrl],
    { stdio: ["ignore", "pipe", "pipe"], env: { ...process.env, DO_NOT_TRACK: "1" } },
  ); // prettier-ignore
  let output = "";
  const keep = (chunk: Buffer) => {
    output = (output + chunk.toString()).slice(-20_000);
    onOutput?.(chunk.toString());
  };
  child.stdout.on("data", keep);
  child.stderr.on("data", keep);
  const state: { ended: string | null } = { ended: null };
  const exited = once(child, "close").then(
    ([code]) => void (state.ended = `It ended (${String(code)})`),
    (error: unknown) => void (state.ended = `It could not be started (${String(error)})`),
  );
  const stop = async () => {
    child.kill("SIGTERM");
    await exited;
  };
  const until = Date.now() + patienceMs;
  for (;;) {
    const known = await knownFunctions(url);
    if (known !== null && known >= functions) return { url, stop, exited };
    const told = state.ended ?? (Date.now() > until ? `It knows ${known === null ? "nothing" : `${String(known)} of ${String(functions)} functions`}` : null); // prettier-ignore
    if (told !== null) {
      await stop();
      throw new Error(`The Inngest server did not start. ${told}:\n${output}`);
    }
    await delay(250);
  }
}
