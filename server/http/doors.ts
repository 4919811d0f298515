import type { IncomingMessage, ServerResponse } from "node:http";
import { segmentTypes } from "@/server/usage/segment";
import { handleLiteLlm } from "./litellm";
import { handleMetrics } from "./metrics";
import { handleTraces, handleUnused } from "./otlp";
import { handleSegment } from "./segment";

export type Door = (req: IncomingMessage, res: ServerResponse) => Promise<void>;

// Senders for Langfuse have their own path to the same.
const otlpDoors = ["/v1", "/api/public/otel/v1"].flatMap((base): [string, Door][] => [
  [`${base}/traces`, handleTraces],
  [`${base}/metrics`, handleUnused],
  [`${base}/logs`, handleUnused],
]);

/** The doors besides tRPC, by their path. */
const doors: ReadonlyMap<string, Door> = new Map([
  ...otlpDoors,
  ["/v1/litellm", handleLiteLlm],
  ["/v1/batch", handleSegment(undefined)],
  ...segmentTypes.map((type): [string, Door] => [`/v1/${type}`, handleSegment(type)]),
  // Two paths: the one that scrapers try by themselves, and one beside the others.
  ["/metrics", handleMetrics],
  ["/v1/metrics/prometheus", handleMetrics],
]);

export const doorPaths: readonly string[] = [...doors.keys()];

export function doorOf(path: string): Door | undefined {
  return doors.get(path);
}
