import { otherValue } from "@/server/calls/tag-caps";
import { type Bucket, buckets, tokenBuckets } from "@/server/prices/buckets";
import type { Pair, WhyNote } from "../why-schemas";
import { countOf, type Fixed, fromDecimal, larger, over, times } from "./fixed";
import type { Usage } from "./usage";

/** The priced calls of a cell in one stretch; failures that cost nothing are not among them. */
export interface CellSide {
  calls: number;
  cost: Fixed;
  /** Whole and parts of units. */
  units: Readonly<Record<Bucket, Fixed>>;
}

/** The calls of one prompt version by one model. */
export interface Cell {
  prompt: string;
  version: string;
  provider: string;
  model: string;
  /** Null: no priced call. */
  sides: Pair<CellSide | null>;
  unpricedCalls: Pair<number>;
}

export interface WorkSide {
  /** First attempts. */
  requests: number;
  /** Attempts, but for those that failed and cost nothing. */
  attempts: number;
  /** Those of them that have a price. */
  priced: number;
  cost: Fixed;
  /** Cost of shares of calls that another row counts (server/calls/shares.ts). Not in `cost`. */
  uncounted: Fixed;
}

/** The calls of one kind that a feature makes. */
export interface Work {
  feature: string;
  kind: string;
  isRest: boolean;
  sides: Pair<WorkSide>;
  cells: Cell[];
}

/** Beyond these the dearest are told apart and the others are one: nobody reads more, and everybody waits for it. */
const most = { works: 150, prompts: 60, versions: 24 } as const;

type Sided = readonly [before: readonly Usage[], after: readonly Usage[]];

const costOf = (usages: readonly Usage[]) =>
  usages.reduce((sum, { costUsd }) => sum + fromDecimal(costUsd), 0n);
const sumOf = (usages: readonly Usage[], pick: (usage: Usage) => number) =>
  usages.reduce((sum, usage) => sum + pick(usage), 0);
const attemptsOf = (usage: Usage) => Math.max(0, usage.calls - usage.freeCalls);
const pricedOf = (usage: Usage) => Math.max(0, attemptsOf(usage) - usage.unpricedCalls);

function groupBy(
  sided: Sided,
  keyOf: (usage: Usage) => string,
): { key: string; first: Usage; sided: Sided }[] {
  const groups = new Map<string, { key: string; first: Usage; sided: [Usage[], Usage[]] }>();
  for (const side of [0, 1] as const) {
    for (const usage of sided[side]) {
      const key = keyOf(usage);
      let group = groups.get(key);
      if (!group) groups.set(key, (group = { key, first: usage, sided: [[], []] }));
      group.sided[side].push(usage);
    }
  }
  return [...groups.values()];
}

/** The dearest of the groups and, in one, what all others used. */
function dearest<T extends { key: string; sided: Sided }>(
  groups: T[],
  limit: number,
): { kept: T[]; others: Sided | null } {
  if (groups.length <= limit) return { kept: groups, others: null };
  const ranked = groups
    .map((group) => ({ group, cost: larger(costOf(group.sided[0]), costOf(group.sided[1])) }))
    .sort(
      (one, other) =>
        (other.cost === one.cost ? 0 : other.cost > one.cost ? 1 : -1) ||
        (one.group.key < other.group.key ? -1 : 1),
    )
    .map(({ group }) => group);
  return { kept: ranked.slice(0, limit), others: joined(ranked.slice(limit).map(({ sided }) => sided)) };
}

const joined = (all: readonly Sided[]): Sided => [
  all.flatMap(([before]) => before),
  all.flatMap(([, after]) => after),
];

const renamed = (sided: Sided, name: Partial<Pick<Usage, "prompt" | "version">>): Sided => [
  sided[0].map((usage) => ({ ...usage, ...name })),
  sided[1].map((usage) => ({ ...usage, ...name })),
];

