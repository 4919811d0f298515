import { createHash } from "node:crypto";
import { createWriteStream, existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { spawn } from "node:child_process";
import { join } from "node:path";
import { LaunchError } from "./failure";
import { root } from "./root";

const stamp = join(root, ".next", "tokenledger-sources");
const sources = ["app", "server", "inngest", "public", "prisma/schema"];
const files = ["next.config.mjs", "postcss.config.mjs", "package-lock.json"];

/** A digest of all that the web app is built from. */
export function hashSources(): string {
  const digest = createHash("sha256");
  const inFolders = sources.flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && !/\.test\.tsx?$/.test(entry.name))
      .map((entry) => join(entry.parentPath, entry.name)),
  );
  for (const file of [...inFolders, ...files.map((name) => join(root, name))].sort()) {
    if (existsSync(file))
      digest.update(file.slice(root.length)).update("\0").update(readFileSync(file)).update("\0");
  }
  return digest.digest("hex");
}

export function isBuilt(hash: string): boolean {
  return existsSync(stamp) && readFileSync(stamp, "utf8") === hash;
}

/** Builds the web app. What the build says goes to the log file, whose end is shown when it fails. */
export async function buildWeb(
  hash: string,
  environment: NodeJS.ProcessEnv,
  logFile: string,
  stop: AbortSignal,
): Promise<void> {
  rmSync(stamp, { force: true });
  const code = await runBuild(environment, logFile, stop);
  stop.throwIfAborted();
  if (code !== 0) {
    const said = readFileSync(logFile, "utf8").trim();
    if (said.includes("ENOSPC")) throw new LaunchError("There is no space left on the disk for the web app.");
    throw new LaunchError(
      `The web app could not be built; the end of ${logFile}:\n${said.split("\n").slice(-40).join("\n")}`,
    );
  }
  writeFileSync(stamp, hash);
}

function runBuild(
  environment: NodeJS.ProcessEnv,
  logFile: string,
  stop: AbortSignal,
): Promise<number | null> {
  return new Promise((resolve, reject) => {
    const log = createWriteStream(logFile);
    const child = spawn(process.execPath, [join(root, "node_modules/next/dist/bin/next"), "build"], {
      cwd: root,
      // Refused in production, which a build always is; it runs no job.
      env: { ...environment, NEXT_TELEMETRY_DISABLED: "1", NODE_ENV: "production", INNGEST_DEV: undefined },
      stdio: ["ignore", "pipe", "pipe"],
    });
    child.stdout.pipe(log, { end: false });
    child.stderr.pipe(log, { end: false });
    const end = () => void child.kill("SIGTERM");
    stop.addEventListener("abort", end);
    process.once("exit", end);
    child.on("error", reject);
    child.on("close", (code) => {
      stop.removeEventListener("abort", end);
      process.off("exit", end);
      log.end(() => resolve(code));
    });
  });
}
