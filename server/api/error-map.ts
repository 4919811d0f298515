import { TRPCError } from "@trpc/server";
import { type DomainError, type ErrorCode, type ErrorData, isDomainError } from "@/server/errors";

type TrpcCode = TRPCError["code"];

/** The one table from domain codes to the transport's. */
const trpcCodes = {
  UNAUTHENTICATED: "UNAUTHORIZED",
  FORBIDDEN: "FORBIDDEN",
  NOT_FOUND: "NOT_FOUND",
  INVALID_INPUT: "BAD_REQUEST",
  CONFLICT: "CONFLICT",
  PAYLOAD_TOO_LARGE: "PAYLOAD_TOO_LARGE",
  UNSUPPORTED_MEDIA: "UNSUPPORTED_MEDIA_TYPE",
  RATE_LIMITED: "TOO_MANY_REQUESTS",
  UNAVAILABLE: "SERVICE_UNAVAILABLE",
  INTERNAL: "INTERNAL_SERVER_ERROR",
} as const satisfies Record<ErrorCode, TrpcCode>;

export function toTrpcError(error: DomainError): TRPCError {
  return new TRPCError({ code: trpcCodes[error.code], message: error.message, cause: error });
}

interface WireError {
  message: string;
  data: { code: string; httpStatus?: number; path?: string; requestId: string | null } & ErrorData;
}

interface Issue {
  path: PropertyKey[];
  message: string;
}

function issuesOf(error: unknown): Issue[] | null {
  if (!(error instanceof Error) || (error.name !== "ZodError" && error.name !== "$ZodError")) return null;
  return "issues" in error && Array.isArray(error.issues) ? (error.issues as Issue[]) : null;
}

/**
 * What an error looks like outside: our own sentences as they are, the first fault of a bad input, and for everything
 * unknown a fixed text with the request id, because tRPC would send the raw message in production too (reliability P55).
 */
export function wireError(
  error: TRPCError,
  requestId: string | null,
): Pick<WireError, "message"> & { data: WireError["data"] } {
  const data = { code: error.code, requestId };
  if (isDomainError(error.cause))
    return { message: error.cause.message, data: { ...data, ...error.cause.data } };
  const first = issuesOf(error.cause)?.[0];
  if (first) {
    const field = first.path.map(String).join(".");
    return { message: field === "" ? first.message : `${field}: ${first.message}`, data: { ...data, field } };
  }
  if (error.code === "INTERNAL_SERVER_ERROR") {
    return { message: `Something went wrong on our side (request ${requestId ?? "unknown"}).`, data };
  }
  return { message: error.message, data };
}
