import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import type { Installation } from "@/tests/installation/install";
import type { LoadPlan, LoadResult } from "./load";

const here = (name: string) => fileURLToPath(new URL(name, import.meta.url));

export function start(name: string, args: string[], environment: Record<string, string> = {}): ChildProcess {
  return fork(here(name), args, { env: { ...process.env, ...environment }, execArgv: ["--import", "tsx"] });
}

/** What a child says first; one that ends without a word has failed, and has said why on stderr. */
export async function firstWord(child: ChildProcess): Promise<unknown> {
  const gone = once(child, "exit").then(() =>
    Promise.reject(new Error(`${child.spawnargs.at(-2) ?? "a child"} ended early`)),
  );
  const [word] = (await Promise.race([once(child, "message"), gone])) as [unknown];
  gone.catch(() => undefined);
  return word;
}

export async function startDoor(place: Installation): Promise<ChildProcess> {
  const door = start("../installation/door.ts", [], place.environment);
  await firstWord(door);
  return door;
}

export async function runLoad(plan: LoadPlan): Promise<LoadResult> {
  return (await firstWord(start("load.ts", [JSON.stringify(plan)]))) as LoadResult;
}
