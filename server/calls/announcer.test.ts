import { expect, it } from "vitest";
import type { Ctx } from "@/server/context";
import { createAnnouncer } from "./announcer";

/** Time that passes when the test says so. */
function clock() {
  let nowMs = 0;
  const due: { atMs: number; run: () => void }[] = [];
  return {
    timers: {
      nowMs: () => nowMs,
      later: (run: () => void, ms: number) => void due.push({ atMs: nowMs + ms, run }),
    },
    pass: (ms: number) => {
      nowMs += ms;
      for (const timer of due.splice(0))
        if (timer.atMs <= nowMs) timer.run();
        else due.push(timer);
    },
  };
}

it("asks at once, then at most every 20 s a tenant, and once more for what came in between", () => {
  const { timers, pass } = clock();
  const asked: string[] = [];
  const announce = createAnnouncer({
    event: "rollup/requested",
    everyMs: 20_000,
    ...timers,
    failed: (error) => expect.fail(String(error)),
  });
  const ctx = (id: string) =>
    ({ tenant: { id }, emit: () => Promise.resolve(void asked.push(id)) }) as unknown as Ctx;
  for (let i = 0; i < 5; i += 1) announce(ctx("a"));
  announce(ctx("b"));
  expect(asked).toEqual(["a", "b"]);
  pass(19_999);
  announce(ctx("a"));
  expect(asked).toEqual(["a", "b"]);
  pass(1);
  expect(asked).toEqual(["a", "b", "a"]);
  pass(60_000);
  announce(ctx("b"));
  expect(asked).toEqual(["a", "b", "a", "b"]);
});
