import { describe, expect, it } from "vitest";
import { isDomainError } from "@/server/errors";
import { requestBody, spanBody, toProtobuf } from "@/tests/otlp/bodies";
import { decodeJson } from "./decode-json";
import { decodeProtobuf } from "./decode-protobuf";
import type { DecodedRequest } from "./decoded";

const wanted = new Set(["a", "b"]);
const json = (text: string) => decodeJson(Buffer.from(text), wanted);
const codeOf = (decode: () => DecodedRequest): string => {
  try {
    const { spans, faults } = decode();
    return `${spans.length} spans, ${faults.length} faults`;
  } catch (error) {
    return isDomainError(error) ? error.code : String(error);
  }
};
const good = () => spanBody({ attributes: { a: 1, c: "not asked for" } });
const withSpan = (fields: object) => JSON.stringify(requestBody([{ ...good(), ...fields }, good()]));

describe("bodies in JSON", () => {
  it.each([
    ["nothing to take", "{}", "0 spans, 0 faults"],
    ["an empty list", '{"resourceSpans":[]}', "0 spans, 0 faults"],
    ["null for a list", '{"resourceSpans":null}', "0 spans, 0 faults"],
    ["fields that nobody knows", '{"resourceSpans":[{"entity":5,"scopeSpans":[{"scope":7}]}],"x":{}}', "0 spans, 0 faults"],
    ["nothing at all", "", "INVALID_INPUT"],
    ["no JSON", "resourceSpans", "INVALID_INPUT"],
    ["a list", "[]", "INVALID_INPUT"],
    ["null", "null", "INVALID_INPUT"],
    ["an object for the list", '{"resourceSpans":{}}', "INVALID_INPUT"],
    ["text for the spans", '{"resourceSpans":[{"scopeSpans":[{"spans":"x"}]}]}', "INVALID_INPUT"],
    ["200,000 levels of what nobody reads", `{"x":${"[".repeat(200_000)}${"]".repeat(200_000)}}`, "0 spans, 0 faults"],
  ])("%s", (_, text, expected) => expect(codeOf(() => json(text))).toBe(expected)); // prettier-ignore

  it.each([
    ["no trace id", { traceId: undefined }, "no valid trace id (an OTLP body of logs or metrics?)"],
    ["a trace id of zeros", { traceId: "0".repeat(32) }, "no valid trace id (an OTLP body of logs or metrics?)"],
    ["a trace id in base64", { traceId: "CvdlGRbNQ92ESOshHIAxnA==" }, "no valid trace id (an OTLP body of logs or metrics?)"],
    ["a number for an id", { spanId: 5 }, "no valid span id"],
    ["a short span id", { spanId: "b7ad" }, "no valid span id"],
    ["no start", { startTimeUnixNano: undefined }, "no valid start time"],
    ["a start in words", { startTimeUnixNano: "now" }, "no valid start time"],
    ["a start in milliseconds", { startTimeUnixNano: "1795218713388" }, "no valid start time"],
    ["a start of 1e400", { startTimeUnixNano: Infinity }, "no valid start time"],
    ["attributes as an object", { attributes: { a: 1 } }, "attributes that are no list of {key, value}"],
    ["attributes without a key", { attributes: [{ value: {} }] }, "attributes that are no list of {key, value}"],
    ["attributes of null", { attributes: [null] }, "attributes that are no list of {key, value}"],
  ])("%s costs one span, with its reason", (_, fields, fault) => {
    const { spans, faults } = json(withSpan(fields));
    expect([spans.length, faults]).toEqual([1, [fault]]);
  }); // prettier-ignore

  it.each([null, 5, "x", []])("%j for a span costs one span", (span) => {
    expect(json(JSON.stringify(requestBody([span, good()])))).toMatchObject({
      spans: [{}],
      faults: ["no span (cut short, or of another type)"],
    });
  });

  it.each([
    ["text", { stringValue: "x" }, "x"],
    ["a whole number", { intValue: 5 }, 5],
    ["a whole number as text", { intValue: "-5" }, -5],
    ["a number", { doubleValue: 0.5 }, 0.5],
    ["a number as text", { doubleValue: "1e-7" }, 1e-7],
    ["Infinity as text", { doubleValue: "Infinity" }, Infinity],
    ["a truth", { boolValue: false }, false],
    ["no text", { stringValue: "" }, undefined],
    ["NaN as text", { doubleValue: "NaN" }, undefined],
    ["NaN as JSON has it", { doubleValue: null }, undefined],
    ["no value", {}, undefined],
    ["null", null, undefined],
    ["a list", { arrayValue: { values: [] } }, null],
    ["a map", { kvlistValue: {} }, null],
    ["words for a whole number", { intValue: "0x10" }, null],
    ["words for a number", { doubleValue: "much" }, null],
    ["no value at all", 5, undefined],
  ])("an attribute of %s", (_, value, expected) => {
    const { spans } = json(withSpan({ attributes: [{ key: "a", value }] }));
    expect(spans[0]?.attributes.get("a")).toBe(expected);
    expect(spans[0]?.attributes.has("a")).toBe(expected !== undefined);
  });

  it("takes times as text or number and ids in any case, and no parent for a bad one", () => {
    const text = withSpan({ startTimeUnixNano: 1795218713388000000, endTimeUnixNano: "0", traceId: "ABCDEF".padEnd(32, "0"), parentSpanId: "x", status: { code: "STATUS_CODE_ERROR" } }); // prettier-ignore
    expect(json(text).spans[0]).toMatchObject({
      traceId: "abcdef".padEnd(32, "0"),
      parentSpanId: null,
      startMs: 1795218713388,
      endMs: null,
      hasFailed: true,
    });
  });

  it("reads names that objects have from birth as any other", () => {
    const names = new Set(["__proto__", "constructor"]);
    const attributes = [...names].map((key) => ({ key, value: { stringValue: "x" } }));
    const body = JSON.stringify(requestBody([{ ...good(), attributes }]));
    expect([...(decodeJson(Buffer.from(body), names).spans[0]?.attributes ?? [])]).toEqual([["__proto__", "x"], ["constructor", "x"]]); // prettier-ignore
    expect(({} as Record<string, unknown>).x).toBeUndefined();
  });
});

