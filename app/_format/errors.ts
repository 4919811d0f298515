/** What a failed request may carry, whichever procedure it came from. */
interface FailedRequest {
  message: string;
  data?: { code: string; requestId?: string | null; retryAfterSeconds?: number } | null;
}

type Code =
  | "UNAUTHORIZED"
  | "FORBIDDEN"
  | "NOT_FOUND"
  | "BAD_REQUEST"
  | "CONFLICT"
  | "PAYLOAD_TOO_LARGE"
  | "UNSUPPORTED_MEDIA_TYPE"
  | "TOO_MANY_REQUESTS"
  | "SERVICE_UNAVAILABLE"
  | "INTERNAL_SERVER_ERROR";

/** `null`: the server's own sentence knows more than we do. */
const sentences = {
  UNAUTHORIZED: "Your session has ended. Sign in again.",
  FORBIDDEN: null,
  NOT_FOUND: null,
  BAD_REQUEST: null,
  CONFLICT: null,
  PAYLOAD_TOO_LARGE: "That is too large to send in one go.",
  UNSUPPORTED_MEDIA_TYPE: "The server does not read this kind of file.",
  TOO_MANY_REQUESTS: "Too many requests at once. Wait a moment and try again.",
  SERVICE_UNAVAILABLE: "The ledger cannot be reached right now. Nothing was lost; try again in a moment.",
  INTERNAL_SERVER_ERROR: null,
} as const satisfies Record<Code, string | null>;

function isCode(code: string): code is Code {
  return Object.hasOwn(sentences, code);
}

/** One sentence for a person, whatever went wrong. */
export function errorSentence(error: FailedRequest): string {
  const code = error.data?.code;
  if (code === undefined) return "The server did not answer. Check the connection and try again.";
  const sentence = isCode(code) ? sentences[code] : null;
  return sentence ?? error.message;
}
