import { z } from "zod";
import { Instant, storableText } from "@/server/calls/schemas";

/** Tags that a tenant can insist on. */
export const policyTags = ["feature", "userId", "accountId", "team", "environment", "prompt"] as const;
export const PolicyTag = z.enum(policyTags);
export type PolicyTag = z.infer<typeof PolicyTag>;

/** What happens to a call without the tag: taken as it is, counted as unattributed, or refused (and kept aside). */
export const tagModes = ["accept", "unattributed", "reject"] as const;
export const TagMode = z.enum(tagModes);
export type TagMode = z.infer<typeof TagMode>;

export const TagPolicy = z.partialRecord(PolicyTag, TagMode);
export type TagPolicy = z.infer<typeof TagPolicy>;

/** Unless a tenant says otherwise, a call without a feature is unattributed. */
export const defaultTagPolicy: TagPolicy = { feature: "unattributed" };

/** What an attribute of a span, or a gateway's metadata, can be mapped to. */
export const mappableTags = [
  "feature",
  "userId",
  "accountId",
  "team",
  "environment",
  "promptId",
  "promptVersion",
  "route",
  "region",
  "tier",
  "runId",
] as const;
export const maxAttributes = 200;
/** An object schema would pass over `__proto__` in silence, which JSON can make an own name (reliability P58). */
const attributeName = /^(?!__proto__$|constructor$|prototype$)[A-Za-z0-9_][\w.:/@-]{0,199}$/;
export const AttributeMap = z
  .record(z.string().regex(attributeName, "is no name of an attribute"), z.enum(mappableTags))
  .refine((map) => Object.keys(map).length <= maxAttributes, `at most ${String(maxAttributes)} attributes`);
export type AttributeMap = z.infer<typeof AttributeMap>;

/** What a rule can look at. Free tags are named `tags.<key>`. */
export const ruleFields = [
  "feature",
  "userId",
  "accountId",
  "team",
  "environment",
  "promptId",
  "promptVersion",
  "route",
  "region",
  "model",
  "provider",
  "source",
  "keyId",
] as const;
export type NamedRuleField = (typeof ruleFields)[number];
export type RuleField = NamedRuleField | `tags.${string}`;
const RuleField = z.union([
  z.enum(ruleFields),
  z.templateLiteral(["tags.", z.string().regex(/^[A-Za-z0-9][A-Za-z0-9_.:/-]{0,63}$/)]),
]);

const value = storableText(256);
/** isNot holds for a call without the field too. */
export const RuleCondition = z.discriminatedUnion("op", [
  z.strictObject({ field: RuleField, op: z.enum(["is", "isNot", "startsWith"]), value }),
  z.strictObject({ field: RuleField, op: z.literal("isMissing") }),
]);
export type RuleCondition = z.infer<typeof RuleCondition>;
export const maxConditions = 10;

/** What a rule can say of a call. */
export const settableFields = ["feature", "team", "environment", "accountId", "promptId"] as const;
export type SettableField = (typeof settableFields)[number];
export const RuleSets = z
  .partialRecord(z.enum(settableFields), value)
  .refine((sets) => Object.keys(sets).length > 0, "sets nothing");
export type RuleSets = z.infer<typeof RuleSets>;

/** "Calls without a feature on route /chat are feature chat." All conditions must hold. */
export interface AttributionRule {
  id: string;
  version: number;
  name: string;
  conditions: RuleCondition[];
  sets: RuleSets;
  position: number;
}

/** Rules in force at most: each is asked of every call that comes in. */
export const maxRules = 100;

const Conditions = z.array(RuleCondition).min(1, "name at least one condition").max(maxConditions);

export const SetTagPolicyInput = z.strictObject({ tagPolicy: TagPolicy });
export type SetTagPolicyInput = z.infer<typeof SetTagPolicyInput>;

export const SetAttributeMapInput = z.strictObject({ attributeMap: AttributeMap });
export type SetAttributeMapInput = z.infer<typeof SetAttributeMapInput>;

export const ListRulesInput = z.strictObject({
  /** All versions of one rule, instead of the newest of each. */
  id: z.uuid().optional(),
});
export type ListRulesInput = z.infer<typeof ListRulesInput>;

export const SaveRuleInput = z.strictObject({
  /** Of the rule that this is the next version of. */
  id: z.uuid().optional(),
  name: storableText(200),
  conditions: Conditions,
  sets: RuleSets,
  /** Rules are asked in this order; without, a new one comes last and an old one stays where it is. */
  position: z.int().min(0).max(1_000_000).optional(),
});
export type SaveRuleInput = z.infer<typeof SaveRuleInput>;

export const RetireRuleInput = z.strictObject({ id: z.uuid() });
export type RetireRuleInput = z.infer<typeof RetireRuleInput>;

const Day = z.iso.date("must be a day, such as 2026-03-01");
const range = {
  /** A day of the tenant's zone, or an instant on a quarter hour. */
  from: z.union([Day, Instant]),
  /** Exclusive. */
  to: z.union([Day, Instant]),
};
/** Days that a preview reads the ledger of at most. */
export const longestPreviewDays = 92;

export const PreviewRuleInput = z.strictObject({ conditions: Conditions, sets: RuleSets, ...range });
export type PreviewRuleInput = z.infer<typeof PreviewRuleInput>;

export const ApplyRuleInput = z.strictObject({ id: z.uuid(), ...range });
export type ApplyRuleInput = z.infer<typeof ApplyRuleInput>;

export const runStates = ["running", "done", "failed"] as const;

export const RunInput = z.strictObject({ runId: z.uuid() });
export type RunInput = z.infer<typeof RunInput>;

export interface TenantPolicy {
  revision: number;
  tagPolicy: TagPolicy;
  attributeMap: AttributeMap;
  /** Null while user ids are kept as sent. */
  pseudonymSalt: Uint8Array | null;
  /** Those in force, in the order in which they are asked. */
  rules: readonly AttributionRule[];
}
