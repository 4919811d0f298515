import { expect, it } from "vitest";
import { knownPartWords } from "./known-part";

const now = new Date("2026-11-21T14:22:31Z");
const days = { from: "2026-09-23", to: "2026-10-23" };
const instants = { from: "2026-10-01T10:15:00Z", to: "2026-10-01T12:00:00Z" };
const part = (from: string) => `, of which only what came from ${from} on is known`;

it.each([
  ["no call yet", days, null, null],
  ["long before", days, "2025-01-01T00:00:00Z", null],
  ["in the first quarter hour of the first day, by the tenant's clock", days, "2026-09-23T04:14:59Z", null],
  ["in the second", days, "2026-09-23T04:15:00Z", part("23 Sept, 00:15")],
  ["midway", days, "2026-10-12T13:07:00Z", part("12 Oct, 09:00")],
  ["in the last quarter hour", days, "2026-10-23T03:59:59Z", part("22 Oct, 23:45")],
  ["just after the end", days, "2026-10-23T04:00:00Z", ", which is before the first call"],
  ["in the first quarter hour of a few", instants, "2026-10-01T10:29:00Z", null],
  ["within a few hours", instants, "2026-10-01T11:00:00Z", part("1 Oct, 07:00")],
])("the first call came %s", (_, stretch, first, words) =>
  expect(knownPartWords(stretch, first, "America/New_York", now)).toBe(words),
);
