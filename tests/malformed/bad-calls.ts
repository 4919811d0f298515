import { callKinds } from "@/server/calls/schemas";

/** JSON text, since JSON.stringify would make sound values of some of these. */
export type Raw = string;
export interface BadCall {
  name: string;
  raw: Raw;
}

const json = JSON.stringify;
const repeat = (text: string, times: number) => json(text.repeat(times));

const notText: Raw[] = [
  "5",
  "true",
  "null",
  "[]",
  '["x"]',
  "{}",
  '{"not":""}',
  '{"$ne":1}',
  '{"$gt":""}',
  "1e400",
];
const badText = (longest: number): Raw[] => [...notText, '""', '"\\u0000"', '"a\\u0000b"', '"\\ud800"', '"a\\udc00b"', repeat("x", longest + 1), repeat("ü", longest), repeat("x", 100_000)]; // prettier-ignore
const badCount: Raw[] = ["-1", "1.5", "1e-7", "1e400", "-1e400", "9007199254740993", "9223372036854775808", "1000000001", '"5"', '""', '"NaN"', '"Infinity"', "null", "true", "[]", "[5]", "{}"]; // prettier-ignore
const badInstant: Raw[] = [
  ...notText,
  ...["", "now", "2026-11-20", "2026-11-20T12:00:00", "2026-11-20 12:00:00Z", "20261120T120000Z", "2026-02-30T00:00:00Z", "2026-02-29T00:00:00Z"],
  ...["2100-02-29T00:00:00Z", "2026-13-01T00:00:00Z", "2026-00-10T00:00:00Z", "2026-11-31T00:00:00Z", "2026-11-20T24:00:01Z", "2026-11-20T25:00:00Z"],
  ...["2026-11-20T12:60:00Z", "2026-11-20T12:00:61Z", "2026-11-20T12:00:00+99:00", "2026-11-20T12:00:00+5:30", "2026-11-20T12:00:00 Europe/Berlin"],
  ...["0000-01-01T00:00:00Z", "0001-01-01T00:00:00Z", "1969-12-31T23:59:59Z", "9999-12-31T23:59:59Z", "+010000-01-01T00:00:00Z", "-000001-01-01T00:00:00Z"],
  ...["1000000-01-01T00:00:00Z", "infinity", "-infinity", "epoch", "'; DROP TABLE call; --", "2026-11-20T12:00:00Z\u0000", "２０２６-11-20T12:00:00Z"],
].map((value, at) => (at < notText.length ? value : json(value))); // prettier-ignore
const badMoney: Raw[] = ["1", "0.5", '""', '"-1"', '"+1"', '"1e5"', '"NaN"', '"Infinity"', '"0x10"', '" 1"', '"1."', '".5"', '"1,5"', '"$1"', '"1.1234567890123456789"', '"1234567890123"', "null", "[]", "{}"]; // prettier-ignore
const many = (count: number, key: (n: number) => string) =>
  json(Object.fromEntries(Array.from({ length: count }, (_, n) => [key(n), "v"])));
const badTags: Raw[] = [
  "[]", '"x"', "5", "null", '{"":"a"}', '{"a":""}', '{"a":5}', '{"a":null}', '{"a":["b"]}', '{"a":{"b":"c"}}', '{"a b":"c"}', '{"a\\u0000":"b"}', '{"a":"\\u0000"}',
  '{"a":"\\ud800"}', '{"__proto__":"x"}', '{"constructor":"x"}', '{"prototype":"x"}', '{"__proto__":{"admin":true}}', many(21, (n) => `k${n}`), many(10_000, (n) => `k${n}`),
  `{"a":${repeat("x", 257)}}`, `{${repeat("k", 65)}:"a"}`, '{".a":"b"}', '{"ü":"b"}',
]; // prettier-ignore

const texts: Record<string, number> = {
  provider: 64, model: 200, userId: 256, accountId: 256, feature: 256, team: 256, environment: 256, route: 256, region: 256,
  tier: 256, runId: 256, rootRequestId: 256, providerRequestId: 256, errorClass: 64,
}; // prettier-ignore
const counts = ["inputTokens", "outputTokens", "cacheReadTokens", "cacheWrite5mTokens", "cacheWrite1hTokens", "audioInputTokens", "reasoningTokens", "audioOutputTokens", "toolUnits"]; // prettier-ignore
const strangers = ["messages", "prompts", "completion", "tenantId", "tenant_id", "costUsd", "cost_usd", "__proto__", "constructor", "prototype", "toString", "", "id ", "ID", "usage.inputTokens", "priceStatus"]; // prettier-ignore

