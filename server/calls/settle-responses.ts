import type { Ctx } from "@/server/context";
import { isClosed } from "@/server/periods/closed-month";
import { closedMonths } from "@/server/periods/closed-months";
import { type CallTags, preferReport, sharedTags } from "./prefer-report";
import { priceLateTags } from "./price-late-tags";
import {
  countReport,
  linkCall,
  type ResponseReport,
  reportsOfResponses,
  saveTags,
  type TagChange,
  takeSettleMarks,
} from "./settle-query";

const perTransaction = 200;

/**
 * Looks again at responses that several sources reported: which report counts does not depend on the order in which they
 * came, and it takes the tags that only the others had. Closed months stay as they are. One transaction; running it twice changes nothing.
 * @returns how many were looked at; 0 when none waits
 */
export async function settleResponses(ctx: Ctx): Promise<number> {
  return ctx.db.rollup(async (db) => {
    const responseIds = await takeSettleMarks(db, ctx.tenant.id, "response", perTransaction);
    if (responseIds.length === 0) return 0;
    const reports = await reportsOfResponses(db, ctx.tenant.id, responseIds);
    const groups = grouped(reports);
    const closed = await closedMonths(db, ctx);
    const changes: (ResponseReport & TagChange)[] = [];
    for (const group of groups.values()) {
      const owner = group.find(({ owns }) => owns);
      const [first, ...others] = group;
      if (!owner || !first || group.some(({ occurredAt }) => isClosed(closed, occurredAt))) continue;
      const { counted, tags } = preferReport([first, ...others]);
      if (counted.callId !== owner.callId) {
        await linkCall(db, ctx.tenant.id, owner, {
          countedId: counted.callId,
          reason: "response",
          now: ctx.now,
        });
        await countReport(
          db,
          ctx.tenant.id,
          { ...counted, responseId: owner.responseId },
          { insteadOf: owner.callId, now: ctx.now },
        );
      }
      if (!sameTags(tags, counted.tags)) changes.push({ ...counted, tags });
    }
    if (changes.length > 0) {
      await saveTags(db, ctx.tenant.id, ctx.now, changes);
      await priceLateTags(db, ctx, changes);
    }
    return responseIds.length;
  });
}

function grouped(reports: readonly ResponseReport[]): Map<string, ResponseReport[]> {
  const groups = new Map<string, ResponseReport[]>();
  for (const report of reports) {
    const group = groups.get(report.responseId);
    if (group) group.push(report);
    else groups.set(report.responseId, [report]);
  }
  return groups;
}

export function sameTags(one: CallTags, other: CallTags): boolean {
  return sharedTags.every((tag) => one[tag] === other[tag]);
}
