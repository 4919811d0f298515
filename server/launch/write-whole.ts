import { randomBytes } from "node:crypto";
import { closeSync, fsyncSync, openSync, renameSync, rmSync, writeSync } from "node:fs";

/** Writes a file so that a reader, or a crash, finds either the old content or all of the new. */
export function writeWhole(file: string, text: string, mode = 0o644): void {
  const staged = `${file}.${randomBytes(4).toString("hex")}`;
  try {
    const descriptor = openSync(staged, "wx", mode);
    try {
      writeSync(descriptor, text);
      fsyncSync(descriptor);
    } finally {
      closeSync(descriptor);
    }
    renameSync(staged, file);
  } catch (error) {
    rmSync(staged, { force: true });
    throw error;
  }
}
