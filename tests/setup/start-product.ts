import { type ChildProcess, spawn } from "node:child_process";
import { appendFileSync, existsSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { root } from "@/server/launch/root";

export interface Product {
  url: string;
  /** Of the process to send signals to. */
  pid: number;
  /** All that it has printed. */
  output(): string;
  /** Ctrl-C; gives the exit code. */
  stop(): Promise<number | null>;
  exited: Promise<number | null>;
}

interface StartOptions {
  dataFolder: string;
  port: number;
  args?: string[];
  env?: Record<string, string>;
  /** Where to write all that it prints, for processes other than the one that starts it. */
  outputFile?: string;
}

/** Runs `npm start`'s program as a process of its own. */
export function spawnProduct(options: StartOptions): Omit<Product, "url"> {
  const { dataFolder, port, args = [], env = {}, outputFile } = options;
  const child: ChildProcess = spawn(process.execPath, [join(root, "server/launch/start.mjs"), ...args], {
    cwd: root,
    env: { ...withoutOurs(process.env), DATA_DIR: dataFolder, PORT: String(port), ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let output = "";
  const keep = (chunk: Buffer) => {
    output += chunk.toString();
    if (outputFile !== undefined) appendFileSync(outputFile, chunk);
  };
  child.stdout?.on("data", keep);
  child.stderr?.on("data", keep);
  const exited = new Promise<number | null>((resolve) => child.once("close", resolve));
  const stop = () => {
    child.kill("SIGINT");
    return exited;
  };
  if (child.pid === undefined) throw new Error("The product could not be started.");
  return { pid: child.pid, output: () => output, stop, exited };
}

/** Waits for its line `ready http://…`. */
export async function startProduct(options: StartOptions): Promise<Product> {
  const product = spawnProduct(options);
  const state = { hasEnded: false };
  void product.exited.then(() => (state.hasEnded = true));
  for (;;) {
    const ready = /^ready (http\S+)$/m.exec(product.output());
    if (ready?.[1]) return { ...product, url: ready[1] };
    if (state.hasEnded) throw new Error(`The product did not start:\n${product.output()}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

/** Deletes a data folder, and the database that lies elsewhere when root may enter the folder alone. */
export function removeInstallation(dataFolder: string): void {
  const note = join(dataFolder, "cluster.json");
  if (existsSync(note)) {
    const { folder } = JSON.parse(readFileSync(note, "utf8")) as { folder: string };
    rmSync(folder, { recursive: true, force: true });
  }
  rmSync(dataFolder, { recursive: true, force: true });
}

// The database tests and the runners of tests set variables that a person's shell does not have.
function withoutOurs(environment: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const foreign =
    /^(DATABASE_|INNGEST_|NEXTAUTH_|VITEST|NODE_ENV$|ENCRYPTION_KEY$|EMBEDDED_JOBS$|LOG_LEVEL$)/;
  return Object.fromEntries(
    Object.entries(environment).filter(([name]) => !foreign.test(name)),
  ) as NodeJS.ProcessEnv;
}
