import { lookup } from "node:dns";
import { env } from "@/server/env";
import type { OutboundRules } from "./outbound";

/** How this installation asks systems of its tenants. Pages of Langfuse have 5 MB at most. */
export const outboundRules: OutboundRules = {
  allowPrivate: env.ALLOW_PRIVATE_SOURCES === "on",
  resolve: lookup,
  timeoutMs: 15_000,
  maxAnswerBytes: 6 * 1024 * 1024,
};
