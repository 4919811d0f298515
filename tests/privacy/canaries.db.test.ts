import { Writable } from "node:stream";
import { gzipSync } from "node:zlib";
import type * as Pino from "pino";
import { afterAll, beforeAll, expect, it, vi } from "vitest";
import type { Tenant } from "@/server/context";
import { settleCalls } from "@/server/calls/settle";
import { setTagPolicy } from "@/server/attribution/set-tag-policy";
import { processInbox } from "@/server/inbox/process";
import { createKey } from "@/server/keys/create";
import { logger } from "@/server/log";
import { withClient } from "@/server/launch/provision";
import { setPseudonyms } from "@/server/privacy/set-pseudonyms";
import { rollUp } from "@/server/rollups/roll-up";
import { litellmPayload } from "../emitters/litellm-payload";
import { type Answer, type Door, openDoor } from "../factories/door";
import { tablesOf } from "../factories/rows";
import { asAdmin, contextOf, loadPrices, makeTenant, personWith, system } from "../factories/tenant";
import { requestBody, spanBody } from "../otlp/bodies";
import { testDatabase } from "../setup/database";

const log = vi.hoisted(() => ({ lines: [] as string[] }));
// Every logger of the product writes here, whatever its level.
vi.mock("pino", async (original) => {
  const real = await original<typeof Pino>();
  const into = new Writable({
    write(chunk: Buffer, _encoding, done) {
      log.lines.push(chunk.toString());
      done();
    },
  });
  const pino = (options: object) => real.default({ ...options, level: "trace" }, into);
  return { ...real, default: Object.assign(pino, real.default) };
});
vi.mock("@/server/clients/events", () => ({ sendEvent: () => Promise.resolve() }));

/** What people said, what they were told, who they are. Nothing of it may be left in the clear. */
const prompt = "canary-prompt-4711";
const completion = "canary-completion-4711";
const email = "canary-4711@example.com";
const canaries = [prompt, completion, email, "CANARY-prompt-text"];

let tenant: Tenant;
let door: Door;
let key: string;
const answers: { way: string; answer: Answer }[] = [];
beforeAll(async () => {
  await loadPrices(new Date());
  tenant = await makeTenant();
  const admin = contextOf(tenant, personWith("admin"), new Date());
  key = (await createKey(contextOf(tenant, system, new Date()), { name: "app", scopes: ["ingest"] })).key;
  await setPseudonyms(admin, { pseudonymise: true, confirm: true });
  await setTagPolicy(admin, { tagPolicy: { team: "reject" } });
  door = await openDoor();
});
afterAll(() => door.close());

async function send(path: string, body: unknown, headers: Record<string, string> = {}) {
  const text = typeof body === "string" || Buffer.isBuffer(body) ? body : JSON.stringify(body);
  const answer = await door.send(path, {
    method: "POST",
    headers: { "content-type": "application/json", authorization: `Bearer ${key}`, ...headers },
    body: text,
  });
  answers.push({ way: path, answer });
  return answer;
}

const at = () => new Date(Date.now() - 60_000).toISOString();
const call = (id: string, more: object = {}) => ({
  id,
  occurredAt: at(),
  provider: "openai",
  model: "gpt-4o",
  team: "core",
  userId: email,
  usage: { inputTokens: 1000, outputTokens: 100 },
  ...more,
});
const messages = [{ role: "user", content: prompt }];
const said = {
  "gen_ai.prompt": prompt,
  "gen_ai.prompt.0.content": prompt,
  "gen_ai.completion": completion,
  "gen_ai.completion.0.content": completion,
  "gen_ai.input.messages": JSON.stringify(messages),
  "gen_ai.output.messages": JSON.stringify([{ content: completion }]),
  "gen_ai.system_instructions": prompt,
  "ai.prompt": prompt,
  "ai.prompt.messages": JSON.stringify(messages),
  "ai.response.text": completion,
  "langfuse.observation.input": prompt,
  "langfuse.observation.output": completion,
  "langfuse.trace.input": prompt,
  "input.value": prompt,
  "output.value": completion,
  "traceloop.entity.input": prompt,
  "llm.input_messages.0.message.content": prompt,
};
const span = (more: object = {}, attributes: object = {}) => ({
  ...spanBody({
    attributes: {
      "gen_ai.operation.name": "chat",
      "gen_ai.provider.name": "openai",
      "gen_ai.request.model": "gpt-4o",
      "gen_ai.usage.input_tokens": 1000,
      "gen_ai.usage.output_tokens": 100,
      team: "core",
      "user.id": email,
      ...said,
      ...attributes,
    },
  }),
  events: [
    { name: prompt, timeUnixNano: "1", attributes: [{ key: "content", value: { stringValue: completion } }] },
  ],
  status: { code: 2, message: prompt },
  ...more,
});

