import { accessSync, constants, statSync } from "node:fs";
import { delimiter, join } from "node:path";

/** How to get what is not there. */
export const howToGet = `There is no Inngest server on this machine. Any of these brings one:
  npm install --global inngest-cli        (its install script fetches the program, so scripts must be allowed)
  curl -sSfL https://cli.inngest.com/install.sh | sh
  where there is Go: the three lines in tests/inngest-server/README.md build it from its source
  INNGEST_CLI=/path/to/inngest            (one that is there already, wherever it is)`;

const names = ["inngest", "inngest-cli"];

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}

/**
 * The Inngest program: the one that INNGEST_CLI names, else the first on PATH or where Go installs.
 * @returns null: there is none
 * @throws Error when INNGEST_CLI names nothing that can be run
 */
export function findBinary(environment: Readonly<Record<string, string | undefined>>): string | null {
  const { INNGEST_CLI, PATH = "", GOPATH, HOME } = environment;
  if (INNGEST_CLI) {
    if (isProgram(INNGEST_CLI)) return INNGEST_CLI;
    throw new Error(`INNGEST_CLI is ${INNGEST_CLI}, which is no program.`);
  }
  const goes = [...(GOPATH ?? "").split(delimiter).filter(Boolean), ...(HOME ? [join(HOME, "go")] : [])];
  const folders = [...PATH.split(delimiter).filter(Boolean), ...goes.map((go) => join(go, "bin"))];
  return folders.flatMap((folder) => names.map((name) => join(folder, name))).find(isProgram) ?? null;
}
