import { startOfDay } from "@/server/calendar/local-day";
import { listRecommendations } from "@/server/recommendations/list";
import { ListInput } from "@/server/recommendations/schemas";
import { type Column, defineTable, number, text } from "./table";

type Row = Awaited<ReturnType<typeof listRecommendations>>["recommendations"][number];

/** recommendations.list: the largest saving first, each with what was counted. */
export const recommendationsTable = defineTable({
  right: "reviews:read",
  input: ListInput,
  columns: (): Column<Row>[] => [
    text("id", ({ id }) => id),
    text("kind", ({ kind }) => kind),
    text("state", ({ state }) => state),
    text("feature", ({ finding }) => finding.subject.feature),
    text("provider", ({ finding }) => finding.subject.provider),
    text("model", ({ finding }) => finding.subject.model),
    text("prompt", ({ finding }) => finding.subject.prompt),
    text("version", ({ finding }) => finding.subject.version),
    text("cause", ({ finding }) => finding.subject.cause),
    number("savingUsd", ({ finding }) => finding.savingUsd),
    number("lowUsd", ({ finding }) => finding.lowUsd),
    number("highUsd", ({ finding }) => finding.highUsd),
    text("countedIn", ({ countedIn }) => countedIn),
    text("first", ({ finding }) => finding.first),
    text("last", ({ finding }) => finding.last),
    text("evidence", ({ finding }) => JSON.stringify(finding.evidence)),
    text("ownerId", ({ ownerId }) => ownerId),
    text("dueOn", ({ dueOn }) => dueOn),
    text("note", ({ note }) => note),
    number("measuredDays", ({ measured }) => measured?.days ?? null),
    number("measuredUsd", ({ measured }) => measured?.savingUsd ?? null),
    number("measuredLowUsd", ({ measured }) => measured?.lowUsd ?? null),
    number("measuredHighUsd", ({ measured }) => measured?.highUsd ?? null),
  ],
  async *pages(ctx, input) {
    const { recommendations, look } = await listRecommendations(ctx, input);
    const at = ctx.now.toISOString();
    const from = look ? startOfDay(look.first, ctx.tenant.timeZone).toISOString() : at;
    yield { rows: recommendations, from, to: look?.lookedAt.toISOString() ?? at, watermark: null };
  },
});
