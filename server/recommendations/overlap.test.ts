import { describe, expect, it } from "vitest";
import { touches, withoutOverlap } from "./overlap";
import type { Subject } from "./schemas";

const about = (more: Partial<Subject> = {}): Subject => ({
  feature: "chat",
  provider: null,
  model: null,
  prompt: null,
  version: null,
  cause: null,
  ...more,
});

describe("whether two touch the same calls", () => {
  const gpt = { provider: "openai", model: "gpt-4o" };
  it.each([
    ["another feature", about(), about({ feature: "mail" }), false],
    ["a feature and calls without one", about(), about({ feature: null }), false],
    ["the same feature, nothing more known", about(), about(), true],
    ["one model and all", about(gpt), about(), true],
    ["another model", about(gpt), about({ ...gpt, model: "gpt-4o-mini" }), false],
    ["the same name at another provider", about(gpt), about({ ...gpt, provider: "azure" }), false],
    ["a prompt and a model", about({ prompt: "p" }), about(gpt), true],
    ["another prompt", about({ prompt: "p" }), about({ prompt: "q" }), false],
    ["another version of a prompt", about({ prompt: "p", version: "1" }), about({ prompt: "p", version: "2" }), true],
    ["another cause", about({ cause: "timeout" }), about({ cause: "overloaded" }), true],
  ])("%s", (_name, one, other, expected) => {
    expect([touches(one, other), touches(other, one)]).toEqual([expected, expected]);
  }); // prettier-ignore
});

describe("no dollar is claimed twice", () => {
  const claim = (id: string, usd: string, subject = about()) => ({ id, usd, subject });

  it.each([
    ["nothing", [], "0", {}],
    ["one", [claim("a", "3")], "3", { a: null }],
    ["two of different features", [claim("a", "3"), claim("b", "4", about({ feature: "mail" }))], "7", { a: null, b: null }],
    ["two that touch: the larger", [claim("a", "3"), claim("b", "4")], "4", { a: "b", b: null }],
    ["two alike: one of them, always the same", [claim("b", "4"), claim("a", "4.0")], "4", { a: null, b: "a" }],
    // Each prompt touches the model, but not the other prompt; the model is the largest.
    ["a large one that touches two", [claim("m", "5", about({ model: "x", provider: "y" })), claim("p", "4", about({ prompt: "p" })), claim("q", "4", about({ prompt: "q" }))], "5", { m: null, p: "m", q: "m" }],
    ["two that do not touch, and a small one that touches both", [claim("m", "1"), claim("p", "4", about({ prompt: "p" })), claim("q", "3", about({ prompt: "q" }))], "7", { m: "p", p: null, q: null }],
    ["hundredths of cents", [claim("a", "0.000000000000000001"), claim("b", "0.2", about({ feature: null }))], "0.200000000000000001", { a: null, b: null }],
  ])("%s", (_name, claims, totalUsd, countedIn) => {
    const told = withoutOverlap(claims);
    expect(told.totalUsd).toBe(totalUsd);
    expect(Object.fromEntries(told.countedIn)).toEqual(countedIn);
  }); // prettier-ignore
});
