import {
  accessSync,
  constants,
  linkSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statfsSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { LaunchError, systemCode } from "./failure";

/** What a first start with the demo tenant needs, with room to grow. */
const neededMegabytes = 600;

/** Makes the data folder if it is missing, and refuses one that can't be used or is nearly full. */
export function prepareDataFolder(folder: string): void {
  try {
    mkdirSync(folder, { recursive: true });
    accessSync(folder, constants.R_OK | constants.W_OK | constants.X_OK);
  } catch (error) {
    const code = systemCode(error);
    if (code === "ENOSPC") throw new LaunchError(`There is no space left on the disk of ${folder}.`);
    if (code === "ENOTDIR" || code === "EEXIST")
      throw new LaunchError(`The data folder ${folder} is not a folder; choose another DATA_DIR.`);
    throw new LaunchError(
      `The data folder ${folder} can't be read and written (${code}); change its rights, or choose another DATA_DIR.`,
    );
  }
  const { bavail, bsize } = statfsSync(folder);
  const freeMegabytes = Math.floor((bavail * bsize) / 1024 / 1024);
  if (freeMegabytes < neededMegabytes) {
    throw new LaunchError(
      `Only ${freeMegabytes} MB are free on the disk of ${folder}, and ${neededMegabytes} MB are needed.`,
    );
  }
}

/**
 * Makes us the only one on this data folder until we end, cleanly or not.
 * @throws LaunchError when another process uses it
 */
export function lockDataFolder(folder: string): () => void {
  const lock = join(folder, "running");
  const mine = `${process.pid} ${birthOf(process.pid)}`;
  const staged = `${lock}.${process.pid}`;
  writeFileSync(staged, mine);
  try {
    for (let attempt = 0; attempt < 3; attempt++) {
      if (tryLink(staged, lock)) {
        const release = () => rmSync(lock, { force: true });
        process.once("exit", release);
        return release;
      }
      refuseIfAlive(lock, folder);
    }
    throw new LaunchError(`Tokenledger is being started on the data folder ${folder} by somebody else.`);
  } finally {
    rmSync(staged, { force: true });
  }
}

// A hard link appears whole or not at all, so nobody ever reads half a lock.
function tryLink(staged: string, lock: string): boolean {
  try {
    linkSync(staged, lock);
    return true;
  } catch (error) {
    if (systemCode(error) === "EEXIST") return false;
    throw error;
  }
}

function refuseIfAlive(lock: string, folder: string): void {
  const holder = readFileSync(lock, "utf8");
  const [pid = "", birth = ""] = holder.split(" ");
  const other = Number(pid);
  if (other > 0 && other !== process.pid && isAlive(other) && birthOf(other) === birth) {
    throw new LaunchError(
      `Tokenledger already runs on the data folder ${folder} (process ${pid}); stop it first, or choose another DATA_DIR.`,
    );
  }
  // Whoever else clears the same stale lock must not remove the one that follows it.
  const stale = `${lock}.stale.${process.pid}`;
  renameSync(lock, stale);
  if (readFileSync(stale, "utf8") !== holder) tryLink(stale, lock);
  rmSync(stale, { force: true });
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return systemCode(error) === "EPERM";
  }
}

/** When a process began, in the kernel's clock: ids are reused, above all in containers. Empty where the system won't tell. */
function birthOf(pid: number): string {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    return stat.slice(stat.lastIndexOf(")") + 2).split(" ")[19] ?? "";
  } catch {
    return "";
  }
}
