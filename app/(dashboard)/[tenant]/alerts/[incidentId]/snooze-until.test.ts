import { expect, it } from "vitest";
import { instantOfWall, wakesAt, wallOf } from "./snooze-until";

it.each([
  ["in winter", "2026-11-22T09:00", "America/New_York", "2026-11-22T14:00:00.000Z"],
  ["in summer", "2026-07-01T09:00", "America/New_York", "2026-07-01T13:00:00.000Z"],
  ["half an hour off", "2026-11-22T09:00", "Asia/Kolkata", "2026-11-22T03:30:00.000Z"],
  ["the morning after clocks went back", "2026-11-01T09:00", "America/New_York", "2026-11-01T14:00:00.000Z"],
  [
    "the morning after clocks went forward",
    "2026-03-08T09:00",
    "America/New_York",
    "2026-03-08T13:00:00.000Z",
  ],
  ["right after midnight of that day", "2026-03-08T00:30", "America/New_York", "2026-03-08T05:30:00.000Z"],
])("knows when a zone's clocks show it, %s", (_, wall, zone, instant) => {
  expect(instantOfWall(wall, zone)?.toISOString()).toBe(instant);
  expect(wallOf(new Date(instant), zone)).toBe(wall);
});

it("takes an hour that clocks skip for the one after", () => {
  expect(instantOfWall("2026-03-08T02:30", "America/New_York")?.toISOString()).toBe(
    "2026-03-08T07:30:00.000Z",
  );
});

it.each(["", "2026-11-22", "2026-13-41T09:00", "tomorrow"])("takes %j for no time", (wall) => {
  expect(instantOfWall(wall, "UTC")).toBeNull();
});

it("counts hours from now, whatever stands in the field", () => {
  const now = new Date("2026-11-21T14:22:00Z");
  const wakes = (["1h", "4h", "1d"] as const).map((snooze) => wakesAt(snooze, "", now, "UTC")?.toISOString());
  expect(wakes).toEqual(["2026-11-21T15:22:00.000Z", "2026-11-21T18:22:00.000Z", "2026-11-22T14:22:00.000Z"]);
  expect(wakesAt("until", "2026-11-23T08:00", now, "UTC")?.toISOString()).toBe("2026-11-23T08:00:00.000Z");
});
