import { readKillReview } from "@/server/kill-review/read";
import { KillReviewInput } from "@/server/kill-review/schemas";
import { type Column, defineTable, number, text } from "./table";

type Read = Awaited<ReturnType<typeof readKillReview>>;
interface Row {
  item: Read["items"][number];
  decision: Read["decisions"][number] | null;
}

/** killReview.read: the features of a month's review as they were frozen, the least used first, and what holds of them. */
export const killReviewTable = defineTable({
  right: "reviews:read",
  input: KillReviewInput,
  columns: (): Column<Row>[] => [
    text("feature", ({ item }) => item.feature),
    number("place", ({ item }) => item.place),
    text("isBottom", ({ item }) => String(item.isBottom)),
    text("guard", ({ item }) => item.guard),
    text("suggestion", ({ item }) => item.suggestion),
    text("reason", ({ item }) => item.evidence.reason),
    number("uses", ({ item }) => item.evidence.uses),
    number("requests", ({ item }) => item.evidence.requests),
    number("events", ({ item }) => item.evidence.events),
    number("calls", ({ item }) => item.evidence.calls),
    number("activeUsers", ({ item }) => item.evidence.activeUsers),
    number("costUsd", ({ item }) => item.evidence.costUsd),
    number("unpricedCalls", ({ item }) => item.evidence.unpricedCalls),
    number("costShare", ({ item }) => item.evidence.costShare),
    number("perUserUsd", ({ item }) => item.evidence.perUserUsd),
    number("perUseUsd", ({ item }) => item.evidence.perUseUsd),
    text("conversionEvent", ({ item }) => item.evidence.conversion?.event ?? null),
    number("conversions", ({ item }) => item.evidence.conversion?.count ?? null),
    number("perConversionUsd", ({ item }) => item.evidence.conversion?.eachUsd ?? null),
    number("usesRatio", ({ item }) => item.evidence.usesRatio),
    number("expectedUsd", ({ item }) => item.evidence.forecast?.expectedUsd ?? null),
    number("lowUsd", ({ item }) => item.evidence.forecast?.lowUsd ?? null),
    number("highUsd", ({ item }) => item.evidence.forecast?.highUsd ?? null),
    text("teams", ({ item }) => item.evidence.teams.join(", ")),
    text("ownerId", ({ item }) => item.evidence.ownerId),
    text("decision", ({ decision }) => decision?.decision ?? null),
    text("decisionReason", ({ decision }) => decision?.reason ?? null),
    text("decisionOwnerId", ({ decision }) => decision?.ownerId ?? null),
    text("dueOn", ({ decision }) => decision?.dueOn ?? null),
    text("mergeInto", ({ decision }) => decision?.mergeInto ?? null),
    text("state", ({ decision }) => decision?.state ?? null),
  ],
  async *pages(ctx, input) {
    const { figures, items, decisions } = await readKillReview(ctx, input);
    const rows = items.map((item) => ({
      item,
      decision: decisions.find(({ feature }) => feature === item.feature) ?? null,
    }));
    // Frozen: no roll-up stands before it.
    yield { rows, from: figures.from, to: figures.to, watermark: null };
  },
});
