import { createHash } from "node:crypto";
import { PassThrough, Readable } from "node:stream";
import { ZipFile } from "yazl";

export interface PackedFile {
  name: string;
  bytes: number;
  sha256: string;
}

/** A file of the pack; made when its turn comes, after those before it were written. */
export type FileMaker = readonly [name: string, make: () => AsyncIterable<Uint8Array>];

async function* hashed([name, make]: FileMaker, done: (file: PackedFile) => void): AsyncIterable<Uint8Array> {
  const hash = createHash("sha256");
  let bytes = 0;
  for await (const chunk of make()) {
    hash.update(chunk);
    bytes += chunk.byteLength;
    yield chunk;
  }
  done({ name, bytes, sha256: hash.digest("hex") });
}

/**
 * A zip of files, one after the other, a chunk at a time. An error in any of them breaks the zip off.
 * @param files told of each file when it is written, before the next one is begun
 */
export function zipOf(
  makers: readonly FileMaker[],
  { at, files }: { at: Date; files: (file: PackedFile) => void },
): AsyncIterable<Uint8Array> {
  const zip = new ZipFile();
  const output = new PassThrough();
  zip.outputStream.pipe(output);
  zip.on("error", (error: Error) => output.destroy(error));
  for (const maker of makers) {
    zip.addReadStreamLazy(maker[0], { mtime: at }, (answer) => {
      const source = Readable.from(hashed(maker, files), { objectMode: false });
      source.on("error", (error) => output.destroy(error));
      answer(null, source);
    });
  }
  zip.end();
  return output;
}

export async function* once(text: string | Promise<string>): AsyncIterable<Uint8Array> {
  yield Buffer.from(await text);
}
