import type { Steps } from "./steps.mjs";

export const root: string;

export class InstallError extends Error {
  details: string;
}

/** @throws InstallError for a Node.js that is too old */
export function requireNode(version?: string): void;

/**
 * Installs what the lock file in a folder names, unless all of it is there.
 * @throws InstallError with npm's words in `details`
 */
export function installLocked(folder: string, steps: Steps, title: string): Promise<void>;
