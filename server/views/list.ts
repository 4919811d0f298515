import { requirePerson, requireRight } from "@/server/auth/permissions";
import type { Ctx } from "@/server/context";
import { mayChange } from "./may-change";
import { listViewsOf } from "./queries";
import { type ViewScreen, viewScreens } from "./schemas";

const isScreen = (screen: string): screen is ViewScreen => viewScreens.some((one) => one === screen);

/** One's own views and those shared with everybody, by name. `query` goes behind the screen's own address. */
export async function listViews(ctx: Ctx) {
  requireRight(ctx.actor, "views:write");
  const { personId } = requirePerson(ctx.actor);
  const views = await ctx.db.read((db) => listViewsOf(db, ctx.tenant.id, personId));
  return views.flatMap(({ id, name, screen, params, shared, createdBy }) =>
    // A screen that is no more leads nowhere.
    isScreen(screen)
      ? [
          {
            id,
            name,
            screen,
            query: new URLSearchParams(params).toString(),
            shared,
            isOwn: createdBy === personId,
            mayChange: mayChange(ctx.actor, personId, { shared, createdBy }),
          },
        ]
      : [],
  );
}
