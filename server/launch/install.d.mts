export const root: string;

export class InstallError extends Error {
  details: string;
}

/** @throws InstallError for a Node.js that is too old */
export function requireNode(version?: string): void;
