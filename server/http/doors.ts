import type { IncomingMessage, ServerResponse } from "node:http";
import { handleLiteLlm } from "./litellm";

export type Door = (req: IncomingMessage, res: ServerResponse) => Promise<void>;

/** The ways in besides tRPC, by their path. */
const doors: ReadonlyMap<string, Door> = new Map([["/v1/litellm", handleLiteLlm]]);

export function doorOf(path: string): Door | undefined {
  return doors.get(path);
}