it("takes prompts, completions and people through every way in", async () => {
  const calls = "/api/trpc/ingest.calls";
  await send(calls, {
    calls: [call("good"), call("good-2", { shares: [{ userId: email }, { userId: email }] })],
  });
  // Refused one by one: unknown fields, a clash, a missing tag, too old, a wrong type, a poisoned name, too long.
  await send(calls, {
    calls: [
      call("a", { messages }),
      call("b", { prompt: { id: "p", text: prompt } }),
      call("c", { completion }),
      call("good", { feature: "another" }),
      call("d", { team: undefined }),
      call("e", { occurredAt: "2024-01-01T00:00:00Z" }),
      call("f", { usage: prompt }),
      call("g", { tags: { a: [completion] } }),
      call("h", { occurredAt: prompt }),
      call("i", { kind: completion }),
      call("j", { reportedCostUsd: prompt }),
    ],
  });
  await send(calls, `{"calls":[{"id":"${prompt}"`);
  await send(calls, { calls: prompt });
  await send("/api/trpc/ingest.usage", { events: [{ id: "u1", occurredAt: at(), userId: email, feature: "chat" }, { id: "u2", occurredAt: prompt, userId: email }, { id: "u3", occurredAt: at(), userId: email, note: prompt }] }); // prettier-ignore
  await send("/api/trpc/ingest.identify", { users: [{ userId: email, plan: "pro" }, { userId: email, plan: "pro", email, note: prompt }] }); // prettier-ignore

  const parent = spanBody({
    attributes: { "gen_ai.operation.name": "invoke_agent", "user.id": email, ...said },
  });
  await send("/v1/traces", requestBody([span(), parent]));
  await send("/v1/traces", requestBody([span({ traceId: prompt }), span({ startTimeUnixNano: prompt }), span({}, { team: undefined })])); // prettier-ignore
  await send("/v1/traces", gzipSync(JSON.stringify(requestBody([span()]))), { "content-encoding": "gzip" });
  await send("/v1/traces", `{"resourceSpans":[{"${prompt}"`);
  await send("/v1/traces", Buffer.from(`${prompt}${email}`), { "content-type": "application/x-protobuf" });
  await send("/v1/logs", {
    resourceLogs: [{ scopeLogs: [{ logRecords: [{ body: { stringValue: prompt } }] }] }],
  });

  const lite = {
    team: "core",
    messages,
    response: { choices: [{ message: { content: completion } }] },
    end_user: email,
  };
  await send("/v1/litellm", [
    litellmPayload(lite),
    litellmPayload({ ...lite, id: "l2", litellm_call_id: "l2", startTime: prompt, error_str: prompt }),
    litellmPayload({ ...lite, id: "l3", litellm_call_id: "l3", status: "failure", error_str: completion, error_information: { error_message: prompt, traceback: prompt, error_class: "BadRequestError" } }),
  ]); // prettier-ignore
  await send("/v1/litellm", `{"messages":"${prompt}"`);

  const track = {
    type: "track",
    userId: email,
    event: "Answered",
    properties: { feature: "chat", prompt, email },
  };
  await send("/v1/track", { ...track, messageId: "m1", context: { ip: "192.0.2.1", traits: { email } } });
  await send("/v1/identify", {
    type: "identify",
    messageId: "m2",
    userId: email,
    traits: { email, plan: "pro", about: prompt },
  });
  await send("/v1/batch", {
    batch: [
      { ...track, messageId: "m3" },
      { ...track, messageId: "m4", userId: 4711, timestamp: prompt },
    ],
  });
  await send("/v1/track", `{"userId":"${email}"`);

  const job = contextOf(tenant, system, new Date());
  while ((await processInbox(job)).more);
  await settleCalls(job);
  await rollUp(job);

  const stored = await asAdmin<{ source: string }>("SELECT DISTINCT source FROM call WHERE tenant_id = $1 ORDER BY 1", [tenant.id]); // prettier-ignore
  expect(stored.map(({ source }) => source)).toEqual(expect.arrayContaining(["api", "otlp"]));
  const [kept] = await asAdmin<{ shelf: number; events: number; users: number }>(
    `SELECT (SELECT count(*)::int FROM call_quarantine) AS shelf, (SELECT count(*)::int FROM usage_event) AS events,
       (SELECT count(*)::int FROM end_user) AS users`,
  );
  expect(kept?.shelf).toBeGreaterThan(3);
  expect(kept?.events).toBeGreaterThanOrEqual(3);
  expect(kept?.users).toBe(1);
});

it("has none of it in any column of any table", async () => {
  const found = await withClient(testDatabase().adminUrl, async (admin) => {
    const held: string[] = [];
    for (const { name } of await tablesOf(admin)) {
      const { rows } = await admin.query<{ row: string }>(
        `SELECT t::text AS row FROM ${name} t, unnest($1::text[]) AS canary
         WHERE strpos(t::text, canary) > 0 OR strpos(t::text, encode(convert_to(canary, 'UTF8'), 'hex')) > 0`,
        [canaries],
      );
      held.push(...rows.map(({ row }) => `${name}: ${row}`));
    }
    return held;
  });
  expect(found).toEqual([]);
});

it("has said nothing of what was said in any answer", () => {
  expect(answers.length).toBeGreaterThan(15);
  // An item is named to its sender by the id that it sent, which for a user is the user's.
  const spoken = canaries.filter((one) => one !== email);
  const told = answers.filter(({ answer }) => spoken.some((one) => answer.text.includes(one)));
  expect(told.map(({ way, answer }) => `${way}: ${answer.text}`)).toEqual([]);
  expect(answers.filter(({ answer }) => answer.status >= 500).map(({ way }) => way)).toEqual([]);
});

it("has written none of it into a log", () => {
  const own = log.lines.length;
  logger.debug({ prompt }, "control: what is logged is seen here");
  expect(log.lines.slice(own).join("")).toContain(prompt);
  const written = log.lines.slice(0, own).join("");
  expect(canaries.filter((one) => written.includes(one))).toEqual([]);
});
