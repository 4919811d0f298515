import {
  type NamedRuleField,
  type RuleCondition,
  type RuleSets,
  ruleFields,
  type SettableField,
  settableFields,
} from "@/server/attribution/schemas";
import type { AskedRule } from "./search-params";
import { isNamed } from "./rule-words";

/** A free tag is named by a key of its own. */
export type DraftField = NamedRuleField | "tag";
export const draftFields: readonly DraftField[] = [...ruleFields, "tag"];

export interface DraftCondition {
  field: DraftField;
  /** Of a free tag. */
  key: string;
  op: RuleCondition["op"];
  value: string;
}

export interface DraftRule {
  name: string;
  conditions: DraftCondition[];
  sets: { field: SettableField; value: string }[];
  /** Empty: comes last, or stays where it is. */
  position: string;
}

export const emptyCondition: DraftCondition = { field: "route", key: "", op: "is", value: "" };

/** The usual rule: calls from somewhere that lack a tag get it. */
export function startOf(asked: AskedRule | null): DraftRule {
  const field = asked?.sets ?? "feature";
  return {
    name: "",
    conditions: [
      { ...emptyCondition, field, op: "isMissing" },
      { ...emptyCondition, field: asked?.field ?? "route", value: asked?.value ?? "" },
    ],
    sets: [{ field, value: "" }],
    position: "",
  };
}

interface SavedRule {
  name: string;
  conditions: readonly RuleCondition[];
  sets: RuleSets;
  position: number;
}

export function draftOf(rule: SavedRule): DraftRule {
  return {
    name: rule.name,
    conditions: rule.conditions.map((condition) => ({
      ...(isNamed(condition.field)
        ? { field: condition.field, key: "" }
        : { field: "tag" as const, key: condition.field.slice("tags.".length) }),
      op: condition.op,
      value: condition.op === "isMissing" ? "" : condition.value,
    })),
    sets: settableFields.flatMap((field) => {
      const value = rule.sets[field];
      return value === undefined ? [] : [{ field, value }];
    }),
    position: String(rule.position),
  };
}

function conditionOf({ field, key, op, value }: DraftCondition): RuleCondition {
  const named = field === "tag" ? (`tags.${key.trim()}` as const) : field;
  return op === "isMissing" ? { field: named, op } : { field: named, op, value: value.trim() };
}

export type DraftProblem = "no-condition" | "unfilled" | "sets-twice" | "sets-nothing";

/** What the server is to be asked, or what a person has yet to say. */
export function termsOf(
  draft: DraftRule,
):
  | { ok: true; terms: { conditions: RuleCondition[]; sets: RuleSets } }
  | { ok: false; problem: DraftProblem } {
  const { conditions, sets } = draft;
  if (conditions.length === 0) return { ok: false, problem: "no-condition" };
  if (sets.length === 0) return { ok: false, problem: "sets-nothing" };
  const isUnfilled = conditions.some(
    ({ field, key, op, value }) =>
      (field === "tag" && key.trim() === "") || (op !== "isMissing" && value.trim() === ""),
  );
  if (isUnfilled || sets.some(({ value }) => value.trim() === "")) return { ok: false, problem: "unfilled" };
  if (new Set(sets.map(({ field }) => field)).size < sets.length) return { ok: false, problem: "sets-twice" };
  return {
    ok: true,
    terms: {
      conditions: conditions.map(conditionOf),
      sets: Object.fromEntries(sets.map(({ field, value }) => [field, value.trim()])),
    },
  };
}
