import type { Ctx } from "@/server/context";
import { DomainError } from "@/server/errors";
import { ThrottleInput } from "../people/people-schemas";
import { throttle, type ThrottleAnswer, type ThrottleRow } from "../people/throttle";
import { type Column, defineTable, number, text } from "./table";

const pageRows = 10_000;
const Question = ThrottleInput.omit({ offset: true, limit: true });

/** reports.throttle: everybody on the list, the greatest loss first. Empty revenue is unknown, not nothing. */
export const throttleTable = defineTable({
  right: "reports:read",
  input: Question,
  columns: (): Column<ThrottleRow>[] => [
    text("user", ({ user }) => user),
    text("accountId", ({ accountId }) => accountId),
    text("plan", ({ plan }) => plan),
    text("state", ({ state }) => state),
    text("lastDay", ({ lastDay }) => lastDay),
    text("basis", ({ basis }) => basis),
    number("costUsd", ({ costUsd }) => costUsd),
    number("unpricedCalls", ({ unpricedCalls }) => unpricedCalls),
    number("recentCostUsd", ({ recentCostUsd }) => recentCostUsd),
    number("lifetimeCostUsd", ({ lifetimeCostUsd }) => lifetimeCostUsd),
    number("mrrUsd", ({ mrrUsd }) => mrrUsd),
    number("revenueUsd", ({ revenueUsd }) => revenueUsd),
    number("marginUsd", ({ marginUsd }) => marginUsd),
    number("lossUsd", ({ lossUsd }) => lossUsd),
    number("p90Usd", ({ p90Usd }) => p90Usd),
    number("suggestedUsd", ({ suggestion }) => suggestion?.amountUsd ?? null),
    text("suggestedBecause", ({ suggestion }) => suggestion?.because ?? null),
    number("quotaUsd", ({ quota }) => quota?.amountUsd ?? null),
  ],
  async *pages(ctx: Ctx, input) {
    let first: ThrottleAnswer | null = null;
    const { group } = input;
    for (let offset = 0; first === null || offset < first.groups[group].users; offset += pageRows) {
      const answer: ThrottleAnswer = await throttle(ctx, { group, offset, limit: pageRows });
      first ??= answer;
      if (JSON.stringify(first.groups) !== JSON.stringify(answer.groups))
        throw new DomainError("CONFLICT", "The figures changed while they were written; ask again.");
      const { rows, from, to, watermark } = answer;
      yield { rows, from, to, watermark };
    }
  },
});
