import { describe, expect, it } from "vitest";
import { cronCause, dueTick, latestTick, parseCronCause } from "./schedule";

const at = (text: string) => new Date(text);

describe("latestTick", () => {
  it.each([
    ["on the tick itself", "* * * * *", "2026-03-01T10:15:00.000Z", "2026-03-01T10:15:00.000Z"],
    ["a millisecond before the next", "* * * * *", "2026-03-01T10:15:59.999Z", "2026-03-01T10:15:00.000Z"],
    ["across midnight", "0 3 * * *", "2026-03-01T02:59:59.000Z", "2026-02-28T03:00:00.000Z"],
    ["+5:30", "TZ=Asia/Kolkata 0 0 * * *", "2026-03-01T18:30:00.000Z", "2026-03-01T18:30:00.000Z"],
    ["+5:45", "TZ=Asia/Kathmandu 0 0 * * *", "2026-03-01T18:14:59.999Z", "2026-02-28T18:15:00.000Z"],
    ["summer time", "TZ=Europe/Berlin 0 8 * * *", "2026-03-29T12:00:00.000Z", "2026-03-29T06:00:00.000Z"],
    ["winter time", "TZ=Europe/Berlin 0 8 * * *", "2026-03-28T12:00:00.000Z", "2026-03-28T07:00:00.000Z"],
    ["last day of the month", "0 8 L * *", "2026-03-15T00:00:00.000Z", "2026-02-28T08:00:00.000Z"],
  ])("%s", (_name, cron, now, tick) => {
    expect(latestTick(cron, at(now)).toISOString()).toBe(tick);
  });

  it("refuses what is not a cron expression", () => {
    expect(() => latestTick("every minute", at("2026-03-01T00:00:00Z"))).toThrow();
  });
});

describe("dueTick", () => {
  it.each([
    ["the tick that ran", "2026-03-01T10:15:00Z", "2026-03-01T10:15:30Z", null],
    ["the next one", "2026-03-01T10:15:00Z", "2026-03-01T10:16:00Z", "2026-03-01T10:16:00.000Z"],
    [
      "a night of missed ones: the last",
      "2026-03-01T10:15:00Z",
      "2026-03-02T08:00:20Z",
      "2026-03-02T08:00:00.000Z",
    ],
    ["a clock set back", "2026-03-01T10:15:00Z", "2026-03-01T09:00:00Z", null],
  ])("%s", (_name, last, now, tick) => {
    expect(dueTick("* * * * *", at(last), at(now))?.toISOString() ?? null).toBe(tick);
  });
});

it("reads back the cause that it wrote", () => {
  const cron = "TZ=Asia/Kolkata 0 0 * * *";
  const tick = at("2026-03-01T18:30:00.000Z");
  expect(parseCronCause(cronCause(cron, tick))).toEqual({ cron, tick });
  expect(parseCronCause("event cron @ x")).toBeNull();
});
