import { type inferParserType, parseAsNativeArrayOf, parseAsString, parseAsStringLiteral } from "nuqs/server";
import type { Grouping, ReportScope, Stretch } from "@/server/analytics/schemas";
import type { WhyMeasure } from "@/server/analytics/why-schemas";
import { type FilterPart, readFilter, toSpendFilter, withOnly, writeFilterPart } from "../_scope/filters";
import { readStretch } from "../_scope/moments";
import { partsOfFilter } from "../_scope/parts-of-filter";
import { reportTags } from "../_scope/scope";

/** Which cut through the change is in sight. */
export const whyViews = ["cause", "user"] as const;
export type WhyView = (typeof whyViews)[number];

export interface WhyQuestion {
  stretch: Stretch;
  /** The stretch that the change is measured from. */
  compare: Stretch;
  parts: readonly FilterPart[];
  measure: WhyMeasure;
  view: WhyView;
}

/** The question in the address, so that an explanation can be linked. Stretches are those of the question, and stay. */
export const whyParams = {
  /** `from..to,from..to`: the stretch, then what it is compared with. */
  why: parseAsString,
  /** Filters, a chip each, as everywhere. */
  whyf: parseAsNativeArrayOf(parseAsString),
  whyof: parseAsStringLiteral(["call"]),
  whyby: parseAsStringLiteral(["user"]),
};
type WhyParams = inferParserType<typeof whyParams>;

const write = ({ from, to }: Stretch) => `${from}..${to}`;

export function writeQuestion({ stretch, compare, parts, measure, view }: WhyQuestion): WhyParams {
  return {
    why: `${write(stretch)},${write(compare)}`,
    whyf: parts.map(writeFilterPart),
    whyof: measure === "costPerCall" ? "call" : null,
    whyby: view === "user" ? "user" : null,
  };
}

/** Null where nothing is asked, or nothing that can be. */
export function readQuestion({ why, whyf, whyof, whyby }: WhyParams, timeZone: string): WhyQuestion | null {
  if (why === null) return null;
  const [stretch, compare, ...more] = why.split(",").map((text) => {
    const [from, to, ...rest] = text.split("..");
    return rest.length === 0 ? readStretch(from ?? null, to ?? null, timeZone) : null;
  });
  if (!stretch || !compare || more.length > 0) return null;
  return {
    stretch,
    compare,
    parts: readFilter(whyf, reportTags).parts,
    measure: whyof === "call" ? "costPerCall" : "cost",
    view: whyby ?? "cause",
  };
}

/** What a button is about: a report's scope with what it is compared with, and the row that the change stands in. */
export interface AskedFrom {
  asked: ReportScope & { compare?: Stretch | undefined };
  /** Null key: calls without the tag. */
  group?: { by: Grouping; key: string | null } | undefined;
  measure?: WhyMeasure | undefined;
  view?: WhyView | undefined;
}

/** Null where nothing is compared: then nothing changed. */
export function questionFrom({
  asked,
  group,
  measure = "cost",
  view = "cause",
}: AskedFrom): WhyQuestion | null {
  const { from, to, compare, filter } = asked;
  if (!compare) return null;
  const parts = partsOfFilter(filter);
  return {
    stretch: { from, to },
    compare,
    parts: group ? withOnly(parts, group.by, group.key) : parts,
    measure,
    view,
  };
}

/** In the terms of reports.why. */
export function whyInput({ stretch, compare, parts, measure }: WhyQuestion) {
  return { ...stretch, compare, filter: toSpendFilter(parts), measure };
}
