import type { LoggerInstance } from "next-auth";
import pino from "pino";
import { env } from "@/server/env";

const log = pino({ name: "auth", level: env.LOG_LEVEL });

/** next-auth hands over tokens, addresses and whatever a client posts to its log route; only its codes may be kept. */
function code(value: unknown): string {
  return typeof value === "string" && /^[A-Z_]{1,60}$/.test(value) ? value : "UNKNOWN";
}

export const authLog: LoggerInstance = {
  error: (name) => log.error({ code: code(name) }, "next-auth"),
  warn: (name) => log.warn({ code: code(name) }, "next-auth"),
  debug: (name) => log.debug({ code: code(name) }, "next-auth"),
};

/** Something failed that the caller is told nothing about. */
export function logFailure(what: string, error: unknown): void {
  log.error({ err: error }, what);
}
