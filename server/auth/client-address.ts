import { isIPv6 } from "node:net";

const privateRanges = [
  /^127\./,
  /^10\./,
  /^192\.168\./,
  /^172\.(1[6-9]|2\d|3[01])\./,
  /^::1$/,
  /^f[cd]/i,
  /^fe80:/i,
];

function plain(address: string): string {
  return address.trim().replace(/^::ffff:(?=\d+\.)/i, "");
}

function isPrivate(address: string): boolean {
  return privateRanges.some((range) => range.test(address));
}

/**
 * Who sent a request, for rate limits. What a header claims counts only if the connection comes from a private network,
 * where a proxy of ours stands; of a chain it is the last hop, which that proxy wrote itself.
 */
export function clientAddress(peer: string | undefined, forwardedFor: string | string[] | undefined): string {
  const own = plain(peer ?? "");
  if (!isPrivate(own)) return own === "" ? "unknown" : own;
  const hops = [forwardedFor ?? []].flat().join(",").split(",").map(plain);
  return hops.at(-1) || own;
}

/** For doors behind our own server, which has put `clientAddress` in the place of the header. */
export function forwardedAddress(forwardedFor: string | null): string {
  return forwardedFor?.split(",").map(plain).at(-1) || "unknown";
}

/** One counter a household: an IPv6 subscriber owns a whole /64. */
export function addressGroup(address: string): string {
  if (!isIPv6(address)) return address;
  const [head = "", tail] = address.toLowerCase().split("::");
  const left = head === "" ? [] : head.split(":");
  const right = tail === undefined || tail === "" ? [] : tail.split(":");
  const zeros = Array.from({ length: Math.max(8 - left.length - right.length, 0) }, () => "0");
  const groups = tail === undefined ? left : [...left, ...zeros, ...right];
  return `${groups.slice(0, 4).join(":")}::/64`;
}
