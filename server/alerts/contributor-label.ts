import type { WhyPart } from "@/server/analytics/why-schemas";

const named = (name: string | null | undefined, nobody: string) => name ?? nobody;

function cause(part: WhyPart): string {
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

/** What did it, in a few words; the feature beside it where several are asked about. */
export function contributorLabel(part: WhyPart): string {
  return cause(part);
}
