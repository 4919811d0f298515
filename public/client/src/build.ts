import { readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath, pathToFileURL } from "node:url";
import { build } from "esbuild";

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));
export const scriptFile = here("../tokenledger.js");
export const typesFile = here("../tokenledger.d.ts");

const head =
  "// Tokenledger's client for TypeScript apps. MIT. Made by `npm run client:build`; its sources are in src/.\n";

/** The client as deployments serve it: one file without imports, and its types. */
export async function buildClient(): Promise<{ script: string; types: string }> {
  const { outputFiles } = await build({
    entryPoints: [here("tokenledger.ts")],
    bundle: true,
    format: "esm",
    target: "es2022",
    platform: "neutral",
    minify: true,
    write: false,
  });
  const script = head + (outputFiles[0]?.text ?? "");
  // api.ts holds nothing but types, so that it is the declaration file but for what the script exports.
  const types = `${head}${readFileSync(here("api.ts"), "utf8")}
/** Your link to the ledger: one a process. Never throws, neither here nor later; what goes wrong is in stats(). */
export declare function createTokenledger(options: TokenledgerOptions): Tokenledger;

/** Tells by its shape whose usage object this is and reads it; null when it is none that is known, or contradicts itself. */
export declare function readUsage(raw: unknown): Usage | null;
`;
  return { script, types };
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  const { script, types } = await buildClient();
  writeFileSync(scriptFile, script);
  writeFileSync(typesFile, types);
  console.info(`public/client/tokenledger.js: ${script.length} bytes`);
}
