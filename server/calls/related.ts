import { requireRight } from "@/server/auth/permissions";
import type { Ctx } from "@/server/context";
import { DomainError } from "@/server/errors";
import { findCall } from "./queries";
import {
  type CallCorrection,
  correctionsOf,
  countedInstead,
  type EarlierState,
  earlierStates,
  linkedReports,
  type LinkedReport,
  type ShareRow,
  sharesOf,
} from "./related-query";
import { ShowCallInput } from "./schemas";

export interface RelatedToCall {
  /** Other reports of the same cost: kept, in no sum. */
  reports: LinkedReport[];
  /** All shares of the call that this row is a share of; empty if it served one. */
  shares: ShareRow[];
  /** What it was before it changed, the newest change first. */
  history: EarlierState[];
  /** If its month is closed: what was booked for it later. */
  corrections: CallCorrection[];
}

/**
 * What else the ledger knows of a call.
 * @throws DomainError NOT_FOUND, which names the call that counts instead if this id is a linked report
 */
export async function relatedToCall(ctx: Ctx, input: ShowCallInput): Promise<RelatedToCall> {
  requireRight(ctx.actor, "calls:read");
  const { id } = ShowCallInput.parse(input);
  return ctx.db.read(async (db) => {
    const call = await findCall(db, ctx.tenant.id, id);
    if (!call) {
      const counted = await countedInstead(db, ctx.tenant.id, id);
      throw new DomainError(
        "NOT_FOUND",
        counted === null
          ? "There is no such call."
          : `This reports the same cost as ${counted}, which counts.`,
      );
    }
    const at = new Date(call.occurredAt);
    return {
      reports: await linkedReports(db, ctx.tenant.id, id),
      shares: call.shareOf === null ? [] : await sharesOf(db, ctx.tenant.id, call.shareOf, at),
      history: await earlierStates(db, ctx.tenant.id, id, at),
      corrections: await correctionsOf(db, ctx.tenant.id, id, at),
    };
  });
}