describe("bodies in protobuf", () => {
  it("tells the milliseconds of any time exactly", () => {
    for (const ms of [Date.UTC(2000, 0, 1), 1_795_218_713_388, 1_795_218_713_999, Date.UTC(2262, 3, 11), Date.UTC(2500, 0, 1)]) {
      for (const nanoseconds of ["000000", "000001", "500000", "999999"]) {
        const span = { ...good(), startTimeUnixNano: `${ms}${nanoseconds}` };
        expect(decodeProtobuf(toProtobuf("Request", requestBody([span])), wanted).spans[0]?.startMs).toBe(ms);
      }
    }
  }); // prettier-ignore

  it("says of a body of logs what it seems to be", () => {
    const logRecords = [
      { timeUnixNano: "1795218713388000000", body: { stringValue: "SECRET" }, attributes: [], traceId: "ab".repeat(16) },
      { timeUnixNano: "1795218713388000000", severityNumber: 9 },
    ];
    const body = toProtobuf("LogsRequest", { resourceLogs: [{ scopeLogs: [{ logRecords }] }] });
    const { spans, faults } = decodeProtobuf(body, wanted);
    expect([spans.length, faults.length]).toEqual([0, 2]);
    expect(faults[1]).toMatch(/logs/);
  }); // prettier-ignore

  it("lets a span that is cut short cost itself alone", () => {
    const whole = toProtobuf("Request", requestBody([good(), good()], {}));
    expect(codeOf(() => decodeProtobuf(whole, wanted))).toBe("2 spans, 0 faults");
    // The first span's trace id claims to be longer than the span.
    const broken = Buffer.from(whole);
    broken[broken.indexOf(Buffer.from([0x0a, 16, ...Buffer.from("aaaa", "hex")])) + 1] = 127;
    expect(codeOf(() => decodeProtobuf(broken, wanted))).toBe("1 spans, 1 faults");
  });

  it("takes an empty body for an empty request and refuses what is none", () => {
    expect(codeOf(() => decodeProtobuf(Buffer.alloc(0), wanted))).toBe("0 spans, 0 faults");
    expect(codeOf(() => decodeProtobuf(Buffer.from("{}"), wanted))).toBe("INVALID_INPUT");
    expect(codeOf(() => decodeProtobuf(Buffer.from([0x0a, 0xff, 0xff, 0xff, 0xff, 0x0f]), wanted))).toBe("INVALID_INPUT"); // prettier-ignore
  });

  it("does not follow what nests, however deep", () => {
    let value: Buffer = Buffer.from([0x0a, 1, 0x78]);
    const wrap = (id: number, bytes: Buffer) => {
      const length: number[] = [];
      for (let rest = bytes.length; ; rest >>>= 7) {
        length.push(rest > 127 ? (rest & 127) | 128 : rest);
        if (rest <= 127) break;
      }
      return Buffer.concat([Buffer.from([(id << 3) | 2, ...length]), bytes]);
    };
    for (let depth = 0; depth < 20_000; depth += 1) value = wrap(5, wrap(1, value));
    const pair = Buffer.concat([wrap(1, Buffer.from("a")), wrap(2, value)]);
    const ids = Buffer.concat([wrap(1, Buffer.alloc(16, 1)), wrap(2, Buffer.alloc(8, 1))]);
    const start = Buffer.from("3900003bf2f9f8e918", "hex");
    const span = Buffer.concat([ids, start, wrap(9, pair)]);
    const decoded = decodeProtobuf(wrap(1, wrap(2, wrap(2, span))), wanted);
    expect(decoded.faults).toEqual([]);
    expect(decoded.spans[0]?.attributes.get("a")).toBeNull();
  });
});
