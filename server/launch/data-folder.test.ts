import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { lockDataFolder, prepareDataFolder } from "./data-folder";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "tokenledger-folder-"));
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

const lockOf = () => join(folder, "running");
const lock = () => lockDataFolder(folder);
const endedPid = () => spawnSync(process.execPath, ["-e", ""]).pid;

it("locks a folder until it is released, and leaves nothing behind", () => {
  const release = lock();
  expect(existsSync(lockOf())).toBe(true);
  release();
  expect(readdirSync(folder)).toEqual([]);
});

it("refuses a folder that a living process holds, naming it", () => {
  // Our parent lives as long as we do; its birth is what a lock of its own would say.
  const parent = process.ppid;
  writeFileSync(lockOf(), `${parent} ${birthOf(parent)}`);
  expect(lock).toThrow(`Tokenledger already runs on the data folder ${folder} (process ${parent})`);
});

it.each([
  ["a process that is gone", () => `${endedPid()} 1`],
  ["an earlier process whose id is somebody else's now", () => `${process.ppid} 1`],
  ["ourselves in an earlier life, as in a container", () => `${process.pid} 1`],
  ["nobody, after a crash of the machine", () => ""],
])("takes over from %s", (_who, content) => {
  writeFileSync(lockOf(), content());
  lock()();
  expect(readdirSync(folder)).toEqual([]);
});

it("makes a data folder that is missing", () => {
  const missing = join(folder, "a", "b");
  prepareDataFolder(missing);
  expect(existsSync(missing)).toBe(true);
});

it("refuses a file in the folder's place", () => {
  const file = join(folder, "file");
  writeFileSync(file, "");
  expect(() => {
    prepareDataFolder(file);
  }).toThrow("is not a folder; choose another DATA_DIR");
});

function birthOf(pid: number): string {
  const shown = spawnSync("/bin/sh", ["-c", `cut -d' ' -f22 /proc/${pid}/stat`], { encoding: "utf8" });
  return shown.status === 0 ? shown.stdout.trim() : "";
}
