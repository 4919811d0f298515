import { crc32 } from "node:zlib";

/**
 * An API key as its owner holds it: `tl_live_<public id>_<secret><checksum>`. The checksum lets us (and secret scanners)
 * tell a key from a typing error without asking the database; the public id is what we look up and show (reliability P52).
 */
export const keyPrefix = "tl_live_";

const alphabet = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
const shape = /^(tl_live_([0-9A-Za-z]{8})_[0-9A-Za-z]{43})([0-9A-Za-z]{6})$/;
const publicIdLength = 8;
/** 32 bytes in base 62. */
const secretLength = 43;
const checksumLength = 6;
/** What a public id of eight letters is made of; its few extra bits are dropped. */
const publicIdBytes = 6;
const secretBytes = 32;
export const keyEntropyBytes = publicIdBytes + secretBytes;

function base62(value: bigint, length: number): string {
  let text = "";
  for (let rest = value; text.length < length; rest /= 62n) text = alphabet.charAt(Number(rest % 62n)) + text;
  return text;
}

function bigintOf(bytes: Uint8Array): bigint {
  return bytes.reduce((value, byte) => (value << 8n) | BigInt(byte), 0n);
}

/** On the way of every request, so without big integers: a CRC-32 fits a number. */
function checksum(body: string): string {
  let text = "";
  for (let rest = crc32(body); text.length < checksumLength; rest = Math.floor(rest / 62)) {
    text = alphabet.charAt(rest % 62) + text;
  }
  return text;
}

/** @param entropy `keyEntropyBytes` random bytes */
export function formatKey(entropy: Uint8Array): { key: string; publicId: string } {
  const publicId = base62(bigintOf(entropy.subarray(0, publicIdBytes)), publicIdLength);
  const secret = base62(bigintOf(entropy.subarray(publicIdBytes, keyEntropyBytes)), secretLength);
  const body = `${keyPrefix}${publicId}_${secret}`;
  return { key: body + checksum(body), publicId };
}

/** The public id of a well-formed key, or null for what cannot be one of ours. */
export function publicIdOf(key: string): string | null {
  const [, body, publicId, sum] = shape.exec(key) ?? [];
  if (body === undefined || publicId === undefined || checksum(body) !== sum) return null;
  return publicId;
}

/** How a key is shown after its creation. */
export function keyHint(publicId: string): string {
  return `${keyPrefix}${publicId}_…`;
}
