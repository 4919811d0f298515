import { afterEach, beforeEach, expect, vi } from "vitest";

// Whatever writes to console.error has gone wrong, unless the test expects it and replaces the spy itself.
beforeEach(() => {
  vi.spyOn(console, "error").mockImplementation((...words: unknown[]) => {
    stray.push(words.map(String).join(" "));
  });
});

const stray: string[] = [];

afterEach(() => {
  vi.restoreAllMocks();
  expect(stray.splice(0), "console.error was called").toEqual([]);
});
