import { spanBody } from "./bodies";

export interface BadSpan {
  name: string;
  span: unknown;
  /** Protobuf has no way to say it. */
  onlyJson?: true;
}

const chat = { "gen_ai.operation.name": "chat", "gen_ai.request.model": "gpt-4o" };
export const goodSpan = (attributes: Record<string, unknown> = {}) =>
  spanBody({
    attributes: { ...chat, "gen_ai.usage.input_tokens": 10, "gen_ai.usage.output_tokens": 1, ...attributes },
  });

const notHex = [null, 5, true, "", "0", "zz".repeat(16), "0".repeat(32), "0".repeat(16), "é".repeat(16), ["ab"], {}, { $ne: 1 }, "ab".repeat(1_000), " ", "ab".repeat(15), "-1", "0x0af7651916cd43dd8448eb211c8031", "\u0000".repeat(32)]; // prettier-ignore
const notTime = [null, undefined, "", "0", 0, -1, "-1", "now", "NaN", "1e400", "1795218713388", 1_795_218_713, "18446744073709551616", "999999999999999999999", true, [], {}, "2026-11-20T12:00:00Z", "0x18e9f8f2", " 1795218713388000000", "９".repeat(19), "1".repeat(10_000)]; // prettier-ignore
const notPairs = [{}, { a: 1 }, "x", 5, true, [null], [5], ["a"], [[]], [{}], [{ value: { intValue: 1 } }], [{ key: 5, value: {} }], [{ key: null }], [{ key: ["a"] }]]; // prettier-ignore
const notCount: [value: unknown, onlyJson?: true][] = [
  [{ intValue: "-1" }], [{ intValue: -5 }, true], [{ intValue: "9223372036854775807" }], [{ intValue: "9007199254740993" }], [{ intValue: 1e300 }, true], [{ intValue: "1000000001" }], [{ intValue: "0x10" }, true],
  [{ intValue: "ten" }, true], [{ intValue: [1] }, true], [{ intValue: {} }, true], [{ intValue: 1.5 }, true], [{ doubleValue: 0.5 }], [{ doubleValue: "Infinity" }], [{ doubleValue: "-Infinity" }], [{ doubleValue: -1 }],
  [{ doubleValue: 1e300 }], [{ doubleValue: 1e-300 }], [{ doubleValue: "0b1" }, true], [{ stringValue: "ten" }], [{ stringValue: "1e3" }], [{ stringValue: " 5" }], [{ stringValue: "5;DROP TABLE call" }], [{ stringValue: "\u0000" }],
  [{ boolValue: true }], [{ arrayValue: { values: [{ intValue: "5" }] } }], [{ kvlistValue: { values: [] } }], [{ bytesValue: "AAAA" }], [{ stringValue: "9".repeat(50_000) }], [{ stringValue: "-1" }], [{ stringValue: "1.5" }],
]; // prettier-ignore
const counts = ["input_tokens", "output_tokens", "cache_read.input_tokens", "cache_creation.input_tokens", "reasoning.output_tokens"]; // prettier-ignore

/** Spans of which each must be rejected by itself, whatever else is in its request. */
export function badSpans(): BadSpan[] {
  const cases: BadSpan[] = [];
  const withField = (name: string, values: readonly unknown[]) => {
    for (const value of values) cases.push({ name: `${name} = ${label(value)}`, span: { ...goodSpan(), [name]: value }, onlyJson: true }); // prettier-ignore
  };
  withField("traceId", notHex);
  withField("spanId", notHex);
  withField("startTimeUnixNano", notTime);
  withField("attributes", notPairs);
  for (const span of [null, 5, "x", true, [], {}, [[]], { spans: [] }]) cases.push({ name: `a span that is ${label(span)}`, span, onlyJson: true }); // prettier-ignore
  for (const length of [0, 1, 8, 15, 17, 32]) {
    cases.push({
      name: `a trace id of ${length} bytes`,
      span: { ...goodSpan(), traceId: "ab".repeat(length) },
    });
    if (length !== 8)
      cases.push({
        name: `a span id of ${length} bytes`,
        span: { ...goodSpan(), spanId: "ab".repeat(length) },
      });
  }
  for (const time of ["0", "1", "946684799999999999", "18446744073709551615"])
    cases.push({ name: `start ${time}`, span: { ...goodSpan(), startTimeUnixNano: time } });
  const daysAgo = (days: number) => `${Date.now() - days * 86_400_000}000000`;
  for (const days of [36, 4_000, -1, -400])
    cases.push({ name: `${days} days ago`, span: { ...goodSpan(), startTimeUnixNano: daysAgo(days) } });
  for (const count of counts) {
    for (const [value, onlyJson] of notCount) {
      const span = goodSpan();
      const attributes = [...span.attributes, { key: `gen_ai.usage.${count}`, value }];
      cases.push({
        name: `${count} = ${label(value)}`,
        span: { ...span, attributes },
        ...(onlyJson && { onlyJson }),
      });
    }
  }
  const text = (name: string, values: readonly string[]) => {
    for (const value of values)
      cases.push({ name: `${name} = ${label(value)}`, span: goodSpan({ [name]: value }) });
  };
  text("gen_ai.request.model", ["m".repeat(201), "m".repeat(100_000), "a\u0000b"]);
  text("gen_ai.provider.name", ["p".repeat(65), "p".repeat(100_000), "\u0000"]);
  for (const name of ["gen_ai.request.model", "gen_ai.provider.name"])
    cases.push({
      name: `${name} is half a character`,
      span: goodSpan({ [name]: "a\ud800" }),
      onlyJson: true,
    });
  cases.push({ name: "no model", span: spanBody({ attributes: { "gen_ai.operation.name": "chat", "gen_ai.usage.input_tokens": 1 } }) }); // prettier-ignore
  return cases;
}

const label = (value: unknown) => (value === undefined ? "undefined" : JSON.stringify(value).slice(0, 60));
