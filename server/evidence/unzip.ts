import { createReadStream, createWriteStream } from "node:fs";
import { open } from "node:fs/promises";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";
import { createInflateRaw } from "node:zlib";

interface Entry {
  name: string;
  method: number;
  packedBytes: number;
  offset: number;
}

const endMark = 0x06054b50;
const entryMark = 0x02014b50;
const localHeader = 30;

/** The files of a zip as its directory tells them. @throws Error for what is no zip, or one of more than 4 GB */
function entriesOf(directory: Buffer, count: number): Entry[] {
  const entries: Entry[] = [];
  for (let at = 0; entries.length < count;) {
    if (directory.readUInt32LE(at) !== entryMark) throw new Error("The zip's directory is broken.");
    const [nameLength, extra, comment] = [28, 30, 32].map((place) => directory.readUInt16LE(at + place)) as [number, number, number]; // prettier-ignore
    const entry = {
      name: directory.toString("utf8", at + 46, at + 46 + nameLength),
      method: directory.readUInt16LE(at + 10),
      packedBytes: directory.readUInt32LE(at + 20),
      offset: directory.readUInt32LE(at + 42),
    };
    if (entry.packedBytes === 0xffffffff || entry.offset === 0xffffffff)
      throw new Error("The zip is larger than 4 GB: extract it yourself, then use --folder.");
    if (!/^[\w.-]+$/.test(entry.name)) throw new Error(`${entry.name}: a pack has no such file.`);
    entries.push(entry);
    at += 46 + nameLength + extra + comment;
  }
  return entries;
}

/** Extracts a pack's files into a folder. */
export async function unzip(zip: string, folder: string): Promise<void> {
  const file = await open(zip, "r");
  try {
    const { size } = await file.stat();
    const tail = Buffer.alloc(Math.min(size, 65_557));
    await file.read(tail, 0, tail.length, size - tail.length);
    let end = tail.length - 22;
    while (end >= 0 && tail.readUInt32LE(end) !== endMark) end -= 1;
    if (end < 0) throw new Error("This is no zip, or not a whole one.");
    const directory = Buffer.alloc(tail.readUInt32LE(end + 12));
    await file.read(directory, 0, directory.length, tail.readUInt32LE(end + 16));
    for (const { name, method, packedBytes, offset } of entriesOf(directory, tail.readUInt16LE(end + 10))) {
      const header = Buffer.alloc(localHeader);
      await file.read(header, 0, localHeader, offset);
      const begin = offset + localHeader + header.readUInt16LE(26) + header.readUInt16LE(28);
      const target = createWriteStream(join(folder, name), { flags: "wx" });
      if (packedBytes === 0) {
        target.end();
        continue;
      }
      const source = createReadStream(zip, { start: begin, end: begin + packedBytes - 1 });
      if (method === 8) await pipeline(source, createInflateRaw(), target);
      else await pipeline(source, target);
    }
  } finally {
    await file.close();
  }
}
