import { describe, expect, it } from "vitest";
import { BreakdownInput, SpendInput, TrendInput } from "@/server/analytics/schemas";
import { readFilterPart } from "./filters";
import { filterParams, loadScopeParams, rangeParams, scopeHref } from "./params";
import { conflictOf, reportTags, resolveScope, type ScopeOffers } from "./scope";

const now = new Date("2026-11-21T14:22:31Z");
const scopeOf = (query: string, timeZone = "UTC", offers: ScopeOffers = {}) =>
  resolveScope(loadScopeParams(new URLSearchParams(query)), now, timeZone, offers);

describe("an address without a scope", () => {
  const scope = scopeOf("");
  it("is the last thirty days, compared with those before, day by day", () =>
    expect(scope).toMatchObject({
      choice: "30d",
      stretch: { from: "2026-10-23", to: "2026-11-22" },
      days: { from: "2026-10-23", to: "2026-11-22" },
      isUnderWay: true,
      compare: { from: "2026-09-23", to: "2026-10-22T14:15:00.000Z" },
      filter: {},
      granularity: "day",
      groupBy: null,
      today: "2026-11-21",
      ignored: [],
    }));
});

describe("an address", () => {
  it.each([
    ["range=7d", { choice: "7d", stretch: { from: "2026-11-15", to: "2026-11-22" } }],
    ["from=2026-11-01&to=2026-11-08", { stretch: { from: "2026-11-01", to: "2026-11-08" }, isUnderWay: false }],
    ["from=2026-11-20T14:00:00Z&to=2026-11-20T15:00:00Z", { granularity: "hour", days: { from: "2026-11-20", to: "2026-11-21" } }],
    ["compare=off", { compare: null, compared: { from: "2026-10-23", to: "2026-11-22", filter: {} } }],
    ["compare=year", { compare: { from: "2025-10-23", to: "2025-11-21T14:15:00.000Z" } }],
    ["compare=custom&cfrom=2026-01-01&cto=2026-02-01", { compare: { from: "2026-01-01", to: "2026-02-01" } }],
    ["compare=custom", { compareChoice: { mode: "previous" } }],
    ["match=weekday", { compare: { from: "2026-09-18", to: "2026-10-17T14:15:00.000Z" } }],
    ["f=feature:chat&f=-user:x&f=model:~gpt", { filter: { feature: ["chat"], user: { not: ["x"] }, model: { contains: ["gpt"] } } }],
    ["by=model&i=hour&range=7d", { groupBy: null, granularity: "hour" }],
    ["i=hour", { granularity: "day" }],
    ["i=minute&range=1y&compare=x&match=day", { choice: "30d", granularity: "day" }],
  ])("%s", (query, expected) => expect(scopeOf(query)).toMatchObject(expected)); // prettier-ignore

  it.each([
    ["a day that does not exist", "from=2026-02-30&to=2026-03-02"],
    ["an end before its beginning", "from=2026-03-02&to=2026-03-01"],
    ["more than a report takes", "from=2023-01-01&to=2026-01-01"],
    ["finer than a quarter hour", "from=2026-03-02T00:01:00Z&to=2026-03-03"],
    ["half of it", "from=2026-03-02"],
    ["no time at all", "from=yesterday&to=today"],
  ])("whose stretch is %s is said to be ignored", (_name, query) => {
    const { choice, ignored } = scopeOf(query);
    expect(choice).toBe("30d");
    expect(ignored).toHaveLength(1);
  });

  it("names the filters that it does not understand", () =>
    expect(scopeOf("f=feature:chat&f=nonsense").ignored).toEqual(["nonsense"]));
});

