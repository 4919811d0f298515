import type { WhyPart } from "@/server/analytics/why-schemas";

const named = (name: string | null | undefined, nobody: string) => name ?? nobody;

function causeOf(part: WhyPart): string {
  switch (part.cause) {
    case "volume":
      return part.requests[0] === 0 ? "new requests" : "more requests";
    case "promptVersion":
      return part.between === "versions"
        ? `prompt ${named(part.prompt, "without a name")} ${named(part.gained.name, "without a version")}`
        : `prompt ${named(part.gained.name, "without a name")}`;
    case "modelMix":
      return `model ${named(part.gained.name, "without a name")}`;
    case "tokens":
      return "tokens per call";
    case "cache":
      return "fewer tokens read from the cache";
    case "price":
      return `price of ${part.model}`;
    case "retries":
      return "retries";
    case "unpriced":
      return "calls that have a price now";
  }
}

/** What did it, in a few words, and in which feature unless all of it is one's. */
export function contributorLabel(part: WhyPart, isOneFeature: boolean): string {
  const { work } = part;
  if (isOneFeature || !work) return causeOf(part);
  const feature = work.isRest ? "other features" : (work.feature ?? "calls without a feature");
  return `${feature}: ${causeOf(part)}`;
}
