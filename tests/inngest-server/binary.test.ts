import { chmodSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeEach, describe, expect, it } from "vitest";
import { makeTemporaryFolder } from "../setup/temporary-folder";
import { findBinary } from "./binary";

let folder: string;
beforeEach(() => {
  folder = makeTemporaryFolder("inngest-binary");
});
const program = (path: string, mode = 0o755) => {
  const file = join(folder, path);
  mkdirSync(join(file, ".."), { recursive: true });
  writeFileSync(file, "#!/bin/sh\n");
  chmodSync(file, mode);
  return file;
};
const path = (...names: string[]) => names.map((name) => join(folder, name)).join(":");

describe("the Inngest program", () => {
  it("is the one that INNGEST_CLI names, before any other", () => {
    program("a/inngest");
    const named = program("elsewhere/any-name");
    expect(findBinary({ INNGEST_CLI: named, PATH: path("a") })).toBe(named);
  });

  it("is never another one than was named", () => {
    program("a/inngest");
    const plain = program("plain", 0o644);
    for (const INNGEST_CLI of [join(folder, "gone"), folder, plain])
      expect(() => findBinary({ INNGEST_CLI, PATH: path("a") })).toThrow(
        `INNGEST_CLI is ${INNGEST_CLI}, which is no program.`,
      );
  });

  it("is the first on PATH, by either name", () => {
    const second = program("b/inngest-cli");
    program("c/inngest");
    mkdirSync(join(folder, "a/inngest"), { recursive: true });
    expect(findBinary({ PATH: `:${path("a", "gone", "b", "c")}` })).toBe(second);
  });

  it("is where Go installs, if it is nowhere else", () => {
    const usual = program("home/go/bin/inngest");
    expect(findBinary({ PATH: path("a"), HOME: join(folder, "home") })).toBe(usual);
    const own = program("gopath/bin/inngest");
    expect(findBinary({ HOME: join(folder, "home"), GOPATH: join(folder, "gopath") })).toBe(own);
  });

  it("may not be there", () => {
    expect(findBinary({})).toBeNull();
    expect(findBinary({ PATH: path("a"), HOME: folder, INNGEST_CLI: "" })).toBeNull();
  });
});
