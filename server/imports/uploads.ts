import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { mkdir, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { env } from "@/server/env";
import { DomainError } from "@/server/errors";

/** A file that a member sent, waiting to be imported. It lies in the data folder of the process that received it. */
export interface Upload {
  id: string;
  tenantId: string;
  fileName: string;
  file: string;
  sha256: string;
  bytes: number;
}

const Facts = z.object({ tenantId: z.string(), fileName: z.string() });
const Received = z.object({ sha256: z.string(), bytes: z.number() });
const keptMs = 24 * 3_600_000;

const folder = () => join(env.DATA_DIR, "uploads");
/** Ids are checked to be UUIDs where they come in, so no path leads out of the folder. */
const paths = (id: string) => {
  const base = join(folder(), id);
  return { facts: `${base}.json`, data: `${base}.data`, received: `${base}.received.json` };
};
export const dataFileOf = (id: string) => paths(id).data;

export async function reserveUpload(id: string, tenantId: string, fileName: string): Promise<void> {
  await mkdir(folder(), { recursive: true, mode: 0o700 });
  await writeFile(paths(id).facts, JSON.stringify({ tenantId, fileName }), { flag: "wx", mode: 0o600 });
}

/** The file is whole. */
export async function confirmUpload(id: string, received: { sha256: string; bytes: number }): Promise<void> {
  await writeFile(paths(id).received, JSON.stringify(received), { mode: 0o600 });
}

async function readJson(file: string): Promise<unknown> {
  const text = await readFile(file, "utf8").catch(() => null);
  return text === null ? null : JSON.parse(text);
}

/** @throws DomainError NOT_FOUND when it is not the tenant's, is not whole, or was cleared away */
export async function findUpload(id: string, tenantId: string): Promise<Upload> {
  const facts = Facts.safeParse(await readJson(paths(id).facts));
  const received = Received.safeParse(await readJson(paths(id).received));
  if (!facts.success || !received.success || facts.data.tenantId !== tenantId) {
    throw new DomainError("NOT_FOUND", "This upload is not here (any more); please send the file again.");
  }
  return { id, file: paths(id).data, ...facts.data, ...received.data };
}

export async function removeUpload(id: string): Promise<void> {
  await Promise.all(Object.values(paths(id)).map((file) => rm(file, { force: true })));
}

/** Files that nobody came back for. */
export async function clearStaleUploads(now: Date): Promise<void> {
  for (const name of await readdir(folder()).catch(() => [])) {
    const file = join(folder(), name);
    const found = await stat(file).catch(() => null);
    if (found && now.getTime() - found.mtimeMs > keptMs) await rm(file, { force: true });
  }
}

/** SHA-256 of a file, in hex. */
export async function sha256Of(file: string): Promise<string> {
  const hash = createHash("sha256");
  for await (const chunk of createReadStream(file)) hash.update(chunk as Buffer);
  return hash.digest("hex");
}
