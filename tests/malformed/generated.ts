import fc from "fast-check";
import { callText, type Raw } from "./bad-calls";

const json = (value: unknown) => JSON.stringify(value);

/** Never a text that the ledger would store. */
const notText: fc.Arbitrary<Raw> = fc.oneof(
  fc.double({ noNaN: true, noDefaultInfinity: true }).map(json),
  fc.boolean().map(json),
  fc.constant("null"),
  fc.array(fc.string()).map(json),
  fc.dictionary(fc.string(), fc.jsonValue()).map(json),
  fc.string({ minLength: 300, maxLength: 2_000 }).map(json),
  fc.tuple(fc.string({ maxLength: 20 }), fc.constantFrom("\\u0000", "\\ud800", "\\udfff"), fc.string({ maxLength: 20 })).map(([before, bad, after]) => `"${json(before).slice(1, -1)}${bad} ${json(after).slice(1, -1)}"`), // prettier-ignore
);
/** Never a count of tokens. */
const notCount: fc.Arbitrary<Raw> = fc.oneof(
  fc.integer({ max: -1 }).map(json),
  fc.double({ noInteger: true, noNaN: true, noDefaultInfinity: true }).map(json),
  fc.bigInt({ min: 1_000_000_001n, max: 2n ** 200n }).map(String),
  fc.integer({ min: 309, max: 9_999 }).map((exponent) => `1e${exponent}`),
  fc.string().map(json),
  fc.array(fc.integer()).map(json),
  fc.constantFrom("true", "null", "{}"),
);
/** Never a time within the window. */
const notInstant: fc.Arbitrary<Raw> = fc.oneof(
  fc.string().map(json),
  fc.integer().map(json),
  fc.jsonValue().map(json),
  fc.date({ noInvalidDate: true }).map((date) => json(date.toISOString().replace("Z", ""))),
  fc
    .date({
      noInvalidDate: true,
      min: new Date("0000-01-01T00:00:00Z"),
      max: new Date("2020-01-01T00:00:00Z"),
    })
    .map(json),
  fc
    .date({
      noInvalidDate: true,
      min: new Date("2200-01-01T00:00:00Z"),
      max: new Date("9999-12-31T00:00:00Z"),
    })
    .map(json),
);
const stranger = fc
  .string({ minLength: 1 })
  .filter((name) => !known.has(name))
  .map((name): [string, Raw] => [name, '"x"']);

const textFields = ["id", "provider", "model", "userId", "accountId", "feature", "team", "environment", "route", "region", "tier", "runId", "rootRequestId", "providerRequestId", "errorClass"]; // prettier-ignore
const known = new Set([...textFields, "occurredAt", "kind", "prompt", "attempt", "billed", "batch", "cache", "latencyMs", "usage", "reportedCostUsd", "tags"]); // prettier-ignore
const counts = ["inputTokens", "outputTokens", "cacheReadTokens", "reasoningTokens", "toolUnits"];

/** One fault in an otherwise sound call. */
const fault: fc.Arbitrary<[string, Raw]> = fc.oneof(
  { weight: 5, arbitrary: fc.tuple(fc.constantFrom(...textFields), notText) },
  { weight: 4, arbitrary: fc.tuple(fc.constantFrom(...counts), notCount).map(([name, value]): [string, Raw] => ["usage", `{${json(name)}:${value}}`]) }, // prettier-ignore
  { weight: 3, arbitrary: notInstant.map((value): [string, Raw] => ["occurredAt", value]) },
  { weight: 1, arbitrary: notText.map((value): [string, Raw] => ["tags", `{"a":${value}}`]) },
  { weight: 1, arbitrary: notText.map((value): [string, Raw] => ["prompt", `{"id":${value}}`]) },
  { weight: 1, arbitrary: stranger },
);
export const badCall = (now: Date) =>
  fault.map(([name, value]) => callText("generated", now, { [name]: value }));
/** Anything at all where a call is expected. */
export const noCall = fc.jsonValue({ maxDepth: 4 }).map(json);
export const anything = fc.jsonValue({ maxDepth: 5 });
