// Plain JavaScript, because `npm test` runs it before there is a package to run TypeScript with.
import { join } from "node:path";
import { installLocked, root } from "../../server/launch/install.mjs";

// Apart, because their dependencies on OpenTelemetry and AI SDK exclude each other.
const folders = ["", "openllmetry", "ai-sdk-7"];

/** Installs the SDKs that the emitters run; the product needs none of them. */
export async function installEmitters(steps) {
  for (const folder of folders)
    await installLocked(join(root, "tests", "emitters", folder), steps, title(folder));
}

function title(folder) {
  return folder === "" ? "install the emitters' SDKs" : `install the SDKs of emitters/${folder}`;
}
