import type { Ctx } from "@/server/context";
import { isDomainError } from "@/server/errors";
import { type MadeKillReview, makeKillReview } from "./make";

/** For the calendar: a month that is not final yet is tried again, and one without anything has no review. */
export async function makeDueKillReview(ctx: Ctx): Promise<MadeKillReview | null> {
  try {
    return await makeKillReview(ctx);
  } catch (error) {
    if (isDomainError(error) && (error.code === "CONFLICT" || error.code === "NOT_FOUND")) return null;
    throw error;
  }
}
