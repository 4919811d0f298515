import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll } from "vitest";

// For its effect alone, and before anything of the product: server/env.ts reads the variable once.
const folder = mkdtempSync(join(tmpdir(), "tokenledger-data-"));
process.env.DATA_DIR = folder;
afterAll(() => rmSync(folder, { recursive: true, force: true }));
