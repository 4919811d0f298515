export interface Rejected {
  /** Position in the batch. */
  index: number;
  message: string;
}

export type Outcome =
  | { kind: "stored"; duplicates: number; rejected: Rejected[] }
  /** Nothing is acknowledged: the same batch again, not before `afterMs`. */
  | { kind: "again"; afterMs: number; message: string }
  | { kind: "refused"; message: string }
  /** Too much, or something that spoils it all: half of it may pass. */
  | { kind: "halve"; message: string };

const longestWaitMs = 5 * 60_000;
const at = (value: unknown, name: string): unknown =>
  typeof value === "object" && value !== null ? (value as Record<string, unknown>)[name] : undefined;

/** What an answer means for the batch. Only the deployment's own words count as stored (422: all but the rejected). */
export function readAnswer(status: number, retryAfter: string | null, body: string, now: Date): Outcome {
  const parsed = parse(body);
  const data = at(at(parsed, "result"), "data");
  const rejected = at(data, "rejected");
  if ((status === 200 || status === 422) && Array.isArray(rejected)) {
    return {
      kind: "stored",
      duplicates: Number(at(data, "duplicates") ?? 0),
      rejected: (rejected as unknown[]).map((rejection) => ({
        index: Number(at(rejection, "index")),
        message: [at(rejection, "code"), at(rejection, "field"), at(rejection, "message")]
          .filter(Boolean)
          .join(" "),
      })),
    };
  }
  const said = at(at(parsed, "error"), "message");
  const message = typeof said === "string" ? `${status}: ${said}` : `status ${status}`;
  if (status === 400 || status === 413 || status === 422) return { kind: "halve", message };
  if (status >= 400 && status < 500 && status !== 408 && status !== 425 && status !== 429) {
    return { kind: "refused", message };
  }
  return { kind: "again", afterMs: waitOf(retryAfter, now), message };
}

function parse(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return null;
  }
}

/** Seconds or a date; five minutes at most, whatever was asked. */
function waitOf(retryAfter: string | null, now: Date): number {
  if (retryAfter === null) return 0;
  const ms = /^\d+$/.test(retryAfter) ? Number(retryAfter) * 1000 : Date.parse(retryAfter) - now.getTime();
  return Number.isNaN(ms) ? 0 : Math.min(Math.max(ms, 0), longestWaitMs);
}

/** Full jitter: anything up to twice as long each time, half a minute at most. */
export function backoffMs(failures: number, random: number): number {
  return random * Math.min(30_000, 500 * 2 ** Math.min(failures, 10));
}
