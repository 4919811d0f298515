import type { CallInput } from "@/server/calls/schemas";
import type { Attributes } from "./decoded";
import { textOf } from "./read";

const level = "langfuse.observation.level";
const errorType = "error.type";
export const outcomeNames = [errorType, level];

const longestClass = 64;
/** A provider that turned the request down has not worked on it, and bills nothing (langfuse#9038). */
const refusal =
  /^4(?!08|99)\d\d$|rate.?limit|too.?many.?requests|unauthori[sz]ed|authentication|permission|invalid.?request|bad.?request/i;

export interface Outcome {
  errorClass: string | undefined;
  billed: CallInput["billed"];
}

/** How a call ended, and whether it cost something: what failed with usage did, what failed without we do not know. */
export function outcomeOf(attributes: Attributes, hasFailed: boolean, hasUsage: boolean): Outcome {
  const failed = hasFailed || attributes.get(level) === "ERROR";
  const sent = textOf(attributes, [errorType]) ?? (failed ? "error" : undefined);
  if (sent === undefined) return { errorClass: undefined, billed: "yes" };
  const errorClass = cut(sent);
  if (hasUsage) return { errorClass, billed: "yes" };
  return { errorClass, billed: refusal.test(errorClass) ? "no" : "unknown" };
}

/** Names of classes carry their meaning in front. */
function cut(text: string): string {
  const bytes = Buffer.from(text.replaceAll("\0", ""));
  const short = bytes.subarray(0, longestClass).toString();
  return (bytes.length > longestClass ? short.replace(/\uFFFD+$/, "") : short) || "error";
}
