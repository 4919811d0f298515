import { spawnSync } from "node:child_process";
import { readFileSync, statSync } from "node:fs";

/** Whom the Postgres processes run as. Undefined: as ourselves, which Postgres allows to anybody but root. */
export type ServerUser = { uid: number; gid: number } | undefined;

/**
 * Postgres refuses to run as root, so root lends it another identity: the owner of an existing cluster,
 * else the system's `postgres`, else `nobody`.
 */
export function chooseServerUser(clusterFolder: string | undefined): ServerUser {
  if (process.getuid?.() !== 0) return undefined;
  const owner = clusterFolder === undefined ? undefined : statSync(clusterFolder, { throwIfNoEntry: false });
  if (owner && owner.uid !== 0) return { uid: owner.uid, gid: owner.gid };
  const accounts = readFileSync("/etc/passwd", "utf8")
    .split("\n")
    .map((line) => line.split(":"));
  for (const name of ["postgres", "nobody"]) {
    const account = accounts.find(([login]) => login === name);
    if (account) return { uid: Number(account[2]), gid: Number(account[3]) };
  }
  return { uid: 65534, gid: 65534 };
}

/** Whether that user gets as far as this folder: any ancestor may be closed to it, as /root is. */
export function canReach(user: ServerUser, folder: string): boolean {
  if (!user) return true;
  return (
    spawnSync("/bin/sh", ["-c", 'test -x "$1/."', "sh", folder], { ...spawnOptions(user), stdio: "ignore" })
      .status === 0
  );
}

/** How to spawn as that user: from a folder it may enter, with nothing of our environment. */
export function spawnOptions(user: ServerUser) {
  const env: NodeJS.ProcessEnv = { NODE_ENV: "production", LC_ALL: "C", TZ: "UTC", PATH: "/usr/bin:/bin" };
  return { ...user, cwd: "/", env };
}
