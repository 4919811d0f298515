import "../factories/data-folder";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { z } from "zod";
import { withClient } from "@/server/launch/provision";
import { type Answer, type Door, openDoor } from "../factories/door";
import { fingerprints } from "../factories/rows";
import { loadPrices } from "../factories/tenant";
import { procedureCases } from "../security/procedure-cases";
import { procedures } from "../security/procedures";
import { makeWorld, type World } from "../security/world";
import { testDatabase } from "../setup/database";
import { anything } from "./generated";
import { expectTypedRefusal } from "./typed-refusal";
import { sized } from "../setup/size";

vi.mock("@/server/clients/events", () => ({ sendEvent: () => Promise.resolve() }));

const seed = 20261122;
const generated = sized(1_500, 500);

const withInput = procedures.filter(({ inputs }) => inputs.length > 0);
const isSound = (name: string, value: unknown) =>
  withInput.some((one) => one.name === name && one.inputs.every((parser) => parser.safeParse(value).success));

let world: World;
let door: Door;
beforeAll(async () => {
  await loadPrices(new Date());
  world = await makeWorld("canary-cy");
  door = await openDoor();
});
afterAll(() => door.close());

const headersFor = (name: string): Record<string, string> =>
  procedureCases[name]?.door === "key" ? world.key : world.as.owner;
/** All that is stored, save for when a key was last used. */
const print = () =>
  withClient(testDatabase().adminUrl, async (admin) => ({
    ...(await fingerprints(
      admin,
      world.tables.filter(({ name }) => name !== "api_key"),
    )),
    keys: (await admin.query("SELECT id, digest, revoked_at FROM api_key ORDER BY id")).rows,
  }));

async function eightAtOnce<T>(items: readonly T[], work: (item: T) => Promise<void>): Promise<void> {
  for (let from = 0; from < items.length; from += 8) await Promise.all(items.slice(from, from + 8).map(work));
}

/** The input as it arrives: what JSON text cannot say is no input. */
const send = (name: string, text: string): Promise<Answer> => {
  const isQuery = procedures.some((one) => one.name === name && one.type === "query");
  const headers = headersFor(name);
  if (isQuery) return door.send(`/api/trpc/${name}?input=${encodeURIComponent(text)}`, { headers });
  return door.send(`/api/trpc/${name}`, {
    method: "POST",
    headers: { ...headers, "content-type": "application/json" },
    body: text,
  });
};

const bad = ["null", "{}", "[]", '["x"]', "-1", "1e400", "9007199254740993", "true", '""', '"\\u0000"', '"\\ud800"', '{"$ne":1}', '{"not":""}', '"\'; DROP TABLE member; --"', JSON.stringify("x".repeat(5_000)), '"2026-02-30"', '"0000-01-01T00:00:00Z"', '"+1000000-01-01T00:00:00Z"']; // prettier-ignore
const Plain = z.record(z.string(), z.unknown());

/** The sound input with one field spoilt, left out or added. */
function spoilt(name: string): string[] {
  const own = Plain.safeParse(procedureCases[name]?.own?.(world.ids)).data ?? {};
  const fields = Object.keys(own).flatMap((field) =>
    bad.map((value) => JSON.stringify({ ...own, [field]: "@@" }).replace('"@@"', () => value)),
  );
  const missing = Object.keys(own).map((field) => JSON.stringify({ ...own, [field]: undefined }));
  const added = ["tenantId", "__proto__", "constructor", "where", "$where"].map((field) => `{${[...Object.entries(own).map(([key, value]) => `${JSON.stringify(key)}:${JSON.stringify(value)}`), `"${field}":{"a":1}`].join(",")}}`); // prettier-ignore
  return [...fields, ...missing, ...added, ...bad];
}

describe("malformed input to every procedure", () => {
  let cases = 0;
  it.each(withInput.map(({ name }) => name))(
    "%s refuses each spoilt field",
    { timeout: 60_000 },
    async (name) => {
      const before = await print();
      const texts = spoilt(name).filter((text) => !isSound(name, JSON.parse(text)));
      await eightAtOnce(texts, async (text) => {
        const answer = await send(name, text);
        cases += 1;
        expect(answer.status, `${name} ${text.slice(0, 200)} ${answer.text.slice(0, 300)}`).toBeLessThan(500);
        expectTypedRefusal(answer);
      });
      expect(texts.length).toBeGreaterThan(5);
      expect(await print()).toEqual(before);
    },
  );

  it(`${generated} generated inputs`, { timeout: 120_000 }, async () => {
    const before = await print();
    const names = withInput.map(({ name }) => name);
    const inputs = fc.sample(fc.tuple(fc.constantFrom(...names), anything), { seed, numRuns: generated });
    let refused = 0;
    await eightAtOnce(inputs, async ([name, value]) => {
      const text = JSON.stringify(value);
      if (isSound(name, JSON.parse(text))) return;
      expectTypedRefusal(await send(name, text));
      refused += 1;
    });
    expect(refused).toBeGreaterThan(generated * 0.9);
    expect(await print()).toEqual(before);
    console.info(
      `malformed, procedures: ${withInput.length} with ${cases} fixed and ${refused} generated inputs (seed ${seed}), all refused, 0 rows`,
    );
  });

  const texts = ["{", '{"a":', "undefined", "NaN", "'x'", "{a:1}", '{"a":1,}', "\u0000", "[".repeat(100)];
  it.each(procedures.map(({ name }) => name))("%s refuses what is no JSON", async (name) => {
    for (const text of texts) {
      const answer = await send(name, text);
      // Without an input there is nothing to read, and some procedures have none.
      if (withInput.some((one) => one.name === name)) expectTypedRefusal(answer);
      else expect(answer.status).toBeLessThan(500);
    }
  });

  it.each(["%E0%A4%A", "%", "%00", "%FF%FE", "a".repeat(7_000)])(
    "queries refuse %s for an input",
    async (input) => {
      for (const { name, type } of withInput) {
        if (type !== "query") continue;
        expectTypedRefusal(
          await door.send(`/api/trpc/${name}?input=${input}`, { headers: headersFor(name) }),
        );
      }
    },
  );

  const strange: Record<string, string>[] = [
    { cookie: "next-auth.session-token=%E0%A4%A" },
    { cookie: "next-auth.session-token=a.b.c.d.e" },
    { cookie: `next-auth.session-token=${"x".repeat(6_000)}` },
    { cookie: ";;;=;==;next-auth.session-token" },
    { cookie: "__Secure-next-auth.session-token=; next-auth.session-token.0=x; next-auth.session-token.1=y" },
    { "x-tokenledger-tenant": "../admin" },
    { "x-tokenledger-tenant": "' OR 1=1 --" },
    { "x-tokenledger-tenant": "%00" },
    { "x-tokenledger-tenant": "x".repeat(5_000) },
    { "x-tokenledger-tenant": "\u00ff\u00fe" },
  ];
  it.each(strange)("strange headers are nobody's: %j", async (headers) => {
    const answer = await door.send("/api/trpc/tenants.current", {
      headers: { ...("cookie" in headers ? {} : world.as.owner), ...headers },
    });
    expectTypedRefusal(answer);
  });
});
