import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { TokenledgerOptions } from "@/public/client/src/api";
import { createTokenledger } from "@/public/client/src/tokenledger";
import { storedIds } from "@/tests/chaos/stored-ids";
import { freePort } from "@/server/launch/ports";
import { withClient } from "@/server/launch/provision";
import { type Installation, install } from "@/tests/installation/install";
import { WebProcess } from "@/tests/installation/web-process";

const run = promisify(execFile);
const file = (path: string) => fileURLToPath(new URL(path, import.meta.url));
let place: Installation;
let web: WebProcess;
let url: string;
beforeAll(async () => {
  const port = await freePort();
  url = `http://127.0.0.1:${String(port)}`;
  place = await install(port);
  web = new WebProcess(place.environment);
  await web.start();
});
afterAll(async () => {
  await web.kill();
  await place.remove();
});

const client = (options: Partial<TokenledgerOptions> = {}) =>
  createTokenledger({ endpoint: url, key: place.ingestKey, flushIntervalMs: 20, ...options });
const rows = (sql: string) =>
  withClient(place.adminUrl, async (db) => (await db.query<Record<string, unknown>>(sql)).rows);

describe("the client against the real server", () => {
  it("loses nothing and stores nothing twice while the server is killed, and killed again", async () => {
    const calls = 3_000;
    const ledger = client({ maxBuffer: calls });
    let kills = 0;
    for (let n = 0; n < calls; n += 1) {
      ledger.track({ id: `kill-${n}`, provider: "openai", model: "gpt-4o-mini", usage: { inputTokens: 10 } });
      if (n % 1_000 !== 999) continue;
      // As soon as some of it is on its way.
      await expect
        .poll(() => ledger.stats().sent, { timeout: 30_000, interval: 2 })
        .toBeGreaterThan(kills * 500);
      await web.kill();
      kills += 1;
      await web.start();
    }
    expect(await ledger.flush(90_000)).toBe(true);
    const stored = await storedIds(place, "kill");
    expect(stored).toHaveLength(calls);
    expect(new Set(stored).size).toBe(calls);
    const { sent, dropped, retries, duplicates } = ledger.stats();
    expect({ sent, dropped, kills }).toEqual({ sent: calls, dropped: 0, kills: 3 });
    console.info(`client: ${sent} tracked = ${stored.length} stored over ${kills} kills, ${retries} retries, ${duplicates} told again`); // prettier-ignore
    await ledger.close();
  }, 180_000);

  it("sends no prompt: neither over the wire nor into any table", async () => {
    const canary = "CANARY-2f9a41";
    let wire = "";
    const ledger = client({
      fetch: (address, init) => {
        wire += typeof init?.body === "string" ? init.body : "";
        return fetch(address, init);
      },
    });
    const response = { id: "r1", model: "gpt-4o-mini", choices: [{ message: { content: canary } }], usage: { prompt_tokens: 3, completion_tokens: 1 } }; // prettier-ignore
    const messages = [{ role: "user", content: canary }];
    ledger.trackOpenAI(response, {
      id: "canary-1",
      prompt: { text: canary },
      ...{ messages, input: canary },
    });
    ledger.track({
      id: "canary-2",
      model: "gpt-4o-mini",
      prompt: { id: "p", text: messages },
      ...{ output: canary },
    });
    await ledger.close();
    expect(ledger.stats()).toMatchObject({ sent: 2, dropped: 0 });
    expect(wire).toContain("canary-2");
    expect(wire).not.toContain(canary);
    const stored = await rows(
      "SELECT prompt_id, prompt_version FROM call WHERE call_id LIKE 'canary%' ORDER BY call_id",
    );
    expect(stored).toEqual([
      { prompt_id: ledger.hashPrompt(canary), prompt_version: null },
      { prompt_id: "p", prompt_version: ledger.hashPrompt(messages) },
    ]);
    const tables = await rows("SELECT relname AS name FROM pg_class WHERE relkind IN ('r', 'p') AND relnamespace = 'public'::regnamespace"); // prettier-ignore
    for (const { name } of tables) {
      expect(
        await rows(`SELECT 1 FROM "${String(name)}" t WHERE t::text LIKE '%${canary}%' LIMIT 1`),
      ).toEqual([]);
    }
  });

  it("says which calls the ledger rejects, and why; the others are stored", async () => {
    const drops: unknown[] = [];
    const ledger = client({ onDrop: (drop) => drops.push(drop) });
    ledger.track({ id: "fault-1", model: "gpt-4o-mini", usage: { inputTokens: 1, cacheReadTokens: 2 } });
    ledger.track({ id: "fault-2", model: "gpt-4o-mini", usage: { inputTokens: 1 } });
    await ledger.close();
    expect(drops).toMatchObject([
      {
        reason: "rejected",
        ids: ["fault-1"],
        message: expect.stringContaining("PARTS_EXCEED_TOTAL") as string,
      },
    ]);
    expect(await storedIds(place, "fault")).toEqual(["fault-2"]);
  });

  it("is told of a key that the server does not know", async () => {
    const drops: unknown[] = [];
    const ledger = client({ key: `${place.ingestKey}x`, onDrop: (drop) => drops.push(drop) });
    ledger.track({ id: "stranger", model: "gpt-4o-mini" });
    await ledger.close();
    expect(drops).toMatchObject([{ reason: "refused", count: 1 }]);
  });

  it("tells of product usage and of users", async () => {
    const ledger = client();
    ledger.usage({ id: "event-1", userId: "u1", feature: "chat", event: "asked" });
    ledger.identify({
      userId: "u1",
      accountId: "acme",
      plan: "pro",
      mrrUsd: "49.5",
      signedUpAt: new Date("2026-01-02"),
    });
    await ledger.close();
    expect(ledger.stats()).toMatchObject({ sent: 2, dropped: 0 });
    expect(await rows("SELECT feature, event FROM usage_event WHERE message_id = 'event-1'")).toEqual([{ feature: "chat", event: "asked" }]); // prettier-ignore
    expect(await rows("SELECT account_id, plan FROM end_user WHERE user_id = 'u1'")).toEqual([{ account_id: "acme", plan: "pro" }]); // prettier-ignore
  });
});

