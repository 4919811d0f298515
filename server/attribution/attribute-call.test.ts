import { describe, expect, it } from "vitest";
import { CallInput } from "@/server/calls/schemas";
import { attributeCall } from "./attribute-call";
import { type AttributionRule, RuleCondition, RuleSets, type TagPolicy } from "./schemas";

const arrival = { source: "api", keyId: null };
const call = (more: object = {}) =>
  CallInput.parse({
    id: "c",
    occurredAt: "2026-11-20T12:00:00Z",
    provider: "openai",
    model: "gpt-4o",
    ...more,
  });
let rank = 0;
const rule = (conditions: object[], sets: object): AttributionRule => ({
  id: `rule-${String(rank)}`,
  version: 1,
  name: "rule",
  conditions: conditions.map((condition) => RuleCondition.parse(condition)),
  sets: RuleSets.parse(sets),
  position: rank++,
});
const missing = (field: string) => ({ field, op: "isMissing" });
const is = (field: string, value: string) => ({ field, op: "is", value });
const attribute = (rules: AttributionRule[], more: object, tagPolicy: TagPolicy = {}) =>
  attributeCall({ tagPolicy, rules }, call(more), arrival).call;

describe("tag policy", () => {
  const cases: [string, TagPolicy, object, string[], string | null][] = [
    ["nothing is asked for", {}, {}, [], null],
    ["accept asks for nothing", { feature: "accept" }, {}, [], null],
    ["unattributed counts", { feature: "unattributed" }, {}, ["feature"], null],
    ["unattributed with the tag", { feature: "unattributed" }, { feature: "chat" }, [], null],
    ["reject refuses", { team: "reject" }, { feature: "chat" }, ["team"], "team"],
    ["reject with the tag", { team: "reject" }, { team: "core" }, [], null],
    ["every missing tag is named", { feature: "unattributed", userId: "unattributed" }, {}, ["feature", "userId"], null],
    ["reject goes before unattributed", { feature: "unattributed", userId: "reject" }, {}, ["userId"], "userId"],
    ["a prompt's hash is a prompt", { prompt: "reject" }, { prompt: { hash: "h" } }, [], null],
    ["every share has it", { userId: "reject" }, { shares: [{ userId: "a" }, { userId: "b" }] }, [], null],
    ["one share lacks it", { userId: "reject" }, { shares: [{ userId: "a" }, {}] }, ["userId"], "userId"],
    ["shares have no prompt", { prompt: "unattributed" }, { shares: [{}, {}] }, ["prompt"], null],
  ]; // prettier-ignore
  it.each(cases)("%s", (_name, tagPolicy, more, wanted, refused) => {
    const { missing, refusal } = attributeCall({ tagPolicy, rules: [] }, call(more), arrival);
    expect(missing).toEqual(wanted);
    expect(refusal?.field ?? null).toBe(refused);
    if (refusal) expect(refusal.code).toBe("TAG_REQUIRED");
  });

  it("refuses nothing that a parent may still bring", () => {
    const policy = { tagPolicy: { feature: "reject" as const }, rules: [] };
    const answer = attributeCall(policy, call(), { ...arrival, mayInherit: true });
    expect(answer).toMatchObject({ missing: ["feature"], refusal: null });
  });

  it("goes by what the rules made of the call", () => {
    const policy = {
      tagPolicy: { feature: "reject" as const },
      rules: [rule([missing("feature")], { feature: "x" })],
    };
    expect(attributeCall(policy, call(), arrival)).toMatchObject({ refusal: null, missing: [] });
  });
});

