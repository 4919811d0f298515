import { describe, expect, it } from "vitest";
import { monthsSince } from "./months-since";
import { scopeOf } from "./search-params";
import { sumOver } from "./sum-over";
import { failureAdvice, isStale, nextSentence, type Shown, usdOfMicro, valueWords } from "./words";

describe("a value of a meter", () => {
  it.each([
    ["0", "0.000000"],
    ["1", "0.000001"],
    ["-1", "-0.000001"],
    ["1234567", "1.234567"],
    ["-12345678901234567890", "-12345678901234.567890"],
  ])("%s millionths are %s dollars", (micro, usd) => {
    expect(usdOfMicro(micro)).toBe(usd);
  });

  it("is told to the last digit, with its sign", () => {
    expect(valueWords("tokens", "-1204000")).toBe("−1,204,000 tokens");
    expect(valueWords("cost_micro_usd", "12345678")).toBe("$12.345678");
    expect(valueWords("cost_micro_usd", "-5")).toBe("−$0.000005");
  });

  it("is summed beyond what a float can hold", () => {
    const states = [
      { state: "sent" as const, rows: 1, value: "9007199254740993" },
      { state: "confirmed" as const, rows: 2, value: "2" },
      { state: "refused" as const, rows: 4, value: "8" },
    ];
    expect(sumOver({ states }, ["sent", "confirmed"])).toEqual({ value: "9007199254740995", rows: 3 });
  });
});

it("what the address asks for and cannot be meant is left out", () => {
  const meter = "11111111-1111-4111-8111-111111111111";
  expect(scopeOf({ account: "", meter: "x", month: "2026-13" })).toEqual({});
  expect(scopeOf({ account: "acme", meter, month: "2026-10" })).toEqual({ accountId: "acme", meterId: meter, month: "2026-10" }); // prettier-ignore
});

it("months are told from the first on, the newest first, over a new year too", () => {
  expect(monthsSince("2025-11-30", "2026-01-01")).toEqual(["2026-01", "2025-12", "2025-11"]);
});

it("what is next says from when on", () => {
  const now = new Date("2026-11-22T12:00:00Z");
  expect(nextSentence({ step: "send", at: null }, "UTC", now)).toBe("It is sent with the next run.");
  expect(nextSentence({ step: "ask_sums", at: "2026-11-22T18:00:00Z" }, "UTC", now)).toContain("decides from 22 Nov, 18:00 on"); // prettier-ignore
});

it("advice fits what Stripe said", () => {
  expect(failureAdvice("The key lacks a permission that this needs (rak_invoice_read).")).toContain("Give the key this permission"); // prettier-ignore
  expect(failureAdvice("Stripe refuses this key.")).toContain("Give a new key");
});

it("what was compared more than seven hours ago is stale", () => {
  const now = new Date("2026-11-22T12:00:00Z");
  const connection = (comparedAt: string | null) => ({ comparedAt, connectedAt: "2026-11-22T11:00:00Z" }) as Shown["connection"]; // prettier-ignore
  expect([isStale(connection("2026-11-22T04:59:59Z"), now), isStale(connection("2026-11-22T05:00:00Z"), now), isStale(connection(null), now)]).toEqual([true, false, false]); // prettier-ignore
});
