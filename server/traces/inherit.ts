import { inheritedTags, type SpanKind, type SpanTags } from "./schemas";

export interface InheritNode {
  spanId: string;
  parentSpanId: string | null;
  kind: SpanKind;
  tags: SpanTags;
}

export interface Inherited {
  /** The node's own tags and, where it has none, those of the nearest ancestor that has. */
  tags: SpanTags;
  /**
   * Counting it would count twice (field 2.2): a sum below which another span brings its own usage, or a call that is
   * nothing but the wrapping of the call right below it (LangChain's span around OpenAI's). With a tool or an agent in
   * between, both calls were made.
   */
  isAggregate: boolean;
}

const noTags: SpanTags = {};
const isPrompt = (tag: string) => tag === "promptId" || tag === "promptVersion";

/**
 * Who inherits what within one trace, and which sums only repeat what their descendants say. The order of the nodes
 * does not matter, parents may be missing, and a chain may be as long as it likes. Whoever stands on a circle of
 * parents counts as a root: nobody is their own ancestor.
 * @param nodes spans of one trace, each id once; of several with one id the first speaks to its children
 * @returns in the order of `nodes`
 */
export function inherit(nodes: readonly InheritNode[]): Inherited[] {
  const parents = parentsOf(nodes);
  const tags = effectiveTags(nodes, parents);
  const isAbove = aboveUsage(nodes, parents);
  const wraps = aroundCalls(nodes, parents);
  return nodes.map(({ kind }, at) => ({
    tags: tags[at] ?? noTags,
    isAggregate: (kind === "sum" && isAbove[at] === 1) || (kind === "call" && wraps[at] === 1),
  }));
}

const none = -1;

/** Positions of the parents, -1 for who has none here or stands on a circle. */
function parentsOf(nodes: readonly InheritNode[]): Int32Array {
  const positions = new Map<string, number>();
  nodes.forEach(({ spanId }, at) => {
    if (!positions.has(spanId)) positions.set(spanId, at);
  });
  const parents = Int32Array.from(nodes, ({ parentSpanId }) =>
    parentSpanId === null ? none : (positions.get(parentSpanId) ?? none),
  );
  // Which walk saw a node first; meeting one's own trail again is a circle.
  const seenBy = new Int32Array(nodes.length).fill(none);
  for (let start = 0; start < nodes.length; start += 1) {
    let at = start;
    while (at !== none && seenBy[at] === none) {
      seenBy[at] = start;
      at = parents[at] ?? none;
    }
    if (at !== none && seenBy[at] === start) cutCircle(parents, at);
  }
  return parents;
}

function cutCircle(parents: Int32Array, from: number): void {
  let at = from;
  while (at !== none) {
    const next = parents[at] ?? none;
    parents[at] = none;
    at = next;
  }
}

function effectiveTags(nodes: readonly InheritNode[], parents: Int32Array): (SpanTags | undefined)[] {
  const tags: (SpanTags | undefined)[] = nodes.map(() => undefined);
  const trail: number[] = [];
  for (let start = 0; start < nodes.length; start += 1) {
    let at = start;
    while (at !== none && tags[at] === undefined) {
      trail.push(at);
      at = parents[at] ?? none;
    }
    let above = at === none ? noTags : (tags[at] ?? noTags);
    for (let next = trail.pop(); next !== undefined; next = trail.pop()) {
      above = merge(nodes[next]?.tags ?? noTags, above);
      tags[next] = above;
    }
  }
  return tags;
}

/** A prompt's version belongs to its id: the two are inherited together or not at all. */
function merge(own: SpanTags, above: SpanTags): SpanTags {
  const hasPrompt = own.promptId !== undefined || own.promptVersion !== undefined;
  let merged: SpanTags | null = null;
  for (const tag of inheritedTags) {
    const value = above[tag];
    if (value === undefined || own[tag] !== undefined || (hasPrompt && isPrompt(tag))) continue;
    merged ??= { ...own };
    merged[tag] = value;
  }
  return merged ?? own;
}

/** 1 for each node with a call or a sum among its descendants. */
function aboveUsage(nodes: readonly InheritNode[], parents: Int32Array): Uint8Array {
  const isAbove = new Uint8Array(nodes.length);
  nodes.forEach(({ kind }, start) => {
    if (kind === "link") return;
    let at = parents[start] ?? none;
    // Above a marked node all are marked already.
    while (at !== none && isAbove[at] === 0) {
      isAbove[at] = 1;
      at = parents[at] ?? none;
    }
  });
  return isAbove;
}

/** 1 for each node with a call right below it. */
function aroundCalls(nodes: readonly InheritNode[], parents: Int32Array): Uint8Array {
  const wraps = new Uint8Array(nodes.length);
  nodes.forEach(({ kind }, at) => {
    const parent = parents[at] ?? none;
    if (kind === "call" && parent !== none) wraps[parent] = 1;
  });
  return wraps;
}
