import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { dirname, join } from "node:path";

const place = join("server", "evidence", "recompute.mjs");

/** Folders above the process's own script and above where it was started: a bundle is elsewhere than its sources. */
function* foldersAbove(): Generator<string> {
  for (const start of [process.argv[1] ?? "/", join(process.cwd(), "x")]) {
    for (let folder = dirname(start); ; folder = dirname(folder)) {
      yield folder;
      if (folder === dirname(folder)) break;
    }
  }
}

/** The script that goes into every pack, as it stands in the sources. */
export async function recomputeScript(): Promise<string> {
  const folder = [...foldersAbove()].find((candidate) => existsSync(join(candidate, place)));
  if (folder === undefined) throw new Error(`${place} is not where the product was installed`);
  return readFile(join(folder, place), "utf8");
}
