import { readFileSync } from "node:fs";
import { join } from "node:path";

export interface DemoFile {
  url: string;
  email: string;
  password: string;
  ingestKey: string;
  readKey: string;
}

/** What a script finds beside the data of a product. */
export function readDemoFile(dataFolder: string): DemoFile {
  return JSON.parse(readFileSync(join(dataFolder, "demo.json"), "utf8")) as DemoFile;
}

/** Of the product under test. */
export function demoFacts(): DemoFile {
  const folder = process.env.E2E_DATA_DIR;
  if (folder === undefined)
    throw new Error("E2E_DATA_DIR is set by tests/setup/product.ts, which has not run.");
  return readDemoFile(folder);
}
