import type { ParamValues } from "@/server/alerts/schemas";
import type { IncidentSubject } from "@/server/incidents/schemas";
import type { ListedRule } from "../rules";
import type { SetBefore } from "../use-rule-changes";

/** How a rule is set for a subject (null: for everything). */
export interface SettingOf {
  enabled: boolean;
  params: ParamValues;
  /** What is kept of it; null: nothing, it is as delivered or as for everything. */
  kept: SetBefore;
}

export function settingOf(listed: ListedRule, subject: IncidentSubject | null): SettingOf {
  const { enabled, params, isUsual, overrides } = listed;
  if (!subject) return { enabled, params, kept: isUsual ? null : { enabled, params } };
  const own = overrides.find((one) => one.subject.kind === subject.kind && one.subject.key === subject.key);
  if (!own) return { enabled, params, kept: null };
  return {
    enabled: own.enabled,
    params: { ...params, ...own.params },
    kept: { enabled: own.enabled, params: own.params },
  };
}