const script = file("tracks-and-ends.mjs");

describe("the served file, in a process of its own", () => {
  it("delivers all when the process has nothing else to do", async () => {
    const { stdout } = await run(process.execPath, [script, url, place.ingestKey, "end", "1200"]);
    expect(stdout).toBe("");
    expect(await storedIds(place, "end")).toHaveLength(1_200);
  });

  it("delivers all on SIGTERM, and the process ends by it", async () => {
    const child = spawn(process.execPath, [script, url, place.ingestKey, "term", "700", "wait"]);
    await once(child.stdout, "data");
    child.kill("SIGTERM");
    const [code, signal] = (await once(child, "exit")) as [number | null, string | null];
    expect([code, signal]).toEqual([null, "SIGTERM"]);
    expect(await storedIds(place, "term")).toHaveLength(700);
  });

  it("lets the process end although nobody answers, and says what was lost", async () => {
    const deaf = `http://127.0.0.1:${String(await freePort())}`;
    const { stdout } = await run(process.execPath, [script, deaf, place.ingestKey, "deaf", "30"]);
    expect(stdout).toBe("exit 30\n");
  });

  it.each([
    ["openai", ["--import", "tsx", "--import", file("packages/register.mjs")], "gpt-4o-mini", 2, "It is on its way.\nBecause it is far."],
    ["anthropic", ["--import", "tsx", "--import", file("packages/register.mjs")], "claude-haiku-4-5", 1, "sent: 3"],
    ["retries", [], "gemini-2.5-pro", 1, "sent: 2"],
  ])("runs the example %s", async (name, options, model, count, said) => {
    const example = file(`../../public/client/examples/${name}.mjs`);
    const env = { ...process.env, TOKENLEDGER_URL: url, TOKENLEDGER_KEY: place.ingestKey };
    const { stdout } = await run(process.execPath, [...options, example], { env });
    expect(stdout).toContain(said);
    const stored = await rows(`SELECT cost_usd FROM call WHERE model LIKE '${model}%' AND feature IS NOT NULL`);
    expect(stored).toHaveLength(count);
    expect(stored.every(({ cost_usd }) => Number(cost_usd) > 0)).toBe(true);
  }); // prettier-ignore
});
