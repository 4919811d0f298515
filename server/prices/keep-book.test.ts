import { expect, it } from "vitest";
import { PriceBook } from "./book";
import { keepBook, refreshAfterMs } from "./keep-book";

const start = new Date("2026-11-01T00:00:00Z");
const after = (ms: number) => new Date(start.getTime() + ms);

function counted(fail: () => boolean = () => false) {
  const seen: (string | null)[] = [];
  const load = (known: PriceBook | null) => {
    seen.push(known?.stamp ?? null);
    return fail()
      ? Promise.reject(new Error("down"))
      : Promise.resolve(new PriceBook([], String(seen.length)));
  };
  return { seen, current: keepBook(load) };
}

it("is loaded once for all who wait, and kept for a minute", async () => {
  const { seen, current } = counted();
  const [one, other] = await Promise.all([current(start), current(start)]);
  expect(one).toBe(other);
  expect(await current(after(refreshAfterMs - 1))).toBe(one);
  expect(seen).toEqual([null]);
});

it("is looked up again after a minute, given the book at hand", async () => {
  const { seen, current } = counted();
  const first = await current(start);
  const [one, other] = await Promise.all([
    current(after(refreshAfterMs)),
    current(after(refreshAfterMs + 1)),
  ]);
  expect(one).not.toBe(first);
  expect(one).toBe(other);
  expect(seen).toEqual([null, "1"]);
});

it("fails when it cannot be refreshed, and recovers with the next caller", async () => {
  let isDown = false;
  const { current } = counted(() => isDown);
  await current(start);
  isDown = true;
  await expect(current(after(refreshAfterMs))).rejects.toThrow("down");
  isDown = false;
  await expect(current(after(refreshAfterMs))).resolves.toBeInstanceOf(PriceBook);
});
