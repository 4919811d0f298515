import { createReadStream, createWriteStream } from "node:fs";
import { open, rm } from "node:fs/promises";
import { pipeline } from "node:stream/promises";
import { createGunzip } from "node:zlib";
import { DomainError } from "@/server/errors";
import { maxBillFileBytes } from "./schemas";

const tooLarge = () =>
  new DomainError(
    "PAYLOAD_TOO_LARGE",
    `A bill's file may have ${String(maxBillFileBytes / 1024 / 1024)} MB once it is unpacked; send it month by month.`,
  );

async function beginningOf(file: string): Promise<Buffer> {
  const handle = await open(file);
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(4), 0, 4, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await handle.close();
  }
}

/**
 * Hands a plain CSV file to `read`: the file itself, or what gzip packed into it, which is gone afterwards.
 * @throws DomainError INVALID_INPUT for what is no CSV, PAYLOAD_TOO_LARGE
 */
export async function withPlainFile<T>(
  { file, bytes }: { file: string; bytes: number },
  read: (plain: string) => Promise<T>,
): Promise<T> {
  const beginning = await beginningOf(file);
  if (beginning.toString("latin1") === "PAR1" || beginning.subarray(0, 2).toString("latin1") === "PK")
    throw new DomainError("INVALID_INPUT", "This is no CSV file. Export the bill as CSV; gzip is fine.", {
      field: "file",
    });
  if (beginning[0] !== 0x1f || beginning[1] !== 0x8b) {
    if (bytes > maxBillFileBytes) throw tooLarge();
    return read(file);
  }
  const plain = `${file}.${process.pid}-${performance.now().toString(36)}.data`;
  try {
    await pipeline(
      createReadStream(file),
      createGunzip(),
      counted,
      createWriteStream(plain, { mode: 0o600 }),
    );
    return await read(plain);
  } catch (error) {
    const code = error instanceof Error && "code" in error ? String(error.code) : "";
    if (!code.startsWith("Z_")) throw error;
    throw new DomainError("INVALID_INPUT", "This file is packed, but not whole. Download it again.", {
      field: "file",
    });
  } finally {
    await rm(plain, { force: true });
  }
}

/** A small file may unpack to any size. */
async function* counted(chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let bytes = 0;
  for await (const chunk of chunks) {
    bytes += chunk.byteLength;
    if (bytes > maxBillFileBytes) throw tooLarge();
    yield chunk;
  }
}
