import { readBaseUrl } from "@/server/clients/base-url";

export type Address = { ok: true; origin: string; path: string } | { ok: false; message: string };

const refuse = (message: string): Address => ({ ok: false, message });

// Matched as it was written, and only this: what no parser changes, no two parsers read differently (reliability P47).
const slackShape =
  /^(https:\/\/hooks\.slack(?:-gov)?\.com)(\/services\/T[A-Z0-9]{1,30}\/B[A-Z0-9]{1,30}\/[A-Za-z0-9]{1,100})$/;

/** The address of an incoming webhook of Slack, or of its installation for the US government. */
export function readSlackUrl(text: string): Address {
  const [, origin, path] = slackShape.exec(text) ?? [];
  return origin !== undefined && path !== undefined
    ? { ok: true, origin, path }
    : refuse("must look like https://hooks.slack.com/services/T…/B…/…, as Slack shows it.");
}

const queryShape = /^[A-Za-z0-9._~%&=+:,-]{1,400}$/;
const pathShape = /^https?:\/\/[^/]+(\/.*)?$/;

/**
 * The address of a system that takes webhooks: a base URL as sources have them, and besides a query, in which many keep
 * their key.
 */
export function readWebhookUrl(text: string, allowPrivate: boolean): Address {
  const [base = "", query, ...more] = text.split("?");
  if (more.length > 0 || (query !== undefined && !queryShape.test(query)))
    return refuse("has something after its “?” that we do not send.");
  const read = readBaseUrl(base, allowPrivate);
  if (!read.ok) return read;
  if (base !== base.trim()) return refuse("has blanks around it.");
  // As it was given: to some a slash at the end makes a difference.
  const path = pathShape.exec(base)?.[1] ?? "/";
  return {
    ok: true,
    origin: new URL(read.url).origin,
    path: query === undefined ? path : `${path}?${query}`,
  };
}
