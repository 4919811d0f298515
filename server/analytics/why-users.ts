import type { z } from "zod";
import { requireRight } from "@/server/auth/permissions";
import type { Ctx } from "@/server/context";
import { Usd, usdText } from "@/server/prices/decimal";
import { readFreshness } from "./freshness";
import { resolveRange } from "./range";
import { peopleOf } from "./why-users-query";
import { whyUserGroups, type WhyUsersAnswer, WhyUsersInput } from "./why-users-schemas";

const absolute = ({ usd }: { usd: string }) => new Usd(usd).abs();

/**
 * Whose cost changed from one stretch to another: people who stopped, who came, who stayed. Another cut through the very
 * change that `why` splits by cause.
 * @throws DomainError INVALID_INPUT for a range or combination that could only be answered partially (users and prompts)
 */
export async function whyUsers(ctx: Ctx, input: z.input<typeof WhyUsersInput>): Promise<WhyUsersAnswer> {
  requireRight(ctx.actor, "reports:read");
  const { from, to, compare, filter, by, limit } = WhyUsersInput.parse(input);
  const { id: tenantId, timeZone } = ctx.tenant;
  const before = resolveRange(compare.from, compare.to, timeZone);
  const after = resolveRange(from, to, timeZone);
  return ctx.db.read(async (db) => {
    const { built, watermark } = await readFreshness(db, ctx);
    const rows = await peopleOf(db, { tenantId, timeZone, filter, built, before, after, by, limit });
    const groups = whyUserGroups.map((group) => {
      const found = rows.find((row) => row.key === null && row.group === group);
      const { users = 0, usd = "0", beforeUsd = "0", afterUsd = "0" } = found ?? {};
      return { group, users: group === "without" ? 0 : users, usd, beforeUsd, afterUsd };
    });
    return {
      deltaUsd: usdText(groups.reduce((sum, { usd }) => sum.plus(usd), new Usd(0))),
      groups: groups.sort((one, other) => absolute(other).cmp(absolute(one))),
      users: rows.flatMap(({ key, group, usd, beforeUsd, afterUsd, callsBefore, callsAfter }) =>
        key === null || group === "without"
          ? []
          : [{ key, group, usd, beforeUsd, afterUsd, calls: [callsBefore, callsAfter] as const }],
      ),
      watermark,
      timeZone,
    };
  });
}
