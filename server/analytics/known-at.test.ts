import { expect, it } from "vitest";
import { resolveKnownAt } from "./known-at";
import { resolveRange } from "./range";

const now = new Date("2026-11-20T12:00:00Z");
const quarter = resolveRange("2026-08-01", "2026-11-01", "UTC");

it.each([
  { name: "now, when nothing is asked", asked: undefined, at: null },
  { name: "this very moment", asked: "2026-11-20T12:00:00Z", at: "2026-11-20T12:00:00.000Z" },
  { name: "another zone's spelling", asked: "2026-09-01T02:00:00+02:00", at: "2026-09-01T00:00:00.000Z" },
])("knows $name", ({ asked, at }) => {
  expect(resolveKnownAt(asked, quarter, now)?.toISOString() ?? null).toBe(at);
});

it.each([
  { name: "the future", asked: "2026-11-20T12:00:00.001Z", range: quarter },
  { name: "more than 92 days", asked: "2026-11-01T00:00:00Z", range: resolveRange("2026-08-01", "2026-11-02", "UTC") },
])("refuses $name", ({ asked, range }) => {
  expect(() => resolveKnownAt(asked, range, now)).toThrow(expect.objectContaining({ code: "INVALID_INPUT" }));
}); // prettier-ignore
