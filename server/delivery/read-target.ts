import { mailIsConfigured } from "@/server/clients/email";
import { outboundRules } from "@/server/clients/outbound-rules";
import { DomainError } from "@/server/errors";
import { readSlackUrl, readWebhookUrl } from "./addresses";
import type { DestinationKind } from "./schemas";
import type { Target } from "./target";

export const noMail =
  "This installation cannot send mail: its operator has to set SMTP_URL and SMTP_FROM first.";

/**
 * The target that somebody named, if messages may go there.
 * @param secret of a webhook, to sign with
 * @throws DomainError INVALID_INPUT with what is wrong with it, CONFLICT for mail where none can be sent
 */
export function readTarget(
  kind: DestinationKind,
  asked: { url?: string; to?: readonly string[] },
  secret: string,
): Target {
  if (kind === "email") {
    if (!mailIsConfigured) throw new DomainError("CONFLICT", noMail);
    if (!asked.to) throw new DomainError("INVALID_INPUT", "Name at least one address.", { field: "to" });
    return { kind, to: [...new Set(asked.to)] };
  }
  const url = asked.url ?? "";
  const read = kind === "slack" ? readSlackUrl(url) : readWebhookUrl(url, outboundRules.allowPrivate);
  if (!read.ok) throw new DomainError("INVALID_INPUT", `The address ${read.message}`, { field: "url" });
  return kind === "slack" ? { kind, url } : { kind, url, secret };
}
