import type { IncomingMessage, ServerResponse } from "node:http";
import { segmentTypes } from "@/server/usage/segment";
import { handleLiteLlm } from "./litellm";
import { handleSegment } from "./segment";

export type Door = (req: IncomingMessage, res: ServerResponse) => Promise<void>;

/** The ways in besides tRPC, by their path. */
const doors: ReadonlyMap<string, Door> = new Map([
  ["/v1/litellm", handleLiteLlm],
  ["/v1/batch", handleSegment(undefined)],
  ...segmentTypes.map((type): [string, Door] => [`/v1/${type}`, handleSegment(type)]),
]);

export function doorOf(path: string): Door | undefined {
  return doors.get(path);
}
