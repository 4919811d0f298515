import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type InheritNode, inherit, type Inherited } from "./inherit";
import { inheritedTags, type SpanKind, spanKinds, type SpanTags } from "./schemas";

const node = (spanId: string, parentSpanId: string | null, kind: SpanKind, tags: SpanTags = {}) => ({ spanId, parentSpanId, kind, tags }); // prettier-ignore
const byId = (nodes: readonly InheritNode[]) => {
  const found = inherit(nodes);
  return Object.fromEntries(nodes.map(({ spanId }, at) => [spanId, found[at]]));
};
const own = (tags: SpanTags, isAggregate = false): Inherited => ({ tags, isAggregate });

interface Case {
  name: string;
  nodes: InheritNode[];
  expected: Record<string, Inherited>;
}
const cases: Case[] = [
  { name: "nobody", nodes: [], expected: {} },
  { name: "a call alone", nodes: [node("a", null, "call", { feature: "f" })], expected: { a: own({ feature: "f" }) } },
  {
    name: "an agent and its calls: they take its tags, its sum is a repetition",
    nodes: [
      node("chat1", "step", "call", { userId: "u" }),
      node("chat2", "step", "call"),
      node("step", "root", "link"),
      node("root", null, "sum", { feature: "agent", team: "t" }),
    ],
    expected: {
      chat1: own({ userId: "u", feature: "agent", team: "t" }),
      chat2: own({ feature: "agent", team: "t" }),
      step: own({ feature: "agent", team: "t" }),
      root: own({ feature: "agent", team: "t" }, true),
    },
  },
  {
    name: "the nearest ancestor wins",
    nodes: [node("c", "b", "call"), node("b", "a", "link", { feature: "near" }), node("a", null, "link", { feature: "far", route: "/x" })],
    expected: { c: own({ feature: "near", route: "/x" }), b: own({ feature: "near", route: "/x" }), a: own({ feature: "far", route: "/x" }) },
  },
  {
    name: "a version belongs to its prompt",
    nodes: [node("b", "a", "call", { promptId: "mine" }), node("c", "a", "call"), node("a", null, "link", { promptId: "p", promptVersion: "3" })],
    expected: { b: own({ promptId: "mine" }), c: own({ promptId: "p", promptVersion: "3" }), a: own({ promptId: "p", promptVersion: "3" }) },
  },
  {
    name: "a sum without usage below it counts; one above another sum does not",
    nodes: [node("outer", null, "sum"), node("inner", "outer", "sum"), node("tool", "inner", "link")],
    expected: { outer: own({}, true), inner: own({}), tool: own({}) },
  },
  {
    name: "a call right below a call is the call; the other one only wraps it",
    nodes: [node("a", null, "call", { feature: "f" }), node("b", "a", "call")],
    expected: { a: own({ feature: "f" }, true), b: own({ feature: "f" }) },
  },
  {
    name: "with a tool in between, both calls were made",
    nodes: [node("a", null, "call"), node("tool", "a", "link"), node("b", "tool", "call")],
    expected: { a: own({}), tool: own({}), b: own({}) },
  },
  {
    name: "a parent that is elsewhere",
    nodes: [node("a", "gone", "sum", { team: "t" }), node("b", "gone", "call")],
    expected: { a: own({ team: "t" }), b: own({}) },
  },
  { name: "its own parent", nodes: [node("a", "a", "sum", { team: "t" })], expected: { a: own({ team: "t" }) } },
  {
    name: "a circle: its nodes are roots, what hangs on it inherits",
    nodes: [node("a", "b", "sum", { team: "a" }), node("b", "a", "sum", { feature: "b" }), node("c", "a", "call")],
    expected: { a: own({ team: "a" }, true), b: own({ feature: "b" }), c: own({ team: "a" }) },
  },
]; // prettier-ignore

