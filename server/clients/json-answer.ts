import type { z } from "zod";
import type { OutboundAnswer } from "./outbound";
import { OutboundFailure } from "./outbound-failure";

/** What each refusal means for the system that was asked; it knows best what people have to do. */
export interface Refusals {
  /** 401, 403 */
  credentials: string;
  /** 404, 405 */
  missing: string;
  /** 400, 422 and whatever else is our fault; what the other side says about it may be added. */
  refused: (said: string | null) => string;
}

/**
 * The parsed body of an answer that says yes.
 * @throws OutboundFailure for one that says no, or something that we do not understand
 */
export function readJsonAnswer<T extends z.ZodType>(
  host: string,
  answer: OutboundAnswer,
  schema: T,
  refusals: Refusals,
): z.infer<T> {
  const { status, text, retryAfterSeconds } = answer;
  if (status === 429)
    throw new OutboundFailure("rate", `${host} wants us to ask less often.`, retryAfterSeconds);
  if (status === 401 || status === 403) throw new OutboundFailure("credentials", refusals.credentials);
  if (status === 404 || status === 405) throw new OutboundFailure("missing", refusals.missing);
  if (status === 413) throw new OutboundFailure("too_large", `${host} cannot answer so much at once.`);
  if (status >= 500) {
    const message = `${host} has a problem of its own (status ${status}).`;
    throw new OutboundFailure("unreachable", message, retryAfterSeconds);
  }
  if (status !== 200 && status !== 201)
    throw new OutboundFailure("refused", refusals.refused(errorOf(text)), retryAfterSeconds);
  const parsed = schema.safeParse(parse(text));
  if (!parsed.success)
    throw new OutboundFailure("answer", `${host} answers something other than its documentation says.`);
  return parsed.data;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

/** What an API says of its refusal; nothing of bodies that are no such answer. */
function errorOf(text: string): string | null {
  const body = parse(text);
  if (typeof body !== "object" || body === null) return null;
  const said = "error" in body ? body.error : "message" in body ? body.message : null;
  if (typeof said !== "string" || said.trim() === "") return null;
  return said
    .replace(/[\p{C}\s]+/gu, " ")
    .trim()
    .slice(0, 200)
    .toWellFormed();
}
