import { z } from "zod";
import { storableText } from "@/server/calls/schemas";

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
export const AttributeMap = z.record(z.string().min(1).max(200), z.enum(mappableTags));
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

export interface TenantPolicy {
  revision: number;
  tagPolicy: TagPolicy;
  attributeMap: AttributeMap;
  /** Null while user ids are kept as sent. */
  pseudonymSalt: Uint8Array | null;
  /** Those in force, in the order in which they are asked. */
  rules: readonly AttributionRule[];
}
