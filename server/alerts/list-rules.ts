import { requireRight } from "@/server/auth/permissions";
import type { Ctx } from "@/server/context";
import { type RuleId, ruleIds } from "@/server/incidents/schemas";
import { listEvaluatedTo, listSettings, type Setting } from "./queries";
import { type ParamValues, ruleOf } from "./schemas";
import { Settings } from "./settings";

export interface ListedRule {
  rule: RuleId;
  enabled: boolean;
  params: ParamValues;
  /** Whether that is as delivered. */
  isUsual: boolean;
  /** By subject, where it is set otherwise. */
  overrides: { subject: { kind: string; key: string }; enabled: boolean; params: ParamValues }[];
  /** Up to when it has looked; null: it never has. */
  evaluatedTo: Date | null;
}

const keyOf = ({ subjectKind, subjectKey }: Setting) => ({ kind: subjectKind, key: subjectKey });

/** Every rule as it is set for the tenant. What the rules are is in `schemas.ts`. */
export async function listRules(ctx: Ctx): Promise<{ rules: ListedRule[]; timeZone: string }> {
  requireRight(ctx.actor, "alerts:read");
  const { all, evaluated } = await ctx.db.read(async (db) => {
    return {
      all: await listSettings(db, ctx.tenant.id),
      evaluated: await listEvaluatedTo(db, ctx.tenant.id),
    };
  });
  const settings = new Settings(all);
  const rules = ruleIds.map((rule): ListedRule => {
    const own = all.filter((one) => one.rule === rule && one.subjectKind !== "default");
    return {
      rule,
      enabled: settings.isEnabled(rule, null),
      params: settings.ofAny(rule, null),
      isUsual: !all.some((one) => one.rule === rule && one.subjectKind === "default"),
      overrides: own.map((one) => ({ subject: keyOf(one), enabled: one.enabled, params: one.params })),
      evaluatedTo: evaluated.get(ruleOf(rule).cadence) ?? null,
    };
  });
  return { rules, timeZone: ctx.tenant.timeZone };
}
