import { addDays, startOfDay } from "@/server/calendar/local-day";
import type { Ctx } from "@/server/context";
import { comparedDays, heavierVersion, recentDays } from "@/server/recommendations/heavier-version";
import { leastSavingUsd } from "@/server/recommendations/schemas";
import type { KindLook, Looked } from "./looked";
import { dearestPrompts, type VersionDay, versionDays } from "./prompt-query";
import { largest } from "./worth";

/** Versions of prompts that have grown for nothing: what they cost beyond the version before. */
export async function lookForHeavierPrompts(ctx: Ctx, looked: Looked): Promise<KindLook> {
  const { last } = looked.range.days;
  const first = addDays(last, 1 - recentDays - comparedDays);
  const range = { from: startOfDay(first, looked.timeZone), to: looked.range.to, days: { first, last } };
  const days = await ctx.db.read(async (db) =>
    versionDays(db, looked, range, await dearestPrompts(db, looked, leastSavingUsd)),
  );
  const groups = new Map<string, VersionDay[]>();
  for (const day of days) {
    const key = JSON.stringify([day.feature, day.prompt]);
    const known = groups.get(key);
    if (known) known.push(day);
    else groups.set(key, [day]);
  }
  const found = [...groups.values()].flatMap((ofPrompt) => {
    const [any] = ofPrompt;
    const heavier = any && heavierVersion(ofPrompt, { ...looked.range.days, days: looked.days });
    if (!heavier) return [];
    const { version, ...told } = heavier;
    const subject = { feature: any.feature, provider: null, model: null, prompt: any.prompt, version, cause: null }; // prettier-ignore
    return [{ subject, ...looked.range.days, ...told }];
  });
  return { kind: "prompt", candidates: groups.size, found: largest(found) };
}
