import { env } from "@/server/env";
import manifest from "@/package.json";

/** Of the product that takes a statement: its version, and the commit where whoever built it has told. */
export function codeVersion(): string {
  return env.GIT_COMMIT === undefined ? manifest.version : `${manifest.version}+${env.GIT_COMMIT}`;
}
