import { z } from "zod";

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

export interface TenantPolicy {
  revision: number;
  tagPolicy: TagPolicy;
  attributeMap: AttributeMap;
  /** Null while user ids are kept as sent. */
  pseudonymSalt: Uint8Array | null;
}
