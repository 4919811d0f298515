import { fileURLToPath } from "node:url";
import { installLocked } from "@/server/launch/install.mjs";
import { createSteps } from "@/server/launch/steps.mjs";

/** Installs DuckDB beside this file; nothing else needs it. */
export async function installDuckDb(): Promise<void> {
  await installLocked(fileURLToPath(new URL(".", import.meta.url)), createSteps(), "install DuckDB");
}
