import { expect, it } from "vitest";
import type { Figure } from "@/server/analytics/explain/explain-schemas";
import type { ReportScope } from "@/server/analytics/schemas";
import { type ExplainedGroup, callsBehind } from "./calls-link";

const days = { from: "2026-11-01", to: "2026-11-08" };

it.each<[string, Figure, ReportScope, ExplainedGroup | undefined, string[]]>([
  ["everything", "costUsd", { ...days, filter: {} }, undefined, []],
  ["a group", "costUsd", { ...days, filter: {} }, { by: "feature", key: "chat" }, ["feature:chat"]],
  ["calls without the tag", "calls", { ...days, filter: {} }, { by: "team", key: null }, ["team:"]],
  [
    "the group takes the place of what it is one of",
    "calls",
    { ...days, filter: { feature: ["chat", "mail"], team: { not: ["core"], contains: ["x"] } } },
    { by: "feature", key: "chat" },
    ["-team:core", "team:~x", "feature:chat"],
  ],
  [
    "only the unpriced ones",
    "unpricedCalls",
    { ...days, filter: { user: ["u"] } },
    undefined,
    ["user:u", "status:unpriced"],
  ],
  ["only retries", "retryCostUsd", { ...days, filter: {} }, undefined, ["attempt:retry"]],
  ["only failures", "errorCalls", { ...days, filter: {} }, undefined, ["-error:"]],
])("%s", (_case, figure, scope, group, chips) => {
  const { pathname, searchParams } = new URL(callsBehind("acme", figure, scope, group), "http://x");
  expect(pathname).toBe("/acme/calls");
  expect(searchParams.getAll("f")).toEqual(chips);
  expect([searchParams.get("from"), searchParams.get("to"), searchParams.get("order")]).toEqual(["2026-11-01", "2026-11-08", "dearest"]); // prettier-ignore
});
