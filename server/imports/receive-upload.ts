import { createHash } from "node:crypto";
import { createWriteStream } from "node:fs";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { DomainError } from "@/server/errors";
import { maxUploadBytes } from "./schemas";
import { confirmUpload, dataFileOf, removeUpload } from "./uploads";

// The browser's type of a stream knows no `for await`, although Node's has it.
async function* chunksOf(body: ReadableStream<Uint8Array>): AsyncGenerator<Uint8Array> {
  const reader = body.getReader();
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return;
    yield value;
  }
}

/**
 * Writes a body to disk as it comes, never holding it whole.
 * @throws DomainError PAYLOAD_TOO_LARGE, INVALID_INPUT when it is empty
 */
export async function receiveUpload(
  id: string,
  body: ReadableStream<Uint8Array>,
  limit = maxUploadBytes,
): Promise<{ bytes: number }> {
  const hash = createHash("sha256");
  let bytes = 0;
  async function* counted() {
    for await (const chunk of chunksOf(body)) {
      bytes += chunk.byteLength;
      if (bytes > limit) {
        throw new DomainError(
          "PAYLOAD_TOO_LARGE",
          `The file is larger than ${String(Math.floor(limit / 1024 / 1024))} MB; use npm run import for it.`,
        );
      }
      hash.update(chunk);
      yield chunk;
    }
  }
  try {
    await pipeline(Readable.from(counted()), createWriteStream(dataFileOf(id), { flags: "wx", mode: 0o600 }));
    if (bytes === 0) throw new DomainError("INVALID_INPUT", "The file is empty.", { field: "file" });
    await confirmUpload(id, { sha256: hash.digest("hex"), bytes });
    return { bytes };
  } catch (error) {
    await removeUpload(id);
    throw error;
  }
}
