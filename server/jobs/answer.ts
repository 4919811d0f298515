import { z } from "zod";
import { type Answer, Op } from "./protocol";

/** What the SDK's answer to a call means. */
export type Outcome =
  | { kind: "finished" }
  | { kind: "ops"; ops: Op[]; retryAfter: string | null }
  | { kind: "refused"; reason: string; retry: boolean; retryAfter: string | null };

/** The SDK's answer: 200 = the function returned, 206 = steps, anything else = it threw or could not be reached. */
export function readAnswer({ status, noRetry, retryAfter, body }: Answer): Outcome {
  if (status === 200) return { kind: "finished" };
  const ops = status === 206 ? parseOps(body) : null;
  if (ops) return { kind: "ops", ops, retryAfter };
  return { kind: "refused", reason: reasonIn(body, status), retry: !noRetry, retryAfter };
}

function parseOps(body: string): Op[] | null {
  const parsed = z.array(Op).safeParse(parseJson(body));
  return parsed.success ? parsed.data : null;
}

/** The message of a serialised error, without its stack. */
export function messageOf(error: unknown): string {
  const found = z.object({ message: z.string() }).safeParse(error);
  return (found.success ? found.data.message : String(error)).slice(0, 500);
}

function reasonIn(body: string, status: number): string {
  const parsed = parseJson(body);
  const found = z
    .union([z.object({ message: z.string() }), z.object({ error: z.string() })])
    .safeParse(parsed);
  if (!found.success) return `answered ${String(status)}`;
  return ("message" in found.data ? found.data.message : found.data.error).slice(0, 500);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // Not JSON, so not the SDK's: a proxy's error page, or a server that is going away.
    return null;
  }
}
