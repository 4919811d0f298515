import { paramsOf, type ParamValues } from "@/server/alerts/schemas";
import type { RuleId } from "@/server/incidents/schemas";
import { formatCount } from "@/app/_format/quantities";

/** What the form holds, as typed. */
export interface DraftRule {
  enabled: boolean;
  values: Record<string, string>;
}

export function draftOf(rule: RuleId, enabled: boolean, params: ParamValues): DraftRule {
  const values = Object.entries(paramsOf(rule)).map(([name, { usual }]) => [
    name,
    String(params[name] ?? usual),
  ]);
  return { enabled, values: Object.fromEntries(values) as Record<string, string> };
}

export interface ReadDraft {
  /** Null: a field holds what is no value of it. */
  params: Record<string, number> | null;
  /** By parameter: what is wrong with it. */
  faults: Record<string, string>;
}

/** "$1,200.50" is 1200.5, "30 %" is 30. */
const numberOf = (typed: string) => {
  const plain = typed.replace(/[$,%×\s]/g, "");
  return plain === "" ? Number.NaN : Number(plain);
};

const boundText = (value: number) => (Number.isInteger(value) ? formatCount(value) : String(value));
export const boundsWords = ({ least, most }: { least: number; most: number }) =>
  `${boundText(least)} to ${boundText(most)}`;

/** What the form says in the terms of the rule. */
export function readDraft(rule: RuleId, { values }: DraftRule): ReadDraft {
  const params: Record<string, number> = {};
  const faults: Record<string, string> = {};
  for (const [name, param] of Object.entries(paramsOf(rule))) {
    const value = numberOf(values[name] ?? "");
    if (value >= param.least && value <= param.most) params[name] = value;
    else faults[name] = `A number from ${boundsWords(param)}.`;
  }
  return { params: Object.keys(faults).length === 0 ? params : null, faults };
}

/** What of a subject's parameters is not as for everything: the rest follows what is set for everything. */
export function ownParams(params: ParamValues, general: ParamValues): Record<string, number> {
  return Object.fromEntries(Object.entries(params).filter(([name, value]) => general[name] !== value));
}

export const areSame = (one: ParamValues, other: ParamValues): boolean =>
  Object.keys({ ...one, ...other }).every((name) => one[name] === other[name]);
