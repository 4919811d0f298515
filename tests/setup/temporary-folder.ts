import { chmodSync, mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** Open to the user that root lends Postgres: else each cluster would copy the server's binaries to another place. */
export function makeTemporaryFolder(name: string): string {
  const folder = mkdtempSync(join(tmpdir(), `tokenledger-${name}-`));
  chmodSync(folder, 0o755);
  return folder;
}
