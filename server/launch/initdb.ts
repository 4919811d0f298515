import { spawn } from "node:child_process";
import {
  chownSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { LaunchError } from "./failure";
import type { Place } from "./place";
import { spawnOptions } from "./server-user";
import type { ClusterOptions } from "./settings";

const stagedPrefix = "initdb-";

/** Makes the cluster beside its final place and moves it there when it is whole; clears away what an interrupted start left. */
export async function ensureCluster(
  place: Place,
  superuserPassword: string,
  options: ClusterOptions,
): Promise<void> {
  for (const name of readdirSync(place.folder)) {
    if (name.startsWith(stagedPrefix)) rmSync(join(place.folder, name), { recursive: true, force: true });
  }
  if (existsSync(place.cluster)) {
    requireSameMajor(place);
    return;
  }

  const staged = mkdtempSync(join(place.folder, stagedPrefix));
  const passwordFile = join(staged, "password");
  const made = join(staged, "cluster");
  try {
    mkdirSync(made, { mode: 0o700 });
    writeFileSync(passwordFile, `${superuserPassword}\n`, { mode: 0o600 });
    if (place.user)
      for (const path of [staged, made, passwordFile]) chownSync(path, place.user.uid, place.user.gid);
    await runInitdb(place, [
      `--pgdata=${made}`,
      `--pwfile=${passwordFile}`,
      "--username=postgres",
      "--auth=scram-sha-256",
      "--encoding=UTF8",
      "--locale=C",
      "--locale-provider=builtin",
      "--builtin-locale=C.UTF-8",
      ...(options.disposable ? ["--no-sync"] : []),
    ]);
    renameSync(made, place.cluster);
  } finally {
    rmSync(staged, { recursive: true, force: true });
  }
}

function requireSameMajor({ cluster, binaries }: Place): void {
  const major = readFileSync(join(cluster, "PG_VERSION"), "utf8").trim();
  if (major === binaries.major) return;
  throw new LaunchError(
    `The data folder ${cluster} belongs to PostgreSQL ${major}, and this is PostgreSQL ${binaries.major}: export it with the old version first, or choose another DATA_DIR.`,
  );
}

function runInitdb(place: Place, args: string[]): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(join(place.binaries.folder, "bin", "initdb"), args, {
      ...spawnOptions(place.user),
      stdio: ["ignore", "ignore", "pipe"],
    });
    let said = "";
    child.stderr.setEncoding("utf8").on("data", (text: string) => (said += text));
    child.on("error", reject);
    child.on("close", (code) => {
      if (code === 0) resolve();
      else if (said.includes("No space left on device"))
        reject(new LaunchError(`There is no space left on the disk of ${place.folder}.`));
      else
        reject(new LaunchError(`initdb could not make the database in ${place.folder}: ${lastLine(said)}`));
    });
  });
}

function lastLine(text: string): string {
  return (
    text
      .trim()
      .split("\n")
      .find((line) => line.includes("error:") || line.includes("FATAL")) ??
    (text.trim() || "it said nothing.")
  );
}
