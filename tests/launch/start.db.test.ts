import { existsSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { freePort } from "@/server/launch/ports";
import { type Product, removeInstallation, spawnProduct, startProduct } from "@/tests/setup/start-product";
import { makeTemporaryFolder } from "@/tests/setup/temporary-folder";

// The real program, without the pages, whose build has a step of its own in `npm test`.
const args = ["--api-only", "--no-demo"];
const parents: string[] = [];
function missing(): string {
  const parent = makeTemporaryFolder("start");
  parents.push(parent);
  return join(parent, "data");
}
afterAll(() => {
  for (const parent of parents) rmSync(parent, { recursive: true, force: true });
});

async function failToStart(options: { dataFolder?: string; port?: number; env?: Record<string, string> }) {
  const dataFolder = options.dataFolder ?? missing();
  const product = spawnProduct({
    dataFolder,
    port: options.port ?? (await freePort()),
    args,
    env: options.env,
  });
  const code = await product.exited;
  return { code, dataFolder, said: product.output().trimEnd().split("\n").at(-1) };
}

describe("a start that can't succeed ends with one sentence and writes nothing", () => {
  it("port taken", async () => {
    const holder = createServer();
    const port = await freePort();
    await new Promise<void>((resolve) => holder.listen(port, "0.0.0.0", resolve));
    const { code, said, dataFolder } = await failToStart({ port });
    holder.close();
    expect(code).toBe(1);
    expect(said).toBe(
      `Port ${port} is taken by another program; choose another one, for example PORT=${port + 1} npm start.`,
    );
    expect(readdirSync(dataFolder)).toEqual([]);
  });

  it("wrong environment, named by its variable and not by its value", async () => {
    const { code, said, dataFolder } = await failToStart({ env: { ENCRYPTION_KEY: "too short" } });
    expect(code).toBe(1);
    expect(said).toBe("  ENCRYPTION_KEY must be 32 bytes in hex");
    expect(existsSync(dataFolder)).toBe(false);
  });

  it("a data folder that can't be made", async () => {
    const { code, said } = await failToStart({ dataFolder: "/dev/null/data" });
    expect(code).toBe(1);
    expect(said).toContain("The data folder /dev/null/data is not a folder");
  });
});

describe("a running product", () => {
  let dataFolder: string;
  let product: Product;
  beforeAll(async () => {
    dataFolder = missing();
    product = await startProduct({ dataFolder, port: await freePort(), args });
  });
  afterAll(() => {
    removeInstallation(dataFolder);
  });

  const status = async (path: string) => (await fetch(new URL(path, product.url))).status;
  const databasePid = () => Number(readFileSync(postmasterFile(dataFolder), "utf8").split("\n")[0]);

  it("is healthy, and keeps its secrets to its owner", async () => {
    expect([await status("/health/live"), await status("/health/ready")]).toEqual([200, 200]);
    expect(statSync(join(dataFolder, "secrets.json")).mode & 0o777).toBe(0o600);
  });

  it("keeps a second one off its data", async () => {
    const { code, said } = await failToStart({ dataFolder });
    expect(code).toBe(1);
    expect(said).toBe(
      `Tokenledger already runs on the data folder ${dataFolder} (process ${product.pid}); stop it first, or choose another DATA_DIR.`,
    );
  });

  it("lives on while its database is killed, and starts it again", async () => {
    process.kill(databasePid(), "SIGKILL");
    await expect.poll(() => status("/health/ready"), { timeout: 5_000, interval: 5 }).toBe(503);
    expect(await status("/health/live")).toBe(200);
    await expect.poll(() => status("/health/ready"), { timeout: 15_000 }).toBe(200);
  });

  it("leaves no database behind when it is killed, and starts again with its data", async () => {
    const database = databasePid();
    process.kill(product.pid, "SIGKILL");
    await product.exited;
    product = await startProduct({ dataFolder, port: await freePort(), args });
    expect(isAlive(database)).toBe(false);
    expect(product.output()).toMatch(/apply migrations: all \d+ known/);
  });

  it("stops cleanly on Ctrl-C", async () => {
    const database = databasePid();
    expect(await product.stop()).toBe(0);
    expect(isAlive(database)).toBe(false);
    expect(existsSync(join(dataFolder, "running"))).toBe(false);
    expect(readFileSync(join(dataFolder, "postgres.log"), "utf8").trimEnd()).toMatch(
      /database system is shut down$/,
    );
  });
});

function postmasterFile(dataFolder: string): string {
  const note = join(dataFolder, "cluster.json");
  const { folder } = (
    existsSync(note) ? JSON.parse(readFileSync(note, "utf8")) : { folder: join(dataFolder, "postgres") }
  ) as {
    folder: string;
  };
  return join(folder, "cluster", "postmaster.pid");
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
