import { why } from "../why";
import { type Pair, WhyInput, type WhyPart } from "../why-schemas";
import { type Column, defineTable, number, text } from "./table";

/** More than a split can have (why/work.ts folds what is beyond), so that the file has all of them. */
const allParts = 10_000;

/** The one figure that shows the cause best, in both stretches. */
function factOf(part: WhyPart): { name: string; of: Pair<number | null> } {
  switch (part.cause) {
    case "volume":
      return { name: "requests", of: part.requests };
    case "promptVersion":
    case "modelMix":
      return { name: "shareOfGained", of: part.gained.share };
    case "tokens":
      return {
        name: "tokensPerCall",
        of: [part.input[0] + part.output[0], part.input[1] + part.output[1]],
      };
    case "cache":
      return { name: "hitRate", of: part.hitRate };
    case "price":
      return { name: "level", of: [1, part.level] };
    case "retries":
      return { name: "attemptsPerRequest", of: part.attemptsPerRequest };
    case "unpriced":
      return { name: "unpricedCalls", of: part.unpricedCalls };
  }
}

const shifted = (part: WhyPart) => ("lost" in part ? part : null);
const priced = (part: WhyPart) => (part.cause === "price" ? part : null);

/** reports.why: every part of the change, the largest first. */
export const whyTable = defineTable({
  right: "reports:read",
  input: WhyInput.omit({ limit: true }),
  columns: (): Column<WhyPart>[] => [
    text("cause", ({ cause }) => cause),
    number("usd", ({ usd }) => usd),
    text("feature", ({ work }) => work?.feature ?? null),
    text("kind", ({ work }) => work?.kind ?? null),
    text("isRest", ({ work }) => work?.isRest ?? false),
    text("prompt", (part) => (part.cause === "promptVersion" ? part.prompt : null)),
    text("lost", (part) => shifted(part)?.lost.name ?? null),
    text("gained", (part) => shifted(part)?.gained.name ?? null),
    text("provider", (part) => priced(part)?.provider ?? null),
    text("model", (part) => priced(part)?.model ?? null),
    text("fact", (part) => factOf(part).name),
    number("before", (part) => factOf(part).of[0]),
    number("after", (part) => factOf(part).of[1]),
  ],
  async *pages(ctx, input) {
    const { parts, rest, before, after, watermark } = await why(ctx, { ...input, limit: allParts });
    if (rest) throw new Error(`${String(rest.parts)} parts of a change do not fit into its file`);
    yield { rows: parts, from: before.from, to: after.to, watermark };
  },
});
