import { createHmac } from "node:crypto";

/** JSON with sorted keys and no spaces (RFC 8785), the form that the SDK signs and verifies. */
export function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map((item) => canonicalJson(item ?? null)).join(",")}]`;
  if (typeof value === "object" && value !== null) {
    const members = Object.entries(value)
      .filter(([, member]) => member !== undefined)
      .sort(([one], [other]) => (one < other ? -1 : 1))
      .map(([key, member]) => `${JSON.stringify(key)}:${canonicalJson(member)}`);
    return `{${members.join(",")}}`;
  }
  return JSON.stringify(value);
}

/**
 * The value of x-inngest-signature for a canonical body. The SDK refuses signatures five minutes off its own clock.
 * @param signingKey with or without its prefix "signkey-…-"
 */
export function sign(body: string, signingKey: string, at: Date): string {
  const seconds = String(Math.floor(at.getTime() / 1000));
  const key = signingKey.replace(/^signkey-\w+-/, "");
  return `t=${seconds}&s=${createHmac("sha256", key).update(body).update(seconds).digest("hex")}`;
}