/** A sound call with these fields instead, as JSON text. */
export function callText(id: string, now: Date, fields: Record<string, Raw> = {}): Raw {
  const all: Record<string, Raw> = {
    id: json(id),
    occurredAt: json(now.toISOString()),
    provider: '"openai"',
    model: '"gpt-4o"',
    usage: '{"inputTokens":10,"outputTokens":1}',
    ...fields,
  };
  return `{${Object.entries(all)
    .map(([name, value]) => `${json(name)}:${value}`)
    .join(",")}}`;
}

/** Calls of which each must be refused by itself, whatever else is in its batch. */
export function badCalls(now: Date): BadCall[] {
  const cases: BadCall[] = [];
  const add = (
    field: string,
    values: readonly Raw[],
    wrap = (value: Raw): Record<string, Raw> => ({ [field]: value }),
  ) => {
    for (const value of values)
      cases.push({
        name: `${field} = ${value.slice(0, 60)}`,
        raw: callText(`bad-${cases.length}`, now, wrap(value)),
      });
  };
  add("id", badText(200));
  for (const [field, longest] of Object.entries(texts)) add(field, badText(longest));
  for (const field of counts)
    add(`usage.${field}`, badCount, (value) => ({ usage: `{${json(field)}:${value}}` }));
  add("occurredAt", badInstant);
  const at = (ms: number) => json(new Date(now.getTime() + ms).toISOString());
  add("occurredAt", [
    at(3_600_000),
    at(365 * 86_400_000),
    at(5 * 60_000 + 60_000),
    at(-36 * 86_400_000),
    at(-4000 * 86_400_000),
  ]);
  add("reportedCostUsd", badMoney);
  add("tags", badTags);
  add("kind", [...notText, '"LLM"', '"llm "', json(callKinds.join())]);
  add("billed", [...notText, '"maybe"']);
  add("cache", [...notText, '"semantic "']);
  add("batch", ['"true"', "1", "0", "null", "[]", "{}"]);
  add("attempt", ["0", "-1", "1001", "1.5", '"1"', "null", "1e400", "[]", "{}"]);
  add("latencyMs", ["-1", "86400001", "0.1", '"1"', "null", "1e400", "[]"]);
  add("usage", ["[]", '"x"', "5", "null", '{"inputToken":5}', '{"__proto__":{"inputTokens":5}}']);
  add("usage", ['{"cacheReadTokens":1}', '{"inputTokens":1,"cacheReadTokens":2}', '{"inputTokens":2,"cacheReadTokens":1,"cacheWrite5mTokens":1,"cacheWrite1hTokens":1}', '{"outputTokens":1,"reasoningTokens":2}', '{"outputTokens":1,"reasoningTokens":1,"audioOutputTokens":1}']); // prettier-ignore
  add("prompt", ["[]", '"x"', "5", "null", "{}", '{"version":"1"}', '{"id":""}', '{"id":5}', '{"id":"a","text":"secret"}', '{"messages":["secret"]}']); // prettier-ignore
  for (const name of strangers) add(name, ['"x"', "{}"]);
  for (const raw of ["null", "5", "true", '"x"', "[]", "[[]]", "{}", "[{}]"])
    cases.push({ name: `a call that is ${raw}`, raw });
  const whole: Record<string, Raw> = {
    id: '"no-model"',
    occurredAt: json(now.toISOString()),
    usage: '{"inputTokens":1}',
  };
  cases.push({
    name: "no model",
    raw: `{${Object.entries(whole)
      .map(([name, value]) => `"${name}":${value}`)
      .join(",")}}`,
  });
  cases.push(
    { name: "no time", raw: '{"id":"x","model":"gpt-4o"}' },
    { name: "no id", raw: callText("x", now).replace('"id":"x",', "") },
  );
  return cases;
}