/** Takes the cheapest prompts for one and, of each prompt, the cheapest versions. */
function foldPrompts(sided: Sided, notes: Set<WhyNote>): Sided {
  const prompts = dearest(
    groupBy(sided, ({ prompt }) => prompt),
    most.prompts,
  );
  const folded = prompts.kept.map((prompt) => {
    const versions = dearest(
      groupBy(prompt.sided, ({ version }) => version),
      most.versions,
    );
    if (!versions.others) return prompt.sided;
    notes.add("manyVersions");
    return joined([
      ...versions.kept.map((version) => version.sided),
      renamed(versions.others, { version: otherValue }),
    ]);
  });
  if (!prompts.others) return joined(folded);
  notes.add("manyVersions");
  return joined([...folded, renamed(prompts.others, { prompt: otherValue, version: "" })]);
}

/** Of rows in which some calls are unpriced, the tokens are shared out as far as the roll-ups tell. */
function addPricedUnits(sums: Record<Bucket, Fixed>, { units, unpricedTokens }: Usage): void {
  const tokens = tokenBuckets.reduce((sum, bucket) => sum + units[bucket], 0);
  const isMixed = unpricedTokens > 0 && tokens > 0;
  const share = isMixed ? over(BigInt(Math.max(0, tokens - unpricedTokens)), BigInt(tokens)) : null;
  for (const bucket of buckets) {
    if (units[bucket] === 0) continue;
    const used = countOf(units[bucket]);
    sums[bucket] += share !== null && bucket !== "toolUnits" ? times(used, share) : used;
  }
}

function cellSide(usages: readonly Usage[]): CellSide | null {
  const calls = sumOf(usages, pricedOf);
  if (calls === 0) return null;
  const units = Object.fromEntries(buckets.map((bucket) => [bucket, 0n])) as Record<Bucket, Fixed>;
  for (const usage of usages) addPricedUnits(units, usage);
  return { calls, cost: costOf(usages), units };
}

function workSide(usages: readonly Usage[], cells: readonly (CellSide | null)[]): WorkSide {
  const cost = cells.reduce((sum, cell) => sum + (cell?.cost ?? 0n), 0n);
  return {
    requests: sumOf(usages, ({ requests }) => requests),
    attempts: sumOf(usages, attemptsOf),
    priced: cells.reduce((sum, cell) => sum + (cell?.calls ?? 0), 0),
    cost,
    uncounted: costOf(usages) - cost,
  };
}

function workOf(sided: Sided, name: Pick<Work, "feature" | "kind" | "isRest">, notes: Set<WhyNote>): Work {
  const groups = groupBy(foldPrompts(sided, notes), ({ prompt, version, provider, model }) =>
    [prompt, version, provider, model].join("\n"),
  );
  const unpriced = (usages: readonly Usage[]) => sumOf(usages, ({ unpricedCalls }) => unpricedCalls);
  const cells = groups.map(
    ({ first: { prompt, version, provider, model }, sided: [before, after] }): Cell => ({
      prompt,
      version,
      provider,
      model,
      sides: [cellSide(before), cellSide(after)],
      unpricedCalls: [unpriced(before), unpriced(after)],
    }),
  );
  const side = (at: 0 | 1) =>
    workSide(
      sided[at],
      cells.map(({ sides }) => sides[at]),
    );
  return { ...name, sides: [side(0), side(1)], cells };
}

/**
 * What was used in two stretches, as the work that its cost is explained by: the calls of each kind of each feature, in
 * cells of prompt version and model.
 */
export function worksOf(
  before: readonly Usage[],
  after: readonly Usage[],
): { works: Work[]; notes: WhyNote[] } {
  const notes = new Set<WhyNote>();
  const groups = groupBy([before, after], ({ feature, kind }) => `${feature}\n${kind}`);
  const { kept, others } = dearest(groups, most.works);
  const works = kept.map(({ first: { feature, kind }, sided }) =>
    workOf(sided, { feature, kind, isRest: false }, notes),
  );
  if (others) {
    notes.add("manyFeatures");
    works.push(workOf(others, { feature: "", kind: "", isRest: true }, notes));
  }
  return { works, notes: [...notes] };
}