/** The same by recursion over what a node's chain of parents is, for small traces. */
function plainly(nodes: readonly InheritNode[]): Inherited[] {
  const find = (id: string | null) => nodes.find(({ spanId }) => spanId === id);
  const chain = (start: InheritNode): InheritNode[] => {
    const trail: InheritNode[] = [];
    for (let at = find(start.parentSpanId); at; at = find(at.parentSpanId)) {
      if (trail.includes(at)) {
        // Only up to the first node of the circle.
        return trail.slice(0, trail.findIndex((one) => isOnCircle(one)) + 1);
      }
      trail.push(at);
    }
    return trail;
  };
  const isOnCircle = (one: InheritNode) => {
    const seen = new Set<string>();
    for (let at = find(one.parentSpanId); at && !seen.has(at.spanId); at = find(at.parentSpanId)) {
      if (at === one) return true;
      seen.add(at.spanId);
    }
    return false;
  };
  const ancestors = (one: InheritNode) => (isOnCircle(one) ? [] : chain(one));
  return nodes.map((one) => {
    const tags: SpanTags = { ...one.tags };
    let hasPrompt = tags.promptId !== undefined || tags.promptVersion !== undefined;
    for (const ancestor of ancestors(one)) {
      for (const tag of inheritedTags) {
        if (tag.startsWith("prompt") && hasPrompt) continue;
        if (ancestor.tags[tag] !== undefined) tags[tag] ??= ancestor.tags[tag];
      }
      hasPrompt ||= ancestor.tags.promptId !== undefined || ancestor.tags.promptVersion !== undefined;
    }
    const isAggregate =
      one.kind === "call"
        ? nodes.some((other) => other.kind === "call" && ancestors(other)[0] === one)
        : one.kind === "sum" &&
          nodes.some((other) => other.kind !== "link" && ancestors(other).includes(one));
    return { tags, isAggregate };
  });
}

const ids = ["a", "b", "c", "d", "e", "f", "g"];
const tagsArbitrary: fc.Arbitrary<SpanTags> = fc.dictionary(
  fc.constantFrom(...inheritedTags),
  fc.constantFrom("1", "2", "3"),
  {
    noNullPrototype: true,
    maxKeys: 3,
  },
);
const trace = fc.uniqueArray(fc.constantFrom(...ids), { minLength: 1 }).chain((spanIds) =>
  fc.tuple(
    ...spanIds.map((spanId) =>
      fc.record({
        spanId: fc.constant(spanId),
        parentSpanId: fc.option(fc.constantFrom(...ids, "elsewhere")),
        kind: fc.constantFrom(...spanKinds),
        tags: tagsArbitrary,
      }),
    ),
  ),
);

const shuffledTrace = trace.chain((nodes) =>
  fc.tuple(fc.constant(nodes), fc.shuffledSubarray(nodes, { minLength: nodes.length })),
);

describe("inherit", () => {
  it.each(cases)("$name", ({ nodes, expected }) => {
    expect(byId(nodes)).toEqual(expected);
    expect(byId(nodes.toReversed())).toEqual(expected);
  });

  it("does what the plain definition says, in any order, circles included", () => {
    fc.assert(
      fc.property(shuffledTrace, ([nodes, shuffled]) => {
        expect(inherit(nodes)).toEqual(plainly(nodes));
        expect(byId(shuffled)).toEqual(byId(nodes));
      }),
      { numRuns: 2_000, seed: 20261121 },
    );
  });

  it("follows a chain of 100,000, from whichever end, in time", () => {
    const length = 100_000;
    const chain = Array.from({ length }, (_, n) =>
      node(`s${n}`, n === 0 ? null : `s${n - 1}`, n === length - 1 ? "call" : "sum", n === 0 ? { feature: "deep" } : {}),
    ); // prettier-ignore
    for (const nodes of [chain, chain.toReversed()]) {
      const found = byId(nodes);
      expect(found[`s${length - 1}`]).toEqual(own({ feature: "deep" }));
      expect(found.s0).toEqual(own({ feature: "deep" }, true));
      expect(Object.values(found).filter((one) => one?.isAggregate).length).toBe(length - 1);
    }
    const circle = chain.map((one, n) => (n === 0 ? { ...one, parentSpanId: `s${length - 1}` } : one));
    expect(inherit(circle).every(({ isAggregate }) => !isAggregate)).toBe(true);
  });
});
