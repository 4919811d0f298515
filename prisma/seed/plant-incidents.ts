import { evaluate } from "@/server/alerts/evaluate";
import { type Interlude, replay } from "@/server/alerts/replay";
import { cadences } from "@/server/alerts/schemas";
import type { Ctx } from "@/server/context";
import { acknowledgeIncident } from "@/server/incidents/acknowledge";
import { listIncidents } from "@/server/incidents/list";
import { noteIncident } from "@/server/incidents/note";
import { resolveIncident } from "@/server/incidents/resolve";
import type { RuleId } from "@/server/incidents/schemas";
import { as, type DemoPeople } from "./demo-people";
import { instantDaysAgo } from "./rhythm";
import { stories } from "./stories";

const replayedDays = 75;
const acts = { acknowledge: acknowledgeIncident, note: noteIncident, resolve: resolveIncident };

interface Act {
  who: keyof DemoPeople;
  does: keyof typeof acts;
  about: { rule: RuleId; subject: string };
  /** In the tenant's zone. */
  at: { daysAgo: number; hour: number; minute: number };
  note: string;
}

const { heavierPrompt, retryLoop, unpricedModel } = stories;
const night = (hour: number, minute: number) => ({ daysAgo: retryLoop.daysAgo, hour, minute });
const router = {
  rule: "unpriced-model",
  subject: `${unpricedModel.provider}/${unpricedModel.model}`,
} as const;
const prompt = { rule: "cost-without-traffic", subject: heavierPrompt.feature } as const;
const loop = (rule: RuleId) => ({ rule, subject: retryLoop.feature });

/** What members did about what happened, the earliest first. */
const done: readonly Act[] = [
  { who: "finance", does: "acknowledge", about: router, at: { daysAgo: unpricedModel.sinceDaysAgo - 1, hour: 9, minute: 40 }, note: "Asked the platform team what an hour of the router's machines costs." },
  { who: "admin", does: "acknowledge", about: prompt, at: { daysAgo: heavierPrompt.daysAgo - 1, hour: 9, minute: 15 }, note: "Version v4 went out yesterday with twelve examples pasted in. Talking to growth." },
  { who: "admin", does: "resolve", about: prompt, at: { daysAgo: heavierPrompt.daysAgo - 3, hour: 16, minute: 5 }, note: "Growth keeps v4: replies went up by a fifth. Looked at again with the budget of the month." },
  { who: "owner", does: "acknowledge", about: loop("spike"), at: night(retryLoop.fromHour + 2, 10), note: "On it: the nightly agent repeats a tool call that cannot succeed." },
  { who: "admin", does: "note", about: loop("spike"), at: night(retryLoop.fromHour + 4, 5), note: "Job stopped. Arguments were built from an empty profile; five attempts are the most from now on." },
  { who: "admin", does: "resolve", about: loop("day-over-mean"), at: night(9, 30), note: "The night's loop, nothing of today." },
  { who: "owner", does: "note", about: router, at: { daysAgo: 9, hour: 11, minute: 20 }, note: "Platform has no figure yet; to be entered as a contract rate when they do." },
]; // prettier-ignore

/** In a smaller demo some stories cost too little to be told: nobody does anything about them. */
function interlude(ctx: Ctx, people: DemoPeople, { who, does, about, at, note }: Act): Interlude {
  const start = instantDaysAgo(ctx.now, ctx.tenant.timeZone, at.daysAgo, at.hour);
  const moment = new Date(start.getTime() + at.minute * 60_000);
  return {
    at: moment,
    happens: async () => {
      const person = as(ctx, people[who], moment);
      const { incidents } = await listIncidents(person, { rule: about.rule, limit: 50 });
      const found = incidents.find(
        ({ subject, state }) => subject.key === about.subject && state !== "resolved",
      );
      if (found) await acts[does](person, { id: found.id, note });
    },
  };
}

/** The incidents of the demo's weeks and what people did about them, and then what there is to be seen now, budgets included. */
export async function plantIncidents(ctx: Ctx, people: DemoPeople): Promise<void> {
  const from = instantDaysAgo(ctx.now, ctx.tenant.timeZone, replayedDays);
  const meanwhile = done.map((act) => interlude(ctx, people, act));
  await replay(ctx, { from, to: ctx.now }, meanwhile);
  await evaluate(ctx, ...cadences);
}
