import { describe, expect, it } from "vitest";
import { CallFilter } from "@/server/calls/schemas";
import { callTags, readFilter } from "../_scope/filters";
import { toCallFilter } from "./call-filter";

describe("toCallFilter", () => {
  it.each([
    { texts: [], filter: {} },
    { texts: ["user:x", "-feature:chat"], filter: { userId: ["x"], feature: { not: ["chat"] } } },
    { texts: ["prompt:p", "promptVersion:v3"], filter: { promptId: ["p"], promptVersion: ["v3"] } },
    { texts: ["route:", "key:k", "run:r"], filter: { route: [null], keyId: ["k"], runId: ["r"] } },
    { texts: ["-error:"], filter: { errorClass: { not: [null] } } },
    { texts: ["status:unpriced", "status:partial"], filter: { priceStatus: ["unpriced", "partial"] } },
    { texts: ["attempt:retry"], filter: { onlyRetries: true } },
    { texts: ["-attempt:retry"], filter: { onlyFirstAttempts: true } },
    { texts: ["attempt:first", "attempt:retry"], filter: {} },
    {
      texts: ["attempt:first", "-attempt:first"],
      filter: { onlyRetries: true, onlyFirstAttempts: true },
    },
  ])("$texts", ({ texts, filter }) => {
    const made = toCallFilter(readFilter(texts, callTags).parts);
    expect(made).toEqual(filter);
    expect(CallFilter.parse(made)).toEqual(filter);
  });

  it("every tag of calls has its condition", () => {
    const texts = callTags.map(
      (tag) => `${tag}:${{ kind: "llm", status: "priced", attempt: "retry" }[tag as string] ?? "x"}`,
    );
    const { parts, ignored } = readFilter(texts, callTags);
    expect(ignored).toEqual([]);
    expect(Object.keys(CallFilter.parse(toCallFilter(parts)))).toHaveLength(callTags.length);
  });
});
