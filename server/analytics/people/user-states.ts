import type { z } from "zod";
import { requireRight } from "@/server/auth/permissions";
import type { Ctx } from "@/server/context";
import { type ActivityTold, activityTold } from "./activity-told";
import { peopleQuestion } from "./people-question";
import { UserStatesInput } from "./people-schemas";
import { loadStanding, type Standing } from "./standing-query";

export interface UserStatesAnswer extends Pick<Standing, "users"> {
  /** Null: who was there when has never been counted, so that nobody's state is known. */
  states: Standing["states"] | null;
  activity: ActivityTold;
}

/** How many are active, at risk, gone or never came, and how these users stand; who is not known is left out. */
export async function userStates(
  ctx: Ctx,
  input: z.input<typeof UserStatesInput>,
): Promise<UserStatesAnswer> {
  requireRight(ctx.actor, "reports:read");
  const { users: asked } = UserStatesInput.parse(input);
  return ctx.db.read(async (db) => {
    const { question } = await peopleQuestion(db, ctx);
    const activity = await activityTold(db, ctx);
    if (activity.refreshedAt === null) return { states: null, users: [], activity };
    const { states, users } = await loadStanding(db, question, asked);
    return { states, users, activity };
  });
}
