import { requireRight } from "@/server/auth/permissions";
import { addDays, localDay, startOfDay } from "@/server/calendar/local-day";
import type { Ctx } from "@/server/context";
import { DomainError } from "@/server/errors";
import { dayNumber } from "./calendar";
import { type Episode, episodesOf } from "./episodes";
import type { Facts } from "./facts/load";
import { listSettings } from "./queries";
import { judgePast } from "./replay";
import { BacktestInput, paramsOf, ruleOf } from "./schemas";
import { range, trailingDays } from "./series";
import { Settings } from "./settings";
import { meanOf } from "./statistics";

export interface Fire extends Episode {
  /** It ended by itself within a day, and the day as a whole cost no more than usual. */
  isNoise: boolean;
}

const mostFires = 500;
const dayMs = 86_400_000;

/** Whether the day of a fire cost no more than the mean of those before, so that nothing was lost. */
function isNoise(episode: Episode, { features }: Facts, timeZone: string): boolean {
  const { resolvedAt, lastSeenAt, window, subject, beforeUsd } = episode;
  if (resolvedAt === null || lastSeenAt.getTime() - window.from.getTime() > dayMs) return false;
  const facts = subject.kind === "feature" && features.find((one) => one.subject.key === subject.key);
  if (!facts) return beforeUsd === null;
  const day = dayNumber(localDay(window.from, timeZone));
  const usual = meanOf(range(day - trailingDays, day - 1).map((other) => facts.days.cost(other)));
  return facts.days.cost(day) <= usual;
}

/**
 * What a rule would have told in the last days, as it is set or with other parameters: by the very same evaluators, over the
 * figures as they are known now. Today counts as far as it has come.
 * @throws DomainError INVALID_INPUT for a rule whose past cannot be looked at, or with too much to tell
 */
export async function backtest(ctx: Ctx, input: BacktestInput) {
  requireRight(ctx.actor, "alerts:read");
  const { rule, subject, params, days } = BacktestInput.parse(input);
  const { cadence, noBacktest } = ruleOf(rule);
  if (noBacktest !== null) throw new DomainError("INVALID_INPUT", noBacktest, { field: "rule" });
  const { timeZone } = ctx.tenant;
  const from = startOfDay(addDays(localDay(ctx.now, timeZone), -days), timeZone);
  const known = new Settings(await ctx.db.read((db) => listSettings(db, ctx.tenant.id)));
  const tried = { ...known.ofAny(rule, subject), ...params };
  const settings = known.trying(rule, subject, tried);
  const { judgements, facts } = await judgePast(ctx, cadence, [rule], { from, to: ctx.now }, settings);
  const episodes = episodesOf(judgements).filter(
    (one) => !subject || (one.subject.kind === subject.kind && one.subject.key === subject.key),
  );
  const fires = episodes.map((episode): Fire => {
    return { ...episode, isNoise: facts !== null && isNoise(episode, facts, timeZone) };
  });
  return {
    rule,
    subject,
    params: Object.fromEntries(Object.keys(paramsOf(rule)).map((name) => [name, tried[name] ?? 0])),
    from,
    to: ctx.now,
    /** The newest; `total` is how many there were. */
    fires: fires.slice(-mostFires),
    total: fires.length,
    noise: fires.filter((fire) => fire.isNoise).length,
    timeZone,
  };
}
