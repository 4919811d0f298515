import { describe, expect, it } from "vitest";
import { alertRules, SetAlertInput, usualParams } from "./schemas";
import { type RuleSetting, Settings } from "./settings";

const chat = { kind: "feature", key: "chat" } as const;
const general = (more: Partial<RuleSetting> = {}): RuleSetting => ({
  rule: "spike",
  subjectKind: "default",
  subjectKey: "",
  enabled: true,
  params: {},
  ...more,
});
const own = (more: Partial<RuleSetting> = {}) =>
  general({ subjectKind: "feature", subjectKey: "chat", ...more });

describe("how a rule is set for a subject", () => {
  it.each<[string, RuleSetting[], number | null]>([
    ["as delivered", [], 3],
    ["for everything", [general({ params: { ratio: 4 } })], 4],
    ["for the subject, before everything", [general({ params: { ratio: 4 } }), own({ params: { ratio: 9 } })], 9],
    ["for the subject in another parameter alone", [general({ params: { ratio: 4 } }), own({ params: { minUsd: 9 } })], 4],
    ["for another rule", [general({ rule: "day-over-mean", params: { ratio: 400 } })], 3],
    ["for another subject", [own({ subjectKey: "mail", params: { ratio: 9 } })], 3],
    ["off for everything", [general({ enabled: false })], null],
    ["off for everything, on for the subject", [general({ enabled: false }), own()], 3],
    ["off for the subject", [own({ enabled: false })], null],
  ])("%s", (_case, settings, ratio) => {
    expect(new Settings(settings).of("spike", chat)?.ratio ?? null).toBe(ratio);
  }); // prettier-ignore
});

it("knows the least that anybody looks at", () => {
  const settings = new Settings([own({ params: { minUsd: 2 } }), general({ params: { floorUsd: 1 } })]);
  expect(settings.least("spike", ["minUsd"])).toBe(2);
  expect(settings.least("spike", ["minUsd", "floorUsd"])).toBe(1);
  expect(settings.least("day-over-mean", ["minUsd"])).toBe(5);
});

it("knows the most that anybody waits for", () => {
  expect(new Settings([]).most("silent-source", "silentHours")).toBe(3);
  const patient = general({ rule: "silent-source", params: { silentHours: 9 } });
  expect(new Settings([patient]).most("silent-source", "silentHours")).toBe(9);
});

it("tries other parameters without what was set for the same", () => {
  const tried = new Settings([own({ enabled: false })]).trying("spike", chat, { ratio: 7 });
  expect(tried.of("spike", chat)?.ratio).toBe(7);
  expect(tried.of("spike", { kind: "feature", key: "mail" })?.ratio).toBe(3);
});

describe("what can be set", () => {
  it.each<[string, unknown, boolean]>([
    ["a parameter of the rule", { rule: "spike", params: { ratio: 4 } }, true],
    ["no parameter of it", { rule: "spike", params: { rise: 4 } }, false],
    ["a name that every object has", { rule: "spike", params: { constructor: 4 } }, false],
    ["too little", { rule: "spike", params: { ratio: 1 } }, false],
    ["too much", { rule: "spike", params: { ratio: 1e9 } }, false],
    ["no number", { rule: "spike", params: { ratio: "4" } }, false],
    ["a subject that it looks at", { rule: "spike", subject: chat }, true],
    ["calls without a feature", { rule: "spike", subject: { kind: "feature", key: "" } }, true],
    ["a subject that it does not look at", { rule: "spike", subject: { kind: "user", key: "ann" } }, false],
    ["a user without a name", { rule: "user-runaway", subject: { kind: "user", key: "" } }, false],
    ["an organisation with a name", { rule: "budget", subject: { kind: "tenant", key: "x" } }, false],
  ])("%s", (_case, input, isFine) => expect(SetAlertInput.safeParse(input).success).toBe(isFine));

  it("as delivered, every parameter is within its bounds", () => {
    for (const rule of Object.keys(alertRules) as (keyof typeof alertRules)[])
      expect(SetAlertInput.safeParse({ rule, params: usualParams(rule) }).success, rule).toBe(true);
  });
});
