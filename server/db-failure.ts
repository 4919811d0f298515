import { DomainError, isDomainError } from "@/server/errors";

/** Codes of Prisma and SQLSTATEs after which a repeat makes sense (measured: reliability P18). */
const passing = new Set([
  "P1001",
  "P1002",
  "P1008",
  "P1017",
  "P2024",
  "P2028",
  "P2034",
  "P2037",
  "57P01",
  "57P02",
  "57P03",
  "53300",
  "53100",
  "40001",
  "40P01",
  "57014",
  "55P03",
  "08006",
  "08001",
  "08003",
  "ECONNREFUSED",
  "ECONNRESET",
  "EPIPE",
  "ETIMEDOUT",
]);
/** pg and its pool throw plain errors for these. */
const passingText =
  /query read timeout|timeout exceeded when trying to connect|connection error|connection terminated|can't reach database server|server has closed the connection|not queryable|connection ended/i;
/** The database refused a value that our own checks let through: the caller's input, not our fault. */
const badValue = /^(22...|23514)$/;

interface Coded {
  code?: unknown;
  message?: unknown;
  meta?: unknown;
  cause?: unknown;
}

/** Prisma's code and any SQLSTATE below it, outermost first. */
export function failureCodes(error: unknown, depth = 0): string[] {
  if (typeof error !== "object" || error === null || depth > 6) return [];
  const { code, meta, cause } = error as Coded;
  const own = typeof code === "string" ? [code] : [];
  const original =
    "originalCode" in error && typeof error.originalCode === "string" ? [error.originalCode] : [];
  const inner = [
    cause,
    meta,
    ...(typeof meta === "object" && meta !== null ? (Object.values(meta) as unknown[]) : []),
  ];
  return [...own, ...original, ...inner.flatMap((value) => failureCodes(value, depth + 1))];
}

export function isPassing(error: unknown): boolean {
  if (failureCodes(error).some((code) => passing.has(code))) return true;
  return error instanceof Error && passingText.test(error.message);
}

/** Whether two transactions got into each other's way, and the same one may simply be run again. */
export function isConflict(error: unknown): boolean {
  return failureCodes(error).some((code) => code === "40001" || code === "40P01" || code === "P2034");
}

/** Maps what the database threw to a domain error; what it does not know it hands back as it is. */
export function asDatabaseFailure(error: unknown): unknown {
  if (isDomainError(error)) return error;
  if (isPassing(error)) {
    return new DomainError(
      "UNAVAILABLE",
      "The database is not answering; please try again.",
      { retryAfterSeconds: 2 },
      { cause: error },
    );
  }
  const codes = failureCodes(error);
  if (codes.includes("P2002") || codes.includes("23505")) {
    return new DomainError("CONFLICT", "This exists already.", {}, { cause: error });
  }
  if (codes.some((code) => badValue.test(code) || code === "P2020" || code === "P2007")) {
    return new DomainError("INVALID_INPUT", "A value is outside what can be stored.", {}, { cause: error });
  }
  return error;
}