describe("a screen that offers less", () => {
  const days: ScopeOffers = { ranges: ["7d", "30d", "90d"], mostDays: 92, compare: false, tags: ["feature"] };
  const byModel: ScopeOffers = { groupBy: { options: ["feature", "model"], usual: "feature" } };
  it.each<[string, ScopeOffers, object]>([
    ["range=7d", days, { choice: "7d", compare: null, ignored: [] }],
    ["range=12mo", days, { choice: "30d", ignored: ["Last 12 months"] }],
    ["from=2026-08-01&to=2026-11-01", days, { choice: { from: "2026-08-01", to: "2026-11-01" }, ignored: [] }],
    ["from=2026-07-01&to=2026-11-01", days, { choice: "30d", ignored: ["2026-07-01 – 2026-11-01"] }],
    ["from=2026-11-20T14:00:00Z&to=2026-11-21", days, { choice: "30d", ignored: ["2026-11-20T14:00:00Z – 2026-11-21"] }],
    ["f=feature:a&f=team:b", days, { filter: { feature: ["a"] }, ignored: ["team:b"] }],
    ["", byModel, { groupBy: "feature" }],
    ["by=model", byModel, { groupBy: "model" }],
    ["by=user", byModel, { groupBy: "feature" }],
    ["by=colour", byModel, { groupBy: "feature" }],
  ])("%s", (query, offers, expected) => expect(scopeOf(query, "UTC", offers)).toMatchObject(expected)); // prettier-ignore
});

it.each(["America/New_York", "Australia/Lord_Howe", "Asia/Kolkata"])(
  "every report takes the scope as it is, in %s",
  (zone) => {
    for (const range of ["24h", "today", "7d", "mtd", "12mo", "all"]) {
      const scope = scopeOf(`range=${range}&f=feature:chat&f=-team:&f=model:~gpt`, zone);
      expect(SpendInput.parse(scope.report)).toMatchObject(scope.stretch);
      expect(BreakdownInput.parse({ ...scope.compared, groupBy: "model" })).toMatchObject(scope.stretch);
      const { granularity } = scope;
      expect(TrendInput.parse({ ...scope.compared, granularity })).toMatchObject({ granularity });
    }
  },
);

describe("scopeHref", () => {
  const part = readFilterPart("-feature:a b&c", reportTags);
  const params = loadScopeParams(new URLSearchParams("range=7d&f=team:&f=model:~x"));
  it.each([
    ["nothing of its own", scopeHref("acme", "users", {}), "/acme/users"],
    ["what there is", scopeHref("acme", "users", params), "/acme/users?range=7d&f=team:&f=model:~x"],
    ["another range", scopeHref("acme", "users", { ...params, ...rangeParams("30d") }), "/acme/users?range=30d&f=team:&f=model:~x"],
    ["one's own days", scopeHref("acme", "users", rangeParams({ from: "2026-11-01", to: "2026-11-08" })), "/acme/users?from=2026-11-01&to=2026-11-08"],
    ["a value that needs quoting", scopeHref("acme", "users", filterParams(part ? [part] : [])), "/acme/users?f=-feature:a%20b%26c"],
  ])("writes %s", (_name, href, expected) => expect(decoded(href)).toBe(decoded(expected))); // prettier-ignore

  it("is read as it was written", () => {
    const { searchParams } = new URL(scopeHref("acme", "users", params), "http://x");
    expect(loadScopeParams(searchParams)).toEqual(params);
  });
});

/** Whether a space is written + or %20 does not matter. */
const decoded = (href: string) =>
  `${href.split("?")[0] ?? ""} ${[...new URL(href, "http://x").searchParams].join("&")}`;

describe("conflictOf", () => {
  it.each([
    ["f=user:x&f=feature:chat", null],
    ["f=user:x&f=prompt:p", "Users and prompt cannot be combined"],
    ["f=account:x&f=error:e", "Users and error cannot be combined"],
    ["f=prompt:p&f=error:e", null],
  ])("%s", (query, sentence) => {
    const { filter } = scopeOf(query);
    if (sentence === null) expect(conflictOf(filter, null)).toBeNull();
    else expect(conflictOf(filter, null)).toContain(sentence);
  });
  it("of what the screen groups by", () =>
    expect(conflictOf(scopeOf("f=user:x").filter, "prompt")).toContain("cannot be combined"));
});
