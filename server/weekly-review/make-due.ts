import type { Ctx } from "@/server/context";
import { isDomainError } from "@/server/errors";
import { type MadeReview, makeReview } from "./make";

/** For the calendar: a tenant that had no call yet has no review, and that is no failure. */
export async function makeDueReview(ctx: Ctx): Promise<MadeReview | null> {
  try {
    return await makeReview(ctx);
  } catch (error) {
    if (isDomainError(error) && error.code === "CONFLICT") return null;
    throw error;
  }
}
