import pino from "pino";
import { afterAll, beforeAll, expect, it, vi } from "vitest";
import * as recording from "@/server/calls/record";
import type { Tenant } from "@/server/context";
import { createKey } from "@/server/keys/create";
import { withClient } from "@/server/launch/provision";
import { logger } from "@/server/log";
import { type Door, openDoor } from "@/tests/factories/door";
import { tablesOf } from "@/tests/factories/rows";
import { asAdmin, contextOf, loadPrices, makeTenant, system } from "@/tests/factories/tenant";
import { testDatabase } from "@/tests/setup/database";
import { processInbox } from "./process";

vi.mock("@/server/clients/events", () => ({ sendEvent: () => Promise.resolve() }));

const canary = "canary7b31";
const entry = (n: number, more: object = {}) => ({
  id: `r-${n}`, litellm_call_id: `c-${n}`, call_type: "acompletion", status: "success", model: "gpt-4o", custom_llm_provider: "openai",
  startTime: Date.now() / 1_000 - 60, endTime: Date.now() / 1_000 - 59, prompt_tokens: 10, completion_tokens: 1, response_cost: 0.1,
  end_user: "user_1",
  messages: [{ role: "user", content: `${canary}-prompt` }, { role: "system", content: [{ type: "text", text: `${canary}-part` }] }],
  response: { id: `r-${n}`, choices: [{ message: { content: `${canary}-completion`, reasoning_content: `${canary}-thought` } }] },
  requester_ip_address: `${canary}-ip`, user_agent: `${canary}-agent`, error_str: `${canary}-error`,
  request_tags: [`User-Agent: ${canary}-agent`],
  error_information: { error_class: "Timeout", error_message: `${canary}-message`, traceback: `${canary}-trace` },
  model_parameters: { tools: [{ name: `${canary}-tool` }], user: `${canary}-parameter` },
  guardrail_information: [{ guardrail_response: `${canary}-guardrail` }],
  metadata: {
    user_api_key_user_email: `${canary}@example.com`, user_api_key_hash: `${canary}-hash`, user_api_key_alias: `${canary}-alias`,
    requester_ip_address: `${canary}-ip`, requester_metadata: { feature: "chat", note: `${canary}-note` },
    requester_custom_headers: { "x-secret": `${canary}-header` },
    vector_store_request_metadata: [{ query: `${canary}-query` }], mcp_tool_call_metadata: { arguments: `${canary}-arguments` },
    prompt_management_metadata: { prompt_id: "greeting", prompt_variables: { name: `${canary}-variable` } },
  },
  ...more,
}); // prettier-ignore

const lines: string[] = [];
let door: Door;
let tenant: Tenant;
let headers: Record<string, string>;
beforeAll(async () => {
  logger.level = "trace";
  Reflect.set(logger, pino.symbols.streamSym, { write: (line: string) => lines.push(line) });
  await loadPrices(new Date());
  tenant = await makeTenant();
  const { key } = await createKey(contextOf(tenant, system, new Date()), {
    name: "test",
    scopes: ["ingest"],
  });
  headers = { authorization: `Bearer ${key}` };
  door = await openDoor();
});
afterAll(() => door.close());

const post = (body: string) => door.send("/v1/litellm", { method: "POST", headers, body });
const work = () => processInbox(contextOf(tenant, system, new Date()));

/** Every row of every table, bytes in hex and as text. @returns where the canary is */
async function findCanary(): Promise<string[]> {
  const tables = await withClient(testDatabase().adminUrl, tablesOf);
  const hex = Buffer.from(canary).toString("hex");
  const found = await Promise.all(
    tables.map(async ({ name }) => {
      const rows = await asAdmin(`SELECT 1 FROM ${name} t WHERE t::text LIKE $1 OR t::text LIKE $2 LIMIT 1`, [`%${canary}%`, `%${hex}%`]); // prettier-ignore
      return rows.length > 0 ? [name] : [];
    }),
  );
  return found.flat();
}

it("prompts, completions, addresses and mails are in no table, no log and no answer", async () => {
  const answers = [
    await post(JSON.stringify([entry(1), entry(2, { status: "failure" }), entry(3, { prompt_tokens: -1 })])),
  ];
  // Before it is processed, after, and when it fails, foreseen or not.
  expect(await findCanary()).toEqual([]);
  await work();
  expect(await findCanary()).toEqual([]);
  answers.push(
    await post(`{"messages":"${canary}`),
    await post(`[{"messages":"${canary}"}]`),
    await post(`"${canary}"`),
  );
  await work();
  vi.spyOn(recording, "recordCalls").mockRejectedValueOnce(new Error("unforeseen"));
  answers.push(await post(JSON.stringify(entry(4))));
  await work();
  // The same id with other content is kept aside.
  answers.push(await post(JSON.stringify(entry(1, { completion_tokens: 2 }))));
  await work();

  expect(await findCanary()).toEqual([]);
  expect(lines.join("\n")).toContain("unforeseen");
  expect(lines.filter((line) => line.includes(canary))).toEqual([]);
  expect(answers.filter(({ text }) => text.includes(canary))).toEqual([]);
  expect(await asAdmin("SELECT call_id FROM call_quarantine ORDER BY call_id")).toEqual([
    { call_id: "litellm:c-1" },
    { call_id: "litellm:c-3" },
  ]);
  const kept = await asAdmin<{ n: number }>("SELECT count(*)::int AS n FROM call");
  expect(kept).toEqual([{ n: 2 }]);
});

it("would be found where it stands in the clear (mutation control)", async () => {
  await asAdmin("UPDATE inbox SET payload = $1 WHERE payload IS NOT NULL", [
    Buffer.from(`{"messages":"${canary}"}`),
  ]);
  expect(await findCanary()).toEqual(["inbox"]);
  logger.info({ body: canary }, "said");
  expect(lines.some((line) => line.includes(canary))).toBe(true);
});
