import { chmodSync, chownSync, existsSync, mkdirSync, mkdtempSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { z } from "zod";
import { type Binaries, copyBinaries, findBinaries } from "./binaries";
import { LaunchError } from "./failure";
import { canReach, chooseServerUser, type ServerUser } from "./server-user";
import { writeWhole } from "./write-whole";

/** Where a cluster lives and who runs it. */
export interface Place {
  /** Owned by the server's user; holds the cluster and, where needed, a copy of the binaries. */
  folder: string;
  /** PGDATA; it does not exist before the first start. */
  cluster: string;
  binaries: Binaries;
  user: ServerUser;
  /** Said to the person who starts us when things are not where they would be looked for. */
  notice?: string;
}

const Elsewhere = z.object({ folder: z.string() });

/**
 * Usually `DATA_DIR/postgres`. Started by root below a folder that only root may enter, Postgres (which then runs as
 * somebody else) could reach neither its data nor its binaries: both get a folder of their own, noted in `cluster.json`.
 */
export function choosePlace(dataFolder: string): Place {
  const note = join(dataFolder, "cluster.json");
  const inside = join(dataFolder, "postgres");
  if (existsSync(note)) {
    const { folder } = Elsewhere.parse(JSON.parse(readFileSync(note, "utf8")));
    if (!existsSync(folder))
      throw new LaunchError(`${note} says that the database is in ${folder}, but that folder is gone.`);
    return prepare(
      folder,
      `the database is in ${folder}: Postgres may not run as root, and no other user can enter ${dataFolder}`,
    );
  }
  if (canReach(chooseServerUser(join(inside, "cluster")), dataFolder)) {
    mkdirSync(inside, { recursive: true });
    return prepare(inside);
  }
  if (existsSync(inside)) {
    throw new LaunchError(
      `The user that the database in ${inside} belongs to can't reach it; open the folders above (chmod o+x).`,
    );
  }
  const folder = makeFolderOutside();
  writeWhole(note, `${JSON.stringify({ folder })}\n`);
  return choosePlace(dataFolder);
}

function prepare(folder: string, notice?: string): Place {
  const cluster = join(folder, "cluster");
  const user = chooseServerUser(cluster);
  if (user) {
    chmodSync(folder, 0o700);
    chownSync(folder, user.uid, user.gid);
  }
  const binaries = findBinaries();
  const reachable = canReach(user, join(binaries.folder, "bin"));
  return { folder, cluster, user, binaries: reachable ? binaries : copyBinaries(binaries, folder), notice };
}

function makeFolderOutside(): string {
  for (const base of ["/var/lib/tokenledger", join(tmpdir(), "tokenledger")]) {
    try {
      mkdirSync(base, { recursive: true, mode: 0o755 });
      return mkdtempSync(join(base, "data-"));
    } catch {
      // A read-only /var is common in containers: the next place may do.
      continue;
    }
  }
  throw new LaunchError(
    "The database's user can reach no folder: neither /var/lib nor the temporary folder can be written.",
  );
}
