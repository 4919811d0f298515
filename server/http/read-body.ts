import type { IncomingMessage } from "node:http";
import { promisify } from "node:util";
import { gunzip } from "node:zlib";
import { DomainError } from "@/server/errors";

export interface BodyLimits {
  /** Of what is sent. */
  maxBytes: number;
  /** Of what it becomes: a megabyte of gzip can hold a gigabyte (reliability P26). */
  maxInflatedBytes: number;
}

const inflate = promisify(gunzip);
const tooLarge = () => new DomainError("PAYLOAD_TOO_LARGE", "This body is too large; send less at once.");

/**
 * A request's body, unpacked where it is gzip. Neither reading nor inflating goes on beyond its limit.
 * @throws DomainError PAYLOAD_TOO_LARGE, UNSUPPORTED_MEDIA (another encoding), INVALID_INPUT (it broke off, no gzip)
 */
export async function readBody(req: IncomingMessage, limits: BodyLimits): Promise<Buffer> {
  const encoding = (req.headers["content-encoding"] ?? "identity").trim().toLowerCase();
  if (encoding !== "identity" && encoding !== "gzip" && encoding !== "")
    throw new DomainError("UNSUPPORTED_MEDIA", "Send the body plain or as gzip.");
  const sent = await readAll(req, limits.maxBytes);
  return encoding === "gzip" ? unpack(sent, limits.maxInflatedBytes) : sent;
}

async function readAll(req: IncomingMessage, maxBytes: number): Promise<Buffer> {
  if (Number(req.headers["content-length"] ?? 0) > maxBytes) throw tooLarge();
  const chunks: Buffer[] = [];
  let bytes = 0;
  try {
    for await (const chunk of req) {
      const part = chunk as Buffer;
      bytes += part.length;
      if (bytes > maxBytes) throw tooLarge();
      chunks.push(part);
    }
  } catch (cause) {
    if (cause instanceof DomainError) throw cause;
    throw new DomainError("INVALID_INPUT", "The body broke off.", {}, { cause });
  }
  return Buffer.concat(chunks, bytes);
}

async function unpack(packed: Buffer, maxOutputLength: number): Promise<Buffer> {
  try {
    return await inflate(packed, { maxOutputLength });
  } catch (cause) {
    if (cause instanceof RangeError) throw tooLarge();
    throw new DomainError("INVALID_INPUT", "The body is not the gzip that it claims to be.", {}, { cause });
  }
}
