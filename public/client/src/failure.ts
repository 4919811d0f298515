import { at } from "@/server/provider-usage/fields";
import type { Call } from "./api";

const byStatus: Record<number, string> = {
  400: "invalid_request",
  401: "unauthorized",
  403: "forbidden",
  404: "not_found",
  408: "timeout",
  413: "invalid_request",
  422: "invalid_request",
  429: "rate_limited",
  503: "overloaded",
  529: "overloaded",
};

/**
 * What a failed attempt was. A provider that answers with an error bills nothing; where no answer came, the work may have
 * been done and billed, and only the bill will tell.
 */
export function failureFacts(error: unknown): Pick<Call, "errorClass" | "billed"> {
  const status = at(error, "status") ?? at(error, "statusCode");
  if (typeof status === "number") {
    return {
      errorClass: byStatus[status] ?? (status >= 500 ? "server_error" : `status_${status}`),
      billed: "no",
    };
  }
  // The SDKs' errors are named by their class, which bundlers rename; the platform's by their name. The text stays here.
  const {
    constructor,
    name: own,
    message,
  } = Object(error) as { constructor?: { name?: unknown }; name?: unknown; message?: unknown };
  const name = [constructor?.name, own, message].filter((part) => typeof part === "string").join(" ");
  if (/time(d )?-?out/i.test(name)) return { errorClass: "timeout", billed: "unknown" };
  if (/abort/i.test(name)) return { errorClass: "aborted", billed: "unknown" };
  return { errorClass: /connection|fetch|TypeError/i.test(name) ? "connection" : "error", billed: "unknown" };
}
