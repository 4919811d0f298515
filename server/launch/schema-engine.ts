import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { SchemaEngine } from "@prisma/schema-engine-wasm";

type Engine = typeof SchemaEngine;

let loading: Promise<Engine> | undefined;

/** Prisma's migration engine as WebAssembly. Its package leaves the loading to a bundler, and we have none. */
export function loadSchemaEngine(): Promise<Engine> {
  loading ??= load();
  return loading;
}

async function load(): Promise<Engine> {
  const file = createRequire(import.meta.url).resolve("@prisma/schema-engine-wasm/schema_engine_bg");
  const glue: unknown = await import(/* @vite-ignore */ file);
  const module = await WebAssembly.compile(readFileSync(file.replace(/\.js$/, ".wasm")));
  const { exports } = await WebAssembly.instantiate(module, { "./schema_engine_bg.js": asImports(glue) });
  const typed = asGlue(glue);
  typed.__wbg_set_wasm(exports);
  asStarted(exports).__wbindgen_start();
  return typed.SchemaEngine;
}

// The glue module has no types of its own: it is generated together with the typed entry, which re-exports all of it.
function asGlue(glue: unknown): { __wbg_set_wasm(exports: WebAssembly.Exports): void; SchemaEngine: Engine } {
  return glue as ReturnType<typeof asGlue>;
}
function asStarted(exports: WebAssembly.Exports): { __wbindgen_start(): void } {
  return exports as ReturnType<typeof asStarted>;
}
// The time limit of its lock stays pending after the lock is taken; it must not keep a finished process alive.
function asImports(glue: unknown): WebAssembly.ModuleImports {
  const imports = { ...(glue as WebAssembly.ModuleImports) };
  for (const name of Object.keys(imports)) {
    if (name.startsWith("__wbg_setTimeout_")) imports[name] = unheldTimeout;
  }
  return imports;
}

function unheldTimeout(callback: () => void, delayMs: number): NodeJS.Timeout {
  return setTimeout(callback, delayMs >>> 0).unref();
}
