import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { unzip } from "./unzip";

const usage = `npm run evidence -- pack.zip            checks a pack: extracts it and runs the pack's own recompute.mjs
npm run evidence -- --folder extracted   the same of a pack that is extracted already`;

function run(script: string): Promise<number> {
  return new Promise((done, fail) => {
    const child = spawn(process.execPath, [script], { stdio: "inherit" });
    child.on("error", fail);
    child.on("close", (code) => {
      done(code ?? 1);
    });
  });
}

/** @returns the exit code */
async function check(args: string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args,
    options: { folder: { type: "string" } },
    allowPositionals: true,
  });
  const [zip] = positionals;
  if (values.folder !== undefined && zip === undefined)
    return run(join(resolve(values.folder), "recompute.mjs"));
  if (zip === undefined || values.folder !== undefined || positionals.length > 1) {
    console.error(usage);
    return 2;
  }
  const folder = mkdtempSync(join(tmpdir(), "evidence-"));
  try {
    await unzip(resolve(zip), folder);
    return await run(join(folder, "recompute.mjs"));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

try {
  process.exitCode = await check(process.argv.slice(2));
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 2;
}
