import { describe, expect, it } from "vitest";
import { writeFilterPart } from "../_scope/filters";
import { callsOfOrigin, conditionOfOrigin, type Origin } from "./origin";

const row: Origin = {
  dimension: "callSite",
  kind: "route",
  value: "/api/chat",
  name: null,
  isRest: false,
  values: 1,
  calls: 3,
  costUsd: "0.5",
  unpricedCalls: 0,
};

const chips = (origin: Origin, tag: Parameters<typeof callsOfOrigin>[1]) =>
  callsOfOrigin(origin, tag)?.map(writeFilterPart) ?? null;

describe("callsOfOrigin", () => {
  it.each([
    { name: "a route", origin: row, calls: ["feature:", "route:/api/chat"] },
    {
      name: "a prompt names calls without a route",
      origin: { ...row, kind: "prompt" as const, value: "greeting" },
      calls: ["feature:", "route:", "prompt:greeting"],
    },
    {
      name: "a model names calls without either",
      origin: { ...row, kind: "model" as const, value: "gpt-4o" },
      calls: ["feature:", "route:", "prompt:", "model:gpt-4o"],
    },
    {
      name: "calls without a key",
      origin: { ...row, dimension: "key" as const, kind: null, value: null },
      calls: ["feature:", "key:"],
    },
    {
      name: "a source",
      origin: { ...row, dimension: "source" as const, kind: null, value: "otlp" },
      calls: ["feature:", "source:otlp"],
    },
    { name: "a tool without a model", origin: { ...row, kind: "model" as const, value: "" }, calls: null },
    { name: "the rest", origin: { ...row, kind: null, value: null, isRest: true }, calls: null },
  ])("$name", ({ origin, calls }) => {
    expect(chips(origin, "feature")).toEqual(calls);
  });

  it("names a tag once that is lacking twice", () => {
    const origin = { ...row, kind: "model" as const, value: "gpt-4o" };
    expect(chips(origin, "prompt")).toEqual(["prompt:", "route:", "model:gpt-4o"]);
  });
});

describe("conditionOfOrigin", () => {
  it.each([
    { origin: row, condition: { field: "route", value: "/api/chat" } },
    {
      origin: { ...row, kind: "prompt" as const, value: "greeting" },
      condition: { field: "promptId", value: "greeting" },
    },
    {
      origin: { ...row, dimension: "key" as const, kind: null, value: "k" },
      condition: { field: "keyId", value: "k" },
    },
    { origin: { ...row, dimension: "key" as const, kind: null, value: null }, condition: null },
    { origin: { ...row, isRest: true }, condition: null },
  ])("$origin.dimension $origin.kind $origin.value", ({ origin, condition }) => {
    expect(conditionOfOrigin(origin)).toEqual(condition);
  });
});
