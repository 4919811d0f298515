import type { Steps } from "../../server/launch/steps.mjs";

/**
 * Installs the SDKs that the emitters run; the product needs none of them.
 * @throws InstallError with npm's words in `details`
 */
export function installEmitters(steps: Steps): Promise<void>;