describe("rules", () => {
  const fill = (value: string, ...more: object[]) => rule([missing("feature"), ...more], { feature: value });
  const cases: [string, AttributionRule[], object, object][] = [
    ["fills what is missing", [fill("chat")], {}, { feature: "chat" }],
    ["leaves what was sent", [fill("chat")], { feature: "mail" }, { feature: "mail" }],
    ["all conditions must hold", [fill("chat", is("route", "/a"))], { route: "/b" }, { route: "/b" }],
    ["all conditions hold", [fill("chat", is("route", "/a"))], { route: "/a" }, { feature: "chat", route: "/a" }],
    ["overwrites only the field that a condition names", [rule([is("feature", "old")], { feature: "new", team: "t" })], { feature: "old", team: "mine" }, { feature: "new", team: "mine" }],
    ["does not overwrite a field that no condition names", [rule([is("model", "gpt-4o")], { feature: "x" })], { feature: "y" }, { feature: "y" }],
    ["the first rule that may set a field wins", [fill("one"), fill("two")], {}, { feature: "one" }],
    ["a rule that may not set it lets the next one", [rule([is("model", "gpt-4o")], { feature: "x" }), rule([is("feature", "old")], { feature: "new" })], { feature: "old" }, { feature: "new" }],
    ["rules see the call as it was sent, not each other", [fill("chat"), rule([is("feature", "chat")], { team: "core" })], {}, { feature: "chat" }],
    ["several rules set several fields", [fill("chat"), rule([is("model", "gpt-4o")], { team: "core", accountId: "a" })], {}, { feature: "chat", team: "core", accountId: "a" }],
    ["isNot holds for a missing field", [rule([{ field: "route", op: "isNot", value: "/a" }], { team: "t" })], {}, { team: "t" }],
    ["isNot", [rule([{ field: "route", op: "isNot", value: "/a" }], { team: "t" })], { route: "/a" }, { route: "/a" }],
    ["startsWith", [rule([{ field: "model", op: "startsWith", value: "gpt-" }], { team: "t" })], {}, { team: "t" }],
    ["startsWith does not hold for a missing field", [rule([{ field: "route", op: "startsWith", value: "/" }], { team: "t" })], {}, {}],
    ["a free tag", [rule([is("tags.flow", "signup")], { feature: "f" })], { tags: { flow: "signup" } }, { feature: "f", tags: { flow: "signup" } }],
    ["a free tag named like what every object has", [rule([missing("tags.toString")], { feature: "f" })], { tags: { a: "b" } }, { feature: "f", tags: { a: "b" } }],
    ["where a call came from", [rule([is("source", "api")], { team: "t" })], {}, { team: "t" }],
    ["a provider that only the model's name tells", [rule([is("provider", "openai")], { team: "t" })], { provider: undefined }, { provider: undefined, team: "t" }],
    ["a missing prompt", [rule([missing("promptId")], { promptId: "p" })], {}, { prompt: { id: "p" } }],
    ["a prompt's hash is its id", [rule([is("promptId", "h")], { promptId: "p" })], { prompt: { hash: "h" } }, { prompt: { id: "p" } }],
    ["a prompt keeps its version", [rule([is("promptId", "p")], { promptId: "q" })], { prompt: { id: "p", version: "2", hash: "h" } }, { prompt: { id: "q", version: "2", hash: "h" } }],
    ["each share by itself", [rule([missing("feature")], { feature: "f" })], { shares: [{ feature: "mine" }, { userId: "u" }] }, { feature: "f", shares: [{ feature: "mine", weight: 1 }, { userId: "u", feature: "f", weight: 1 }] }],
    ["a share that a condition is about", [rule([is("userId", "u")], { team: "t" })], { shares: [{ userId: "u" }, { userId: "v" }] }, { shares: [{ userId: "u", team: "t", weight: 1 }, { userId: "v", weight: 1 }] }],
  ]; // prettier-ignore
  it.each(cases)("%s", (_name, rules, sent, after) => {
    expect(attribute(rules, sent)).toEqual({ ...call(), ...after });
  });

  it("hand back the very call when they say nothing of it", () => {
    const sent = call({ feature: "mail", shares: [{ userId: "a" }, { userId: "b" }] });
    const rules = [fill("chat"), rule([is("userId", "c")], { team: "t" })];
    expect(attributeCall({ tagPolicy: {}, rules }, sent, arrival).call).toBe(sent);
  });
});
