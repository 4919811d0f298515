import { isDeepStrictEqual } from "node:util";
import type { AuditFacts } from "@/server/audit/chain";
import type { FeatureSetting } from "./schemas";

/** Of what nothing was said. */
export const unsaid = (feature: string): FeatureSetting => ({
  feature,
  ownerId: null,
  conversionEvent: null,
  protectedReason: null,
  seasonalMonths: [],
});

export const saysNothing = (setting: FeatureSetting): boolean =>
  isDeepStrictEqual(setting, unsaid(setting.feature));

/** What the log says. Why a feature is protected may name somebody: it is not in it. */
export const auditedFacts = ({
  ownerId,
  conversionEvent,
  protectedReason,
  seasonalMonths,
}: FeatureSetting): AuditFacts => ({
  ownerId,
  conversionEvent,
  isProtected: protectedReason !== null,
  seasonalMonths: [...seasonalMonths],
});
